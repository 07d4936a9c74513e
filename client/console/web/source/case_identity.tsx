// Who the client is. Closed until somebody opens it; the journal keeps who did, and when.
import { useState } from 'preact/hooks';

import { isIdentity } from './case_file.tsx';
import type { PartProps } from './case_screen.tsx';
import { useCell } from './cell.ts';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Alert, Empty, Trouble } from './parts.tsx';
import { RecordItems } from './record_items.tsx';
import { vocabulary } from './state.ts';

export function IdentityPart({ file, again }: PartProps) {
  const kind = useCell(vocabulary)?.kinds.find(isIdentity);
  const [open, setOpen] = useState(false);
  const deed = useDeed(again);
  if (!kind) return <Empty of="identity" />;
  const show = async () => {
    if (await deed.run('open_identity', { case: file.row.case }, 'identity.opened')) setOpen(true);
  };
  if (!open) {
    return (
      <>
        <Alert mood="info"><p>{t('identity.closed')}</p></Alert>
        <Trouble problem={deed.problem} />
        <Action kind="primary-action" label={t('identity.open')} onPress={() => void show()} disabled={deed.busy} />
      </>
    );
  }
  return (
    <>
      <Action label={t('identity.close')} onPress={() => setOpen(false)} takesFocus />
      <RecordItems kind={kind} items={file.record[kind.kind] ?? []} subject={file.row.case} again={again} />
    </>
  );
}
