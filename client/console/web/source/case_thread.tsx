// The conversation with the reporter, and the place to answer or to note.
import { useState } from 'preact/hooks';

import { Notes } from './case_notes.tsx';
import type { PartProps } from './case_screen.tsx';
import { threadOf, ToReporter } from './case_reporters.tsx';
import { languageOf, moduleIn, Story } from './case_story.tsx';
import { WaitingWords } from './case_waiting.tsx';
import { useCell } from './cell.ts';
import type { StoryEntry, TextModule } from './contract.ts';
import { useDraft } from './drafts.ts';
import { draftKnowledge } from './knowledge_screen.tsx';
import { named, nameOfLanguage, t } from './language.ts';
import { useDeed } from './load.ts';
import { labelIn } from './names.ts';
import { Action, Alert, Area, Choose, Empty, Form, Tick, Trouble } from './parts.tsx';
import { go, stayAt } from './router.ts';
import { vocabulary } from './state.ts';

const statuses = ['answer', 'question', 'working', 'handed_over', 'closed'];

const freshModule = 'FRESH'; // goes with a number, by a deed of its own
const longestQuestion = 200; // letters
const longestTitle = 110;

// When it is used, and how it begins in Dutch.
function titleOf({ id, use }: TextModule): string {
  const title = `${use ? labelIn(use, id) : id}: ${moduleIn(id, 'nl')}`;
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}

// Picked in Dutch; beside it stands what the reporter will read.
function Module({ chosen, onChange, story }: { chosen: string; onChange: (id: string) => void; story: readonly StoryEntry[] }) {
  const modules = useCell(vocabulary)?.modules ?? [];
  const reads = languageOf(story);
  return (
    <>
      <Choose
        label={t('reply.module')} hint={t('reply.module.hint')} value={chosen} onChange={onChange} none={t('reply.module.none')}
        options={modules.filter((one) => one.id !== freshModule).map((one) => ({ value: one.id, label: titleOf(one) }))}
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

interface ReplyProps extends PartProps { to: string; onTo: (thread: string) => void }

function Reply({ file, again, to, onTo }: ReplyProps) {
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
    if (!(await deed.run('reply', { case: to, status, urgent, module, text }, 'reply.done'))) return;
    setText('');
    setModule('');
    setUrgent(false);
  };
  return (
    <section class="composer" aria-labelledby="reply-head">
      <h2 id="reply-head">{t('reply.head')}</h2>
      <Form onSubmit={() => void send()}>
        <ToReporter file={file} to={to} onChange={onTo} />
        <Module chosen={module} onChange={setModule} story={threadOf(file, to)} />
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

// Somebody else may have the code. A code cannot be changed, so a new report is offered, and a number that joins the two.
function FreshCode({ subject, again }: { subject: string; again: () => void }) {
  const [text, setText] = useDraft(`fresh ${subject}`);
  const [number, setNumber] = useState('');
  const deed = useDeed(again);
  const offer = async () => {
    const offered = await deed.ask<{ number: string }>('offer_fresh_code', { case: subject, text });
    if (!offered) return;
    setText('');
    setNumber(offered.number);
    again();
  };
  return (
    <details class="kind">
      <summary><h2>{t('fresh.head')}</h2></summary>
      <p>{t('fresh.what')}</p>
      <p class="hint">{t('fresh.careful')}</p>
      <Form onSubmit={() => void offer()}>
        <Area label={t('fresh.text')} hint={t('fresh.text.hint')} value={text} onChange={setText} rows={2} />
        <Trouble problem={deed.problem} />
        <Action submit label={t('fresh.offer')} disabled={deed.busy} />
      </Form>
      {number ? <Alert mood="ok"><p>{t('fresh.done', { number })}</p></Alert> : null}
    </details>
  );
}

// An advice question that was answered, kept for whoever asks the same.
function keepAsKnowledge(story: readonly StoryEntry[]): void {
  const asked = story.find((entry) => entry.what === 'report' && entry.text)?.text ?? '';
  const said = [...story].reverse().find((entry) => entry.what === 'reply' && entry.text)?.text ?? '';
  draftKnowledge(asked.replace(/\s+/g, ' ').slice(0, longestQuestion), said);
  go({ screen: 'knowledge' });
}

export function ThreadPart(props: PartProps) {
  const { file } = props;
  const [chosen, setChosen] = useState(file.row.case);
  const to = file.row.members.includes(chosen) ? chosen : file.row.case; // it may have been split off
  return (
    <div class="thread">
      <div>{props.file.story.length ? <Story file={props.file} /> : <Empty of="thread" />}</div>
      <div class="beside">
        <WaitingWords {...props} />
        <Reply {...props} to={to} onTo={setChosen} />
        <FreshCode key={to} subject={to} again={props.again} />
        {file.row.kind === 'advice' ? <Action label={t('knowledge.keep')} onPress={() => keepAsKnowledge(file.story)} /> : null}
        <Notes {...props} />
      </div>
    </div>
  );
}
