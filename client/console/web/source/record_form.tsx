// One form for every kind of the record, made from the kind's row in the vocabulary.
import { useId, useState } from 'preact/hooks';

import { api } from './api.ts';
import type { Field, Kind, Row, Values } from './contract.ts';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { choicesOf, labelIn } from './names.ts';
import { Action, Area, Choose, Form, Line, Tick, Ticks, Trouble, Way } from './parts.tsx';
import { ReviewProposal } from './review_proposal.tsx';

interface FieldProps { field: Field; value: unknown; onChange: (value: unknown) => void }

const optionsOf = (field: Field) => choicesOf(field).map((one) => ({ value: one.code, label: labelIn(one.label, one.code) }));

// Another case is found by its two words.
function CaseField({ label, value, onChange, required }: { label: string; value: string; onChange: (id: string) => void; required: boolean }) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<Row[] | null>(null);
  const id = useId();
  const look = async () => setFound((await api.cases('all', words).catch(() => ({ cases: [] }))).cases.slice(0, 8));
  const pick = (row: Row) => {
    onChange(row.case);
    setWords(row.name);
    setFound(null);
  };
  return (
    <div class="case-field" aria-describedby={id}>
      <Line label={label} hint={t('form.case.hint')} value={words || value} onChange={(text) => { setWords(text); onChange(''); }} required={required} />
      <Action kind="subtle" label={t('form.case.find')} onPress={() => void look()} />
      <p id={id} class="hint" role="status">{value ? t('form.case.chosen') : found && !found.length ? t('form.case.none') : ''}</p>
      {found?.length ? <ul class="inline">{found.map((row) => <li key={row.case}><Way label={row.name} onPress={() => pick(row)} /></li>)}</ul> : null}
    </div>
  );
}

function FieldControl({ field, value, onChange }: FieldProps) {
  const label = labelIn(field.label, field.name);
  const text = typeof value === 'string' ? value : '';
  const required = field.required;
  const options = optionsOf(field);
  switch (field.type) {
    case 'flag': return <Tick label={label} on={value === true} onChange={onChange} />;
    case 'text': return <Area label={label} value={text} onChange={onChange} required={required} />;
    case 'date': return <Line type="date" label={label} value={text} onChange={onChange} required={required} />;
    case 'case': return <CaseField label={label} value={text} onChange={onChange} required={required} />;
    case 'codes':
      if (options.length) return <Ticks legend={label} options={options} chosen={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />;
      break;
    case 'code':
      if (options.length) return <Choose label={label} value={text} onChange={onChange} options={options} none={t('form.choose')} required={required} />;
      break;
    case 'line': break;
  }
  return <Line label={label} value={text} onChange={onChange} required={required} />;
}

// What nobody filled in is not sent.
function filled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined && !(Array.isArray(value) && !value.length)));
}

export function RecordForm(props: {
  kind: Kind; subject: string; item?: string; start?: Values; seen?: number; onDone: () => void; onCancel?: () => void; save?: string;
}) {
  const { kind } = props;
  const [values, setValues] = useState<Values>(props.start ?? {});
  const [missing, setMissing] = useState('');
  const deed = useDeed(props.onDone);
  const save = () => {
    const fields = filled(values);
    const lacking = kind.fields.find((field) => field.required && !(field.name in fields));
    setMissing(lacking ? labelIn(lacking.label, lacking.name) : Object.keys(fields).length ? '' : labelIn(kind.label, kind.kind));
    if (lacking || !Object.keys(fields).length) return;
    void deed.run('record', { case: props.subject, kind: kind.kind, ...(props.item ? { item: props.item } : {}), fields, seen: props.seen ?? 0 }, 'file.saved');
  };
  return (
    <Form onSubmit={save}>
      {kind.fields.map((field) => (
        <FieldControl
          key={field.name} field={field} value={values[field.name]}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {kind.kind === 'review' ? <ReviewProposal kind={kind} values={values} onUse={(fields) => setValues((before) => ({ ...before, ...fields }))} /> : null}
      {missing ? <p class="careful" role="alert">{t('form.missing', { field: missing })}</p> : null}
      <Trouble problem={deed.problem} />
      <div class="row">
        <Action kind="primary-action" submit label={props.save ?? t('file.save')} disabled={deed.busy} />
        {props.onCancel ? <Action kind="subtle" label={t('deed.cancel')} onPress={props.onCancel} /> : null}
      </div>
    </Form>
  );
}
