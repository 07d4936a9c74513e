// The journal as an access log (NEN 7513): who did what, when, with which case, and why; of one case, or of all. It can
// be taken along as a file that anybody can check.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import type { AuditEvent, TakenFile } from './contract.ts';
import { moment, named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { LongTable, type Column } from './long_table.tsx';
import { choicesOf, labelIn, nameOfKind, nameOfPartner, nameOfPurpose } from './names.ts';
import { Action, Await, Empty, Form, Line, Screen, Trouble } from './parts.tsx';
import { saveFile } from './saving.ts';
import { say, vocabulary } from './state.ts';

const kindCalled = (name: string) => vocabulary.value?.kinds.find((one) => one.kind === name);

function objectInWords({ event, object }: AuditEvent): string {
  const kind = event === 'casework' ? kindCalled(object) : undefined;
  return kind ? nameOfKind(kind) : named('event', object);
}

// Codes that say more of it: which paper for whom, which partner for what.
function detailInWords({ object, detail }: AuditEvent): string {
  const [first = '', second = ''] = detail.split(' ');
  if (object === 'escalation') return [nameOfPartner(first), nameOfPurpose(second)].filter(Boolean).join(', ');
  const fields = kindCalled(object)?.fields ?? [];
  return [first, second].map((code, i) => {
    const field = fields[i];
    const choice = field && choicesOf(field).find((one) => one.code === code);
    return choice ? labelIn(choice.label, code) : code;
  }).filter(Boolean).join(', ');
}

function whyInWords(event: AuditEvent): string {
  return [detailInWords(event), event.ground ? named('ground', event.ground) : '', event.reason].filter(Boolean).join('; ');
}

const whoInWords = ({ user, role }: AuditEvent) => (role ? `${user}, ${named('role', role)}` : user);

const columns = (): Column<AuditEvent>[] => [
  { name: 'position', label: t('audit.position'), cell: (event) => event.position },
  { name: 'hour', label: t('audit.hour'), cell: (event) => moment(event.time) },
  { name: 'action', label: t('audit.action'), cell: (event) => named('action', event.action) },
  { name: 'object', label: t('audit.object'), cell: (event) => <span title={objectInWords(event)}>{objectInWords(event)}</span> },
  { name: 'case', label: t('audit.case'), cell: (event) => event.name },
  { name: 'user', label: t('audit.who'), cell: (event) => <span title={whoInWords(event)}>{whoInWords(event)}</span> },
  { name: 'why', label: t('audit.why'), cell: (event) => <span title={whyInWords(event)}>{whyInWords(event)}</span> },
  { name: 'outcome', label: t('audit.outcome'), cell: (event) => named('outcome', event.outcome) },
];

// Taking it along is journaled, as every other paper is.
function TakeAudit({ subject, again }: { subject: string | null; again: () => void }) {
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const take = async () => {
    const taken = await deed.ask<{ files: TakenFile[] }>('take_audit', { case: subject ?? '', reason });
    if (!taken) return;
    taken.files.forEach(saveFile);
    say(t('audit.saved'));
    setReason('');
    again();
  };
  return (
    <details>
      <summary>{t('audit.export')}</summary>
      <p class="hint">{t('audit.export.hint')}</p>
      <Form onSubmit={() => void take()}>
        <Line label={t('papers.reason')} hint={t('papers.reason.hint')} value={reason} onChange={setReason} required />
        <Trouble problem={deed.problem} />
        <Action submit label={t('audit.export')} disabled={deed.busy} />
      </Form>
    </details>
  );
}

export function AuditPart({ subject }: { subject: string | null }) {
  const loaded = useLoad(() => api.audit(subject), [subject]);
  return (
    <Await of={loaded}>
      {(audit) => (audit.events.length ? (
        <>
          <p>{t('line.head', { words: audit.head })}</p>
          <p class="hint">{t('audit.head.hint')}</p>
          <TakeAudit subject={subject} again={loaded.again} />
          <LongTable label={t('audit.table')} rows={audit.events} columns={columns()} keyOf={(event) => String(event.position)} />
          <p class="hint">{t('audit.source', { source: audit.events[0]?.source ?? '' })}</p>
        </>
      ) : <Empty of="audit" />)}
    </Await>
  );
}

export function AuditScreen() {
  return <Screen of="audit" wide><AuditPart subject={null} /></Screen>;
}
