// The conversation with the reporter, and the place to answer or to note.
import { useState } from 'preact/hooks';

import type { PartProps } from './case_screen.tsx';
import { languageOf, moduleIn, Story } from './case_story.tsx';
import { useCell } from './cell.ts';
import type { StoryEntry } from './contract.ts';
import { named, nameOfLanguage, t } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Area, Choose, Empty, Form, Tick, Trouble } from './parts.tsx';
import { stayAt } from './router.ts';
import { drafts, vocabulary } from './state.ts';

const statuses = ['answer', 'question', 'working', 'handed_over', 'closed'];

// What is written stays when the person looks at another part, until it is sent or the console locks.
function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(drafts.get(key) ?? '');
  return [text, (next) => {
    if (next) drafts.set(key, next);
    else drafts.delete(key);
    setText(next);
  }];
}

// Picked in Dutch; beside it stands what the reporter will read.
function Module({ chosen, onChange, story }: { chosen: string; onChange: (id: string) => void; story: readonly StoryEntry[] }) {
  const modules = useCell(vocabulary)?.modules ?? [];
  const reads = languageOf(story);
  const short = (text: string) => (text.length > 90 ? `${text.slice(0, 88)}…` : text);
  return (
    <>
      <Choose
        label={t('reply.module')} hint={t('reply.module.hint')} value={chosen} onChange={onChange} none={t('reply.module.none')}
        options={modules.map((one) => ({ value: one.id, label: `${one.id}: ${short(moduleIn(one.id, 'nl'))}` }))}
      />
      {chosen ? (
        <div class="both">
          <div><h3>{nameOfLanguage('nl')}</h3><p lang="nl" class="words">{moduleIn(chosen, 'nl')}</p></div>
          <div><h3>{t('reply.module.reads', { language: nameOfLanguage(reads) })}</h3><p lang={reads} dir="auto" class="words">{moduleIn(chosen, reads)}</p></div>
        </div>
      ) : null}
    </>
  );
}

function Reply({ file, again }: PartProps) {
  const key = file.row.case;
  const [text, setText] = useDraft(`reply ${key}`);
  const [module, setModule] = useState('');
  const [status, setStatus] = useState('answer');
  const [urgent, setUrgent] = useState(false);
  const [empty, setEmpty] = useState(false);
  const deed = useDeed(again);
  const send = async () => {
    setEmpty(!text.trim() && !module);
    if (!text.trim() && !module) return;
    if (!(await deed.run('reply', { case: key, status, urgent, module, text }, 'reply.done'))) return;
    setText('');
    setModule('');
    setUrgent(false);
  };
  return (
    <section class="composer" aria-labelledby="reply-head">
      <h2 id="reply-head">{t('reply.head')}</h2>
      <Form onSubmit={() => void send()}>
        <Module chosen={module} onChange={setModule} story={file.story} />
        <Area id="reply-text" label={t('reply.text')} hint={t('reply.text.hint')} value={text} onChange={setText} rows={5} />
        <div class="filters">
          <Choose label={t('reply.status')} value={status} onChange={setStatus} options={statuses.map((one) => ({ value: one, label: named('status', one) }))} />
          <Tick label={t('reply.urgent')} on={urgent} onChange={setUrgent} />
        </div>
        {empty ? <p class="careful" role="alert">{t('reply.empty')}</p> : null}
        <Trouble problem={deed.problem} />
        <div class="row">
          <Action kind="primary-action" submit label={t('reply.send')} disabled={deed.busy} />
          <Action kind="subtle" label={t('reply.ask_consent')} onPress={() => stayAt({ screen: 'case', case: key, part: 'consents' })} />
        </div>
        <p class="hint">{t('reply.when')}</p>
      </Form>
    </section>
  );
}

function Note({ file, again }: PartProps) {
  const [text, setText] = useDraft(`note ${file.row.case}`);
  const deed = useDeed(again);
  const keep = async () => {
    if (text.trim() && (await deed.run('note', { case: file.row.case, text }, 'note.done'))) setText('');
  };
  return (
    <section class="composer note" aria-labelledby="note-head">
      <h2 id="note-head">{t('note.head')}</h2>
      <Form onSubmit={() => void keep()}>
        <Area label={t('note.text')} hint={t('note.hint')} value={text} onChange={setText} rows={3} required />
        <Trouble problem={deed.problem} />
        <Action submit label={t('note.save')} disabled={deed.busy} />
      </Form>
    </section>
  );
}

export function ThreadPart(props: PartProps) {
  return (
    <div class="thread">
      <div>{props.file.story.length ? <Story story={props.file.story} /> : <Empty of="thread" />}</div>
      <div class="beside">
        <Reply {...props} />
        <Note {...props} />
      </div>
    </div>
  );
}
