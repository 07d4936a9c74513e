// Who the client is. Closed until somebody opens it for a reason; the journal keeps who did, when and why.
import { useState } from 'preact/hooks';

import { isIdentity } from './case_file.tsx';
import type { PartProps } from './case_screen.tsx';
import { useCell } from './cell.ts';
import type { Kind, Values } from './contract.ts';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { labelIn, valueInWords } from './names.ts';
import { Action, Alert, Empty, Facts, Form, Line, Trouble } from './parts.tsx';
import { RecordForm } from './record_form.tsx';
import { say, vocabulary } from './state.ts';

function Opening({ subject, onOpen }: { subject: string; onOpen: (fields: Values) => void }) {
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const open = async () => {
    const answer = await deed.ask<{ fields: Values }>('open_identity', { case: subject, reason });
    if (!answer) return;
    say(t('identity.opened'));
    onOpen(answer.fields);
  };
  return (
    <Form onSubmit={() => void open()}>
      <Alert mood="info"><p>{t('identity.closed')}</p></Alert>
      <Line label={t('identity.reason')} hint={t('identity.reason.hint')} value={reason} onChange={setReason} required />
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" submit label={t('identity.open')} disabled={deed.busy} />
    </Form>
  );
}

// What was opened is in this screen alone: it is asked for again each time.
function Opened({ kind, fields, file, again, onClose }: PartProps & { kind: Kind; fields: Values; onClose: () => void }) {
  const [changing, setChanging] = useState(false);
  const item = file.record[kind.kind]?.[0];
  const written = Object.keys(fields).length > 0;
  return (
    <>
      <Action label={t('identity.close')} onPress={onClose} takesFocus />
      {item?.conflict.length ? <Alert mood="warning" head={t('conflict.head')}><p>{t('identity.conflict')}</p></Alert> : null}
      {changing ? (
        <RecordForm
          kind={kind} subject={file.row.case} start={fields} {...(item ? { seen: item.position } : {})}
          onDone={() => { onClose(); again(); }} onCancel={() => setChanging(false)}
        />
      ) : (
        <>
          {written ? <Facts of={kind.fields.map((field) => [labelIn(field.label, field.name), valueInWords(field, fields[field.name])] as const)} /> : <Empty of="file_kind" />}
          <Action kind="subtle" label={t('file.change')} onPress={() => setChanging(true)} />
        </>
      )}
    </>
  );
}

export function IdentityPart({ file, again }: PartProps) {
  const kind = useCell(vocabulary)?.kinds.find(isIdentity);
  const [fields, setFields] = useState<Values | null>(null);
  if (!kind) return <Empty of="identity" />;
  if (fields === null) return <Opening subject={file.row.case} onOpen={setFields} />;
  return <Opened kind={kind} fields={fields} file={file} again={again} onClose={() => setFields(null)} />;
}
