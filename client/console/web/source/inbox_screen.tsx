// A partner's screen: what a region asks of this organisation, and the answer to it.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import type { InboxItem } from './contract.ts';
import { day, named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfPurpose, nameOfShared, sharedInWords } from './names.ts';
import { Action, Alert, Area, Await, Empty, Facts, Form, Screen, Trouble } from './parts.tsx';

// What may follow: received, then accepted or refused, then done.
const next: Record<string, string[]> = { received: ['accepted', 'refused'], accepted: ['done'], refused: [], done: [], withdrawn: [] };
const nextOf = (state: string) => next[state] ?? ['received', 'accepted', 'refused'];

function Answer({ item, again }: { item: InboxItem; again: () => void }) {
  const [text, setText] = useState('');
  const [lacks, setLacks] = useState(false);
  const deed = useDeed(again);
  const may = nextOf(item.state);
  if (!may.length) return null;
  const say = async (answer: string) => {
    const needsReason = answer === 'refused' && !text.trim();
    setLacks(needsReason);
    if (!needsReason && (await deed.run('inbox_answer', { id: item.id, answer, text }, 'inbox.answered'))) setText('');
  };
  return (
    <Form onSubmit={() => undefined}>
      <Area label={t('inbox.text')} hint={t('inbox.text.hint')} value={text} onChange={setText} rows={3} />
      {lacks ? <p class="careful" role="alert">{t('inbox.refuse.reason')}</p> : null}
      <Trouble problem={deed.problem} />
      <div class="row">
        {may.map((answer, i) => (
          <Action
            key={answer} kind={i ? 'secondary-action' : 'primary-action'} label={t(`inbox.say.${answer}` as 'inbox.say.done')}
            onPress={() => void say(answer)} disabled={deed.busy}
          />
        ))}
      </div>
    </Form>
  );
}

function Received({ item, again }: { item: InboxItem; again: () => void }) {
  return (
    <li class="item">
      <h2>{t('inbox.line', { from: item.from, purpose: nameOfPurpose(item.purpose) })}</h2>
      <p><strong>{item.state in next ? named('escalation_state', item.state) : t('inbox.unanswered')}</strong></p>
      {item.withdrawn ? <Alert mood="warning" head={t('inbox.withdrawn')}><p>{t('inbox.withdrawn.next')}</p></Alert> : null}
      {item.answer_by ? <p>{t('inbox.answer_by', { when: day(item.answer_by) })}</p> : null}
      <Facts of={item.fields.map((one) => [nameOfShared(one.field), <span key={one.field} class="words" dir="auto">{sharedInWords(one.field, one.value)}</span>] as const)} />
      {item.withdrawn ? null : <Answer item={item} again={again} />}
    </li>
  );
}

export function InboxScreen() {
  const loaded = useLoad(() => api.inbox(), []);
  return (
    <Screen of="inbox">
      <div class="row unprinted"><Action kind="subtle" label={t('print.print')} onPress={() => window.print()} /></div>
      <Await of={loaded}>
        {({ items }) => (items.length ? (
          <ul class="items">{items.map((item) => <Received key={item.id} item={item} again={loaded.again} />)}</ul>
        ) : <Empty of="inbox" />)}
      </Await>
    </Screen>
  );
}
