// The end of a case: the conditions or a reason; and the erasure, which a second person decides too.
import { useState } from 'preact/hooks';

import { isClosing } from './case_file.tsx';
import type { PartProps } from './case_screen.tsx';
import { Striking } from './case_striking.tsx';
import { useCell } from './cell.ts';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfKind } from './names.ts';
import { Action, Alert, Area, Confirm, Empty, Form, Trouble } from './parts.tsx';
import { RecordItems } from './record_items.tsx';
import { vocabulary } from './state.ts';

function Erasure({ file, again }: PartProps) {
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const propose = async () => {
    setAsking(false);
    if (await deed.run('propose_erasure', { case: file.row.case, reason }, 'erasure.proposed')) setReason('');
  };
  return (
    <section aria-labelledby="erasure-head">
      <h2 id="erasure-head">{t('erasure.head')}</h2>
      <p>{t('erasure.what')}</p>
      <Form onSubmit={() => setAsking(reason.trim() !== '')}>
        <Area label={t('erasure.reason')} value={reason} onChange={setReason} rows={2} required />
        <Trouble problem={deed.problem} />
        <Action kind="danger" submit label={t('erasure.propose')} disabled={deed.busy} />
      </Form>
      {asking ? (
        <Confirm head={t('erasure.confirm', { name: file.row.name })} body={t('erasure.what')} yes={t('erasure.propose')} onYes={() => void propose()} onNo={() => setAsking(false)} />
      ) : null}
    </section>
  );
}

// A closed case that runs again: what ended it goes, and the phases that ran before run on.
function Reopen({ file, again }: PartProps) {
  const deed = useDeed(again);
  if (!file.state?.closed) return null;
  return (
    <Alert mood="info" head={t('reopen.head')}>
      <p>{t('reopen.what')}</p>
      <Trouble problem={deed.problem} />
      <Action label={t('reopen.do')} disabled={deed.busy} onPress={() => void deed.run('reopen', { case: file.row.case }, 'reopen.done')} />
    </Alert>
  );
}

export function ClosingPart(props: PartProps) {
  const kinds = (useCell(vocabulary)?.kinds ?? []).filter(isClosing);
  const { file } = props;
  return (
    <>
      {file.row.unread ? <Alert mood="warning"><p>{t('closing.unread')}</p></Alert> : null}
      {file.tasks.length ? <Alert mood="info"><p>{t('closing.tasks', { count: file.tasks.length })}</p></Alert> : null}
      <Reopen {...props} />
      {kinds.length ? kinds.map((kind) => (
        <section key={kind.kind}>
          <h2>{nameOfKind(kind)}</h2>
          <RecordItems kind={kind} items={file.record[kind.kind] ?? []} subject={file.row.case} again={props.again} />
        </section>
      )) : <Empty of="closing" />}
      <Striking {...props} />
      <Erasure {...props} />
    </>
  );
}
