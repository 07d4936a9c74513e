// The cases of one view, found by words, sorted, and walked through with the keyboard.
import { useEffect, useMemo, useState } from 'preact/hooks';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import { chosenColumn, useChosen, type Chosen } from './chosen_rows.tsx';
import type { Row, View } from './contract.ts';
import { stepOf } from './keys.ts';
import { named, shortDay, shortMoment, t } from './language.ts';
import { useLoad } from './load.ts';
import { LongTable, type Column } from './long_table.tsx';
import { ManyBar, ManyOutcome, useMany } from './many.tsx';
import { nameOfCode, nameOfPhase } from './names.ts';
import { Action, Choose, Empty, Form, Line, RowBadges, Screen, Trouble, Way } from './parts.tsx';
import { go, stayAt } from './router.ts';
import { savedFilters, say, singleKeys } from './state.ts';
import { byUrgency } from './start_screen.tsx';
import type { RowWindow } from './window_of_rows.ts';

export const views: View[] = ['open', 'new', 'mine', 'waiting_reporter', 'waiting_partner', 'overdue', 'to_close', 'closed', 'all'];

interface Order { by: string; down: boolean }
const orders: Record<string, (one: Row, other: Row) => number> = {
  urgency: byUrgency,
  name: (one, other) => one.name.localeCompare(other.name),
  state: (one, other) => one.state.localeCompare(other.state),
  assigned: (one, other) => (one.assigned?.name ?? '').localeCompare(other.assigned?.name ?? ''),
  newest: (one, other) => one.newest.localeCompare(other.newest),
  due: (one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'),
  form: (one, other) => (one.form ?? '').localeCompare(other.form ?? ''),
};

function useSorted(rows: readonly Row[] | undefined, order: Order): readonly Row[] {
  return useMemo(() => {
    const compare = orders[order.by] ?? byUrgency;
    const sorted = [...(rows ?? [])].sort(compare);
    return order.down ? sorted.reverse() : sorted;
  }, [rows, order.by, order.down]);
}

function columnsOf(order: Order, setOrder: (order: Order) => void, chosen: Chosen, shown: number): Column<Row>[] {
  const column = (name: string, cell: Column<Row>['cell']): Column<Row> => ({
    name, cell, label: t(`list.column.${name}` as 'list.column.name'),
    onSort: () => setOrder({ by: name, down: order.by === name && !order.down }),
    sorted: order.by === name ? (order.down ? 'descending' : 'ascending') : undefined,
  });
  return [
    chosenColumn(chosen, shown),
    column('name', (row, index) => (
      <button
        type="button" class={row.unread ? 'way name' : 'way name read'} data-row={index}
        onClick={(event) => { event.stopPropagation(); openCase(row); }}
      >{row.name}</button>
    )),
    column('urgency', (row) => <RowBadges row={row} />),
    column('state', (row) => named('state', row.state)),
    column('form', (row) => (row.form ? nameOfCode('exploitation_form', row.form) : '')),
    { name: 'phases', label: t('list.column.phases'), cell: (row) => row.phases.map(nameOfPhase).join(', ') },
    column('assigned', (row) => row.assigned?.name ?? t('case.nobody')),
    column('newest', (row) => shortMoment(row.newest)),
    column('due', (row) => (row.due ? shortDay(row.due) : '')),
  ];
}

const openCase = (row: Row) => go({ screen: 'case', case: row.case, part: 'thread' });

// j, k and the arrows move the focus from name to name; Enter then presses the name as on any button, x chooses the row.
function useWalk(rows: readonly Row[], chosen: Chosen) {
  const count = rows.length;
  const [at, setAt] = useState(-1);
  useEffect(() => {
    if (at >= 0) document.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent, shown: RowWindow) => {
    const here = rows[Number((event.target as HTMLElement).dataset['row'] ?? -1)];
    if (event.key === 'x' && singleKeys.value && here) chosen.flip(here);
    const step = stepOf(event);
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const from = Number((event.target as HTMLElement).dataset['row'] ?? at);
    const to = Math.max(0, Math.min(count - 1, from + step));
    shown.reveal(to);
    // After the window has moved the row is there to be focused.
    window.requestAnimationFrame(() => {
      setAt(to);
      document.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus({ preventScroll: true });
    });
  };
  return { at, onKeyDown };
}

function Saved({ view, find }: { view: View; find: string }) {
  const saved = useCell(savedFilters);
  const name = `${t(`view.${view}`)}${find ? `: ${find}` : ''}`;
  const known = saved.some((one) => one.name === name);
  const keep = () => {
    savedFilters.set([...saved, { name, view, find }]);
    say(t('list.saved'));
  };
  return (
    <div class="saved">
      <Action kind="subtle" label={t('list.save')} onPress={keep} disabled={known} />
      {saved.length ? (
        <ul class="inline" aria-label={t('list.saved.label')}>
          {saved.map((one) => (
            <li key={one.name}>
              <Way label={one.name} onPress={() => go({ screen: 'list', view: one.view, find: one.find })} />
              <Way
                class="drop" label="×" describe={t('list.saved.drop', { name: one.name })}
                onPress={() => savedFilters.set(saved.filter((other) => other !== one))}
              />
            </li>
          ))}
        </ul>
      ) : <p class="hint">{t('list.save.hint')}</p>}
    </div>
  );
}

// Types on until a moment passes without a key: then it is asked.
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), 150);
    return () => window.clearTimeout(timer);
  }, [text]);
  return settled;
}

export function ListScreen({ view, find }: { view: View; find: string }) {
  const [words, setWords] = useState(find);
  const [order, setOrder] = useState<Order>({ by: view === 'overdue' ? 'due' : 'urgency', down: false });
  const settled = useSettled(words);
  const loaded = useLoad(() => api.cases(view, settled), [view, settled]);
  const rows = useSorted(loaded.value?.cases, order);
  const chosen = useChosen(rows);
  const many = useMany();
  const walk = useWalk(rows, chosen);
  useEffect(() => setWords(find), [find]);
  useEffect(() => stayAt({ screen: 'list', view, find: settled }), [view, settled]);
  const columns = columnsOf(order, setOrder, chosen, rows.length);
  return (
    <Screen of="list" wide>
      <Form onSubmit={() => loaded.again()} label={t('list.filter')}>
        <div class="filters">
          <Choose
            label={t('list.view')} value={view} onChange={(next) => go({ screen: 'list', view: next as View, find: words })}
            options={views.map((one) => ({ value: one, label: t(`view.${one}`) }))}
          />
          <Line type="search" label={t('list.find')} hint={t('list.find.hint')} value={words} onChange={setWords} />
        </div>
      </Form>
      <Saved view={view} find={settled} />
      <Trouble problem={loaded.problem} again={loaded.again} />
      <ManyOutcome many={many} />
      {chosen.rows.length || many.progress ? <ManyBar chosen={chosen.rows} many={many} onDone={chosen.clear} /> : null}
      <p role="status" class="total">{loaded.value ? t('list.total', { count: loaded.value.total }) : t('loading')}</p>
      {loaded.value && !rows.length ? <Empty of={settled ? 'found' : 'list'} /> : null}
      {rows.length ? (
        <LongTable
          label={t('list.table')} rows={rows} columns={columns} keyOf={(row) => row.case} onPress={openCase}
          mark={(index) => index === walk.at} onKeyDown={walk.onKeyDown}
        />
      ) : null}
    </Screen>
  );
}
