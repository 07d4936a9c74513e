// The journal as people read it: who did what, and when; of one case, or of all. It can be taken along as a file.
import { api } from './api.ts';
import type { Audit, AuditEvent } from './contract.ts';
import { moment, named, t } from './language.ts';
import { useLoad } from './load.ts';
import { LongTable, type Column } from './long_table.tsx';
import { Action, Await, Empty, Screen } from './parts.tsx';
import { say } from './state.ts';

// By its kind; of one that these screens do not know, what the server says.
function described(event: AuditEvent): string {
  const known = named('event_what', event.kind);
  return known === event.kind ? event.sentence : known;
}

const columns = (): Column<AuditEvent>[] => [
  { name: 'position', label: t('audit.position'), cell: (event) => event.position },
  { name: 'hour', label: t('audit.hour'), cell: (event) => moment(event.hour) },
  { name: 'who', label: t('audit.who'), cell: (event) => event.device },
  { name: 'case', label: t('audit.case'), cell: (event) => event.name },
  { name: 'kind', label: t('audit.kind'), cell: (event) => named('event', event.kind) },
  { name: 'sentence', label: t('audit.sentence'), cell: (event) => <span title={described(event)}>{described(event)}</span> },
];

function save(audit: Audit, name: string): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(audit, null, 1)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
  say(t('audit.saved'));
}

export function AuditPart({ subject }: { subject: string | null }) {
  const loaded = useLoad(() => api.audit(subject), [subject]);
  return (
    <Await of={loaded}>
      {(audit) => (audit.events.length ? (
        <>
          <p>{t('line.head', { words: audit.head })}</p>
          <p class="hint">{t('audit.head.hint')}</p>
          <Action label={t('audit.export')} onPress={() => save(audit, subject ? 'audit-case.json' : 'audit.json')} />
          <p class="hint">{t('audit.export.hint')}</p>
          <LongTable label={t('audit.table')} rows={audit.events} columns={columns()} keyOf={(event) => String(event.position)} />
        </>
      ) : <Empty of="audit" />)}
    </Await>
  );
}

export function AuditScreen() {
  return <Screen of="audit" wide><AuditPart subject={null} /></Screen>;
}
