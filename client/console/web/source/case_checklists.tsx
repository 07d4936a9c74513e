// The case's checklists: points that are ticked off, each tick a change that the journal keeps; and adding a list.
import { useState } from 'preact/hooks';

import type { PartProps } from './case_screen.tsx';
import { useCell } from './cell.ts';
import type { Item } from './contract.ts';
import { language, moment, t } from './language.ts';
import { useDeed, type Deed } from './load.ts';
import { labelIn } from './names.ts';
import { Action, Choose, Empty, Form, Tick, Trouble } from './parts.tsx';
import { vocabulary } from './state.ts';

const text = (item: Item, name: string) => (typeof item.fields[name] === 'string' ? (item.fields[name] as string) : '');
const isDone = (item: Item) => item.fields['done'] === true;

function byList(items: readonly Item[]): [string, Item[]][] {
  const lists = new Map<string, Item[]>();
  for (const item of items) lists.set(text(item, 'list'), [...(lists.get(text(item, 'list')) ?? []), item]);
  return [...lists];
}

function Point({ item, subject, deed }: { item: Item; subject: string; deed: Deed }) {
  const tick = (done: boolean) => void deed.run('record', {
    case: item.case ?? subject, kind: 'check', item: item.item, fields: { ...item.fields, done }, seen: item.position,
  }, done ? 'checklist.ticked' : 'checklist.unticked');
  return (
    <li>
      <Tick label={text(item, 'text')} on={isDone(item)} onChange={tick} />
      {isDone(item) ? <span class="hint"> {t('file.written', { by: item.by, when: moment(item.hour) })}</span> : null}
    </li>
  );
}

function Add({ subject, deed }: { subject: string; deed: Deed }) {
  const lists = useCell(vocabulary)?.checklists ?? [];
  const [list, setList] = useState('');
  const add = async () => {
    if (list && (await deed.run('add_checklist', { case: subject, list, language: language.value }, 'checklist.added'))) setList('');
  };
  if (!lists.length) return null;
  return (
    <Form onSubmit={() => void add()}>
      <div class="filters">
        <Choose
          label={t('checklist.which')} value={list} onChange={setList} none={t('form.choose')} required
          options={lists.map((one) => ({ value: one.code, label: labelIn(one.label, one.code) }))}
        />
        <Action submit label={t('checklist.add')} disabled={deed.busy} />
      </div>
    </Form>
  );
}

export function Checklists({ file, again }: PartProps) {
  const deed = useDeed(again);
  const items = (file.record['check'] ?? []).filter((item) => !item.fields['removed']);
  return (
    <section aria-labelledby="checklists-head">
      <h2 id="checklists-head">{t('checklist.head')}</h2>
      {items.length ? byList(items).map(([name, points]) => (
        <section key={name} class="item">
          <h3>{name}</h3>
          <p class="hint">{t('checklist.progress', { done: points.filter(isDone).length, total: points.length })}</p>
          <ul class="points">{points.map((item) => <Point key={`${item.case} ${item.item}`} item={item} subject={file.row.case} deed={deed} />)}</ul>
        </section>
      )) : <Empty of="checklists" />}
      <Trouble problem={deed.problem} />
      <Add subject={file.row.case} deed={deed} />
    </section>
  );
}
