// Which rows of the list are chosen, and the column with a box for each.
import { useState } from 'preact/hooks';

import type { Row } from './contract.ts';
import { t } from './language.ts';
import type { Column } from './long_table.tsx';

export interface Chosen {
  rows: readonly Row[]; // those chosen, in the list's order
  has: (row: Row) => boolean;
  flip: (row: Row) => void;
  flipAll: () => void;
  clear: () => void;
}

// Only what the list shows is chosen: a case that has left it is not dealt with unseen.
export function useChosen(shown: readonly Row[]): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const rows = shown.filter((row) => ids.has(row.case));
  const flip = (row: Row) => setIds((before) => {
    const next = new Set(before);
    if (!next.delete(row.case)) next.add(row.case);
    return next;
  });
  return {
    rows, flip,
    has: (row) => ids.has(row.case),
    flipAll: () => setIds(rows.length === shown.length ? new Set() : new Set(shown.map((row) => row.case))),
    clear: () => setIds(new Set()),
  };
}

// The whole cell takes the press: a small box is easy to miss, and beside it the case would open.
function Box({ label, on, partly, onChange }: { label: string; on: boolean; partly?: boolean; onChange: () => void }) {
  return (
    <label class="box" onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox" checked={on} ref={(self) => { if (self) self.indeterminate = partly ?? false; }} aria-label={label} onChange={onChange}
      />
    </label>
  );
}

export function chosenColumn(chosen: Chosen, shown: number): Column<Row> {
  const some = chosen.rows.length;
  return {
    name: 'chosen', label: t('many.column'),
    head: <Box label={t('many.all')} on={some > 0 && some === shown} partly={some > 0 && some < shown} onChange={chosen.flipAll} />,
    cell: (row) => <Box label={t('many.choose', { name: row.name })} on={chosen.has(row)} onChange={() => chosen.flip(row)} />,
  };
}
