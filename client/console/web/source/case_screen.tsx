// One case: who has it and how it stands, and its parts.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { AuditPart } from './audit_screen.tsx';
import { ClosingPart } from './case_closing.tsx';
import { ConsentsPart } from './case_consents.tsx';
import { ErasedCase } from './case_erased.tsx';
import { EscalationsPart } from './case_escalations.tsx';
import { FilePart } from './case_file.tsx';
import { IdentityPart } from './case_identity.tsx';
import { PapersPart } from './case_papers.tsx';
import { ProposalsPart } from './case_proposals.tsx';
import { TasksPart } from './case_tasks.tsx';
import { ThreadPart } from './case_thread.tsx';
import { useCell } from './cell.ts';
import type { CaseFile, Row } from './contract.ts';
import { day, moment, named, t, type Key } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { isMine, nameOfCode, nameOfPhase } from './names.ts';
import { Action, Await, Choose, Facts, Form, RowBadges, Screen, Trouble } from './parts.tsx';
import { go, stayAt, type CasePart } from './router.ts';
import { state, vocabulary } from './state.ts';
import { Tabs } from './tabs.tsx';

export interface PartProps { file: CaseFile; again: () => void }

const parts: CasePart[] = ['thread', 'file', 'identity', 'consents', 'escalations', 'tasks', 'proposals', 'papers', 'closing', 'audit'];

function Assign({ row, again }: { row: Row; again: () => void }) {
  const colleagues = useCell(vocabulary)?.colleagues ?? [];
  const me = useCell(state)?.device;
  const [to, setTo] = useState(row.assigned?.device ?? '');
  const deed = useDeed(again);
  const options = colleagues.filter((one) => one.role === 'coordinator').map((one) => ({ value: one.device, label: one.name }));
  return (
    <details class="assign">
      <summary>{t('assign.head')}</summary>
      <Form onSubmit={() => void deed.run('assign', { case: row.case, device: to }, 'assign.done')}>
        <div class="filters">
          <Choose label={t('assign.to')} hint={t('assign.hint')} value={to} onChange={setTo} options={options} none={t('case.nobody')} />
          <Action submit label={t('assign.save')} disabled={deed.busy} />
          {me && !isMine(row.assigned?.device) ? (
            <Action label={t('assign.me')} onPress={() => void deed.run('assign', { case: row.case, device: me.id }, 'assign.done')} />
          ) : null}
        </div>
      </Form>
      <Trouble problem={deed.problem} />
    </details>
  );
}

function Head({ file, again }: PartProps) {
  const { row } = file;
  return (
    <div class="case-head">
      <p class="badges"><RowBadges row={row} /></p>
      <Facts of={[
        [t('case.state'), named('state', row.state)],
        [t('case.assigned'), row.assigned?.name ?? t('case.nobody')],
        [t('case.phases'), row.phases.map(nameOfPhase).join(', ')],
        [t('case.form'), row.form ? nameOfCode('exploitation_form', row.form) : ''],
        [t('case.due'), row.due ? day(row.due) : ''],
        [t('case.opened'), moment(row.opened)],
        [t('case.reports'), String(row.reports)],
      ]} />
      <div class="row">
        <Assign key={row.assigned?.device ?? ''} row={row} again={again} />
        <Action kind="subtle" label={t('case.print')} onPress={() => go({ screen: 'print', case: row.case })} />
      </div>
    </div>
  );
}

// A number beside the part where something waits.
function waitingIn(file: CaseFile, part: CasePart): number {
  if (part === 'tasks') return file.tasks.length;
  if (part === 'file') return file.row.conflicts;
  if (part === 'proposals') return file.proposals.links.length + file.proposals.routes.length;
  return 0;
}

function Part({ part, ...props }: PartProps & { part: CasePart }) {
  switch (part) {
    case 'thread': return <ThreadPart {...props} />;
    case 'file': return <FilePart {...props} />;
    case 'identity': return <IdentityPart {...props} />;
    case 'consents': return <ConsentsPart {...props} />;
    case 'escalations': return <EscalationsPart {...props} />;
    case 'tasks': return <TasksPart {...props} />;
    case 'proposals': return <ProposalsPart {...props} />;
    case 'papers': return <PapersPart {...props} />;
    case 'closing': return <ClosingPart {...props} />;
    case 'audit': return <AuditPart subject={props.file.row.case} />;
  }
}

export function CaseScreen({ id, part }: { id: string; part: CasePart }) {
  const loaded = useLoad(() => api.case(id), [id]);
  return (
    <Screen of="case" {...(loaded.value ? { head: t('case.head', { name: loaded.value.row.name }) } : {})} wide>
      <Await of={loaded}>
        {(file) => (file.erasure ? <ErasedCase erasure={file.erasure} /> : (
          <>
            <Head file={file} again={loaded.again} />
            <Tabs
              label={t('case.parts')} parts={parts} part={part} nameOf={(one) => t(`part.${one}` as Key)} waiting={(one) => waitingIn(file, one)}
              onShow={(next) => stayAt({ screen: 'case', case: file.row.case, part: next })}
            />
            <section id="part" role="tabpanel" aria-labelledby={`tab-${part}`} tabIndex={0} class={`part part-${part}`}>
              <h2 class="spoken">{t(`part.${part}` as Key)}</h2>
              <p class="purpose">{t(`part.${part}.purpose` as Key)}</p>
              <Part key={part} part={part} file={file} again={loaded.again} />
            </section>
          </>
        ))}
      </Await>
    </Screen>
  );
}
