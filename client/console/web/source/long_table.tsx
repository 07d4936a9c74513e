// A table of any length: the header stays, rows outside the window are empty space, and a screen reader is told how many
// rows there are and which these are.
import type { ComponentChildren } from 'preact';

import { rowHeight, useRowWindow, type RowWindow } from './window_of_rows.ts';

export interface Column<Row> {
  name: string;
  label: string;
  head?: ComponentChildren; // instead of the label
  cell: (row: Row, index: number) => ComponentChildren;
  onSort?: () => void;
  sorted?: 'ascending' | 'descending' | undefined;
}

function Head<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th key={column.name} scope="col" class={`column-${column.name}`} aria-sort={column.sorted}>
            {column.head ?? (column.onSort ? (
              <button type="button" class="sort" onClick={column.onSort}>
                {column.label}
                <span aria-hidden="true" class="sort-sign">{column.sorted === 'ascending' ? '▲' : column.sorted === 'descending' ? '▼' : ''}</span>
              </button>
            ) : column.label)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

// One cell: a narrow screen shows fewer columns, and the empty space makes none.
function Space({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return <tr aria-hidden="true" class="space"><td style={{ height: `${rows * rowHeight}px` }} /></tr>;
}

export function LongTable<Row>(props: {
  label: string; rows: readonly Row[]; columns: Column<Row>[]; keyOf: (row: Row) => string;
  mark?: (index: number) => boolean; onKeyDown?: (event: KeyboardEvent, shown: RowWindow) => void; onPress?: (row: Row) => void;
}) {
  const { rows, columns } = props;
  const shown = useRowWindow(rows.length);
  return (
    <div
      class="long" ref={shown.box} tabIndex={0} role="region" aria-label={props.label}
      onKeyDown={(event) => props.onKeyDown?.(event, shown)}
    >
      <table aria-rowcount={rows.length + 1} aria-label={props.label}>
        <Head columns={columns} />
        <tbody>
          <Space rows={shown.first} />
          {rows.slice(shown.first, shown.end).map((row, i) => {
            const index = shown.first + i;
            return (
              <tr
                key={props.keyOf(row)} aria-rowindex={index + 2} data-index={index}
                class={props.mark?.(index) ? 'marked' : undefined} onClick={props.onPress ? () => props.onPress?.(row) : undefined}
              >
                {columns.map((column) => <td key={column.name} class={`column-${column.name}`}>{column.cell(row, index)}</td>)}
              </tr>
            );
          })}
          <Space rows={rows.length - shown.end} />
        </tbody>
      </table>
    </div>
  );
}
