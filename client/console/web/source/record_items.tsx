// The items of one kind: shown, changed, added, removed; and when two people wrote at once, both values with their names.
import { useState } from 'preact/hooks';

import type { Item, Kind, Values, Version } from './contract.ts';
import { moment, t } from './language.ts';
import { useDeed } from './load.ts';
import { labelIn, nameOfKind, valueInWords } from './names.ts';
import { Action, Alert, Confirm, Empty, Facts, Trouble } from './parts.tsx';
import { RecordForm } from './record_form.tsx';

function FieldsShown({ kind, fields }: { kind: Kind; fields: Values }) {
  const known = kind.fields.map((field) => [labelIn(field.label, field.name), valueInWords(field, fields[field.name])] as const);
  const others = Object.keys(fields).filter((name) => name !== 'removed' && !kind.fields.some((field) => field.name === name))
    .map((name) => [name, valueInWords(undefined, fields[name])] as const);
  if (fields['removed']) return <p>{t('file.removed')}</p>;
  return <Facts of={[...known, ...others]} />;
}

const Written = ({ version }: { version: Version }) => <p class="hint">{t('file.written', { by: version.by, when: moment(version.hour) })}</p>;

// Neither value is lost: a person looks at both and says which stands.
function Conflict({ kind, item, subject, again }: { kind: Kind; item: Item; subject: string; again: () => void }) {
  const deed = useDeed(again);
  const versions: Version[] = [item, ...item.conflict];
  const seen = Math.max(...versions.map((one) => one.position));
  return (
    <Alert mood="warning" head={t('conflict.head')}>
      <p>{t('conflict.what')}</p>
      <div class="versions">
        {versions.map((one) => (
          <div key={one.position} class="version">
            <FieldsShown kind={kind} fields={one.fields} />
            <Written version={one} />
            <Action
              label={t('conflict.keep', { by: one.by })} disabled={deed.busy}
              onPress={() => void deed.run('record', { case: subject, kind: kind.kind, item: item.item, fields: one.fields, seen }, 'file.saved')}
            />
          </div>
        ))}
      </div>
      <Trouble problem={deed.problem} />
    </Alert>
  );
}

function History({ kind, item }: { kind: Kind; item: Item }) {
  if (!item.history.length) return null;
  return (
    <details>
      <summary>{t('file.history', { count: item.history.length })}</summary>
      <ol class="history">
        {item.history.map((one) => <li key={one.position}><FieldsShown kind={kind} fields={one.fields} /><Written version={one} /></li>)}
      </ol>
    </details>
  );
}

export function ItemShown({ kind, item, subject, again }: { kind: Kind; item: Item; subject: string; again: () => void }) {
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const remove = () => {
    setAsking(false);
    void deed.run('record', { case: subject, kind: kind.kind, item: item.item, fields: { removed: true }, seen: item.position }, 'file.removed.done');
  };
  const name = nameOfKind(kind);
  return (
    <li class="item">
      {item.conflict.length ? <Conflict kind={kind} item={item} subject={subject} again={again} /> : null}
      {changing ? (
        <RecordForm
          kind={kind} subject={subject} item={item.item} start={item.fields} seen={item.position}
          onDone={() => { setChanging(false); again(); }} onCancel={() => setChanging(false)}
        />
      ) : (
        <>
          {item.conflict.length ? null : <><FieldsShown kind={kind} fields={item.fields} /><Written version={item} /></>}
          <div class="row">
            <Action kind="subtle" label={t('file.change')} describe={t('file.change.of', { kind: name })} onPress={() => setChanging(true)} />
            <Action kind="subtle" label={t('file.remove')} describe={t('file.remove.of', { kind: name })} onPress={() => setAsking(true)} />
          </div>
        </>
      )}
      <History kind={kind} item={item} />
      <Trouble problem={deed.problem} />
      {asking ? <Confirm head={t('file.remove.head')} body={t('file.remove.body')} yes={t('file.remove')} onYes={remove} onNo={() => setAsking(false)} /> : null}
    </li>
  );
}

export function RecordItems({ kind, items, subject, again }: { kind: Kind; items: readonly Item[]; subject: string; again: () => void }) {
  const [adding, setAdding] = useState(false);
  const shown = items.filter((item) => !item.fields['removed'] || item.conflict.length);
  const may = kind.several || !shown.length;
  return (
    <>
      {shown.length ? (
        <ul class="items">{shown.map((item) => <ItemShown key={`${item.case} ${item.item}`} kind={kind} item={item} subject={item.case ?? subject} again={again} />)}</ul>
      ) : adding ? null : <Empty of="file_kind" />}
      {adding ? (
        <RecordForm kind={kind} subject={subject} onDone={() => { setAdding(false); again(); }} onCancel={() => setAdding(false)} />
      ) : may ? (
        <Action label={t('file.add', { kind: nameOfKind(kind) })} onPress={() => setAdding(true)} />
      ) : null}
    </>
  );
}
