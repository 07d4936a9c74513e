// Papers that leave the case: chosen, looked at, and taken out for somebody and a reason, which the journal keeps. What
// is saved or printed are the bytes that were shown.
import { useEffect, useState } from 'preact/hooks';

import { reporterOf } from './case_reporters.tsx';
import type { PartProps } from './case_screen.tsx';
import type { PaperPreview, PreparedPaper, TakenFile } from './contract.ts';
import { language, named, nameOfLanguage, t, type Key } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Alert, Choose, Form, Line, Tick, Trouble } from './parts.tsx';
import { saveFile } from './saving.ts';
import { say } from './state.ts';

const papers = ['client-file', 'registration', 'zaak'] as const;
type PaperName = (typeof papers)[number];
const own: PaperName = 'client-file';

interface Asked { paper: PaperName; person: string; language: string; reporter: string; identity: boolean; leftOut: string[] }

const deedOf = ({ paper, person, reporter, identity, leftOut, ...more }: Asked) => ({
  paper, case: person, language: more.language, with_identity: identity, leave_out: leftOut,
  ...(reporter ? { reporter_is_client: reporter === 'yes' } : {}),
});

function Shown({ of, taken, onLeaveOut }: { of: PaperPreview; taken: boolean; onLeaveOut: ((position: number) => void) | null }) {
  return (
    <section class={taken ? 'paper taken' : 'paper unprinted'} aria-labelledby="paper-head">
      <h2 id="paper-head">{of.title}</h2>
      {of.lead.map((line) => <p key={line}>{line}</p>)}
      {of.parts.map((part) => (
        <section key={part.head}>
          <h3>{part.head}</h3>
          {part.items.map((item, i) => (
            <div key={i} class="item">
              <dl>
                {item.lines.map((line, n) => (
                  <div key={n}><dt>{line.label}</dt><dd class={line.text ? 'words' : 'blank'} dir="auto">{line.text}</dd></div>
                ))}
              </dl>
              {onLeaveOut && item.position ? (
                <Action kind="subtle" class="unprinted" label={t('papers.leave_out')} describe={t('papers.leave_out.of', { line: item.position })} onPress={() => onLeaveOut(item.position)} />
              ) : null}
            </div>
          ))}
        </section>
      ))}
    </section>
  );
}

// Nothing is handed over before the journal has it; what was handed over can be saved in each form, and printed.
function TakeOut({ paper, onTaken }: { paper: PreparedPaper; onTaken: (files: TakenFile[]) => void }) {
  const [recipient, setRecipient] = useState(paper.recipients[0] ?? '');
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const take = async () => {
    const taken = await deed.ask<{ files: TakenFile[] }>('take_paper', { ticket: paper.ticket, recipient, reason });
    if (!taken) return;
    say(t('papers.taken'));
    onTaken(taken.files);
  };
  return (
    <Form onSubmit={() => void take()}>
      <Choose label={t('papers.for')} value={recipient} onChange={setRecipient} options={paper.recipients.map((one) => ({ value: one, label: named('paper_for', one) }))} />
      <Line label={t('papers.reason')} hint={t('papers.reason.hint')} value={reason} onChange={setReason} required />
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" submit label={t('papers.take')} disabled={deed.busy} />
    </Form>
  );
}

const endingOf = (file: TakenFile) => file.name.slice(file.name.lastIndexOf('.') + 1);

function Taken({ files }: { files: TakenFile[] }) {
  return (
    <Alert mood="ok" head={t('papers.taken')}>
      <p>{t('papers.taken.hint')}</p>
      <div class="row">
        {files.map((file, i) => (
          <Action key={file.name} label={t(`papers.save.${endingOf(file)}` as Key)} onPress={() => saveFile(file)} takesFocus={i === 0} />
        ))}
        {files.some((file) => endingOf(file) === 'html') ? <Action label={t('papers.print')} onPress={() => window.print()} /> : null}
      </div>
    </Alert>
  );
}

function OfClient({ asked, ask }: { asked: Asked; ask: (change: Partial<Asked>) => void }) {
  return (
    <>
      <Choose
        label={t('papers.reporter')} hint={t('papers.reporter.hint')} value={asked.reporter} onChange={(reporter) => ask({ reporter })}
        none={t('papers.reporter.as_said')} options={[{ value: 'yes', label: t('value.yes') }, { value: 'no', label: t('value.no') }]}
      />
      <Tick label={t('papers.identity')} on={asked.identity} onChange={(identity) => ask({ identity })} />
    </>
  );
}

function Choosing({ file, asked, ask, busy, onShow }: PartProps & { asked: Asked; ask: (change: Partial<Asked>) => void; busy: boolean; onShow: () => void }) {
  return (
    <Form onSubmit={onShow}>
      <div class="filters">
        <Choose
          label={t('papers.which')} value={asked.paper} onChange={(paper) => ask({ paper: paper as PaperName })}
          options={papers.map((one) => ({ value: one, label: t(`papers.kind.${one}` as Key) }))}
        />
        <Choose label={t('papers.language')} value={asked.language} onChange={(next) => ask({ language: next })} options={['nl', 'en'].map((one) => ({ value: one, label: nameOfLanguage(one) }))} />
        {file.row.members.length > 1 ? (
          <Choose label={t('papers.person')} value={asked.person} onChange={(person) => ask({ person })} options={file.row.members.map((id) => ({ value: id, label: reporterOf(file, id) }))} />
        ) : null}
      </div>
      <p class="hint">{t(`papers.hint.${asked.paper}` as Key)}</p>
      {asked.paper === own ? <OfClient asked={asked} ask={ask} /> : null}
      <div class="row"><Action submit label={t('papers.show')} disabled={busy} /></div>
    </Form>
  );
}

export function PapersPart(props: PartProps) {
  const { file, again } = props;
  const [asked, setAsked] = useState<Asked>({ paper: own, person: file.row.case, language: language.value, reporter: '', identity: false, leftOut: [] });
  const [paper, setPaper] = useState<PreparedPaper | null>(null);
  const [files, setFiles] = useState<TakenFile[] | null>(null);
  const deed = useDeed();
  const drop = () => {
    setPaper(null);
    setFiles(null);
  };
  useEffect(() => {
    if (files) again(); // the journal has a line more
  }, [files]);
  const ask = (change: Partial<Asked>) => {
    setAsked({ ...asked, leftOut: [], ...change });
    drop();
  };
  // With the ticket of what is shown it is the same look: who she is, is not opened again.
  const show = async (wish: Asked, ticket = '') => {
    drop();
    const prepared = await deed.ask<PreparedPaper>('prepare_paper', { ...deedOf(wish), ...(ticket ? { ticket } : {}) });
    if (prepared) setPaper(prepared);
  };
  const leaveOut = (leftOut: string[]) => {
    const wish = { ...asked, leftOut };
    setAsked(wish);
    void show(wish, paper?.ticket);
  };
  return (
    <>
      <div class="unprinted">
        <Choosing {...props} asked={asked} ask={ask} busy={deed.busy} onShow={() => void show(asked)} />
        <Trouble problem={deed.problem} />
        {asked.leftOut.length ? (
          <p>
            {t('papers.left_out', { count: asked.leftOut.length })}{' '}
            {files ? null : <Action kind="subtle" label={t('papers.put_back')} onPress={() => leaveOut([])} />}
          </p>
        ) : null}
      </div>
      {paper ? (
        <Shown
          of={paper.preview} taken={files !== null}
          onLeaveOut={files === null && asked.paper === own ? (position) => leaveOut([...asked.leftOut, String(position)]) : null}
        />
      ) : null}
      <div class="unprinted">
        {paper && !files ? <TakeOut paper={paper} onTaken={setFiles} /> : null}
        {files ? <Taken files={files} /> : null}
      </div>
    </>
  );
}
