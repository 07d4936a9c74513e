// What was written in this case while the server did not answer. It goes by itself; a reply to somebody who has written
// since, or whom a colleague has answered, waits until its writer has read that.
import type { PartProps } from './case_screen.tsx';
import { moduleIn } from './case_story.tsx';
import type { Unsent } from './contract.ts';
import { named, t } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Alert, Trouble } from './parts.tsx';

function Waits({ one, again }: { one: Unsent; again: () => void }) {
  const deed = useDeed(again);
  return (
    <li class="item">
      <h3>{named('waiting', one.what)}</h3>
      {one.module ? <p class="words" lang="nl">{moduleIn(one.module, 'nl')}</p> : null}
      {one.text ? <p class="words" dir="auto">{one.text}</p> : null}
      {one.held ? <p class="careful">{t('waiting.held')}</p> : null}
      <div class="row">
        {one.held ? <Action label={t('waiting.send')} disabled={deed.busy} onPress={() => void deed.run('send_held', { id: one.id }, 'reply.done')} /> : null}
        <Action kind="subtle" label={t('waiting.drop')} disabled={deed.busy} onPress={() => void deed.run('drop_unsent', { id: one.id }, 'waiting.dropped')} />
      </div>
      <Trouble problem={deed.problem} />
    </li>
  );
}

export function WaitingWords({ file, again }: PartProps) {
  const waiting = file.unsent ?? [];
  if (!waiting.length) return null;
  return (
    <Alert mood="warning" head={t('waiting.head')}>
      <p>{t('waiting.what')}</p>
      <ul class="items">{waiting.map((one) => <Waits key={one.id} one={one} again={again} />)}</ul>
    </Alert>
  );
}
