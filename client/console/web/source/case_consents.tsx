// What the client agreed to, per purpose, recipient and field; asking, and recording what was said elsewhere.
import { useState } from 'preact/hooks';

import { ToReporter } from './case_reporters.tsx';
import type { PartProps } from './case_screen.tsx';
import { useCell } from './cell.ts';
import type { Consent } from './contract.ts';
import { moment, named, t } from './language.ts';
import { useDeed } from './load.ts';
import { entriesOf, labelIn, nameOfPartner, nameOfPurpose, nameOfShared, sharedFields } from './names.ts';
import { Action, Alert, Area, Choose, Empty, Form, Ticks, Trouble } from './parts.tsx';
import { vocabulary } from './state.ts';

const choices = ['given', 'refused', 'later', 'withdrawn'];
const hows = ['spoken', 'telephone', 'written', 'guardian'];
const asOptions = (names: readonly string[], prefix: string) => names.map((one) => ({ value: one, label: named(prefix, one) }));

export interface Sharing { recipient: string; purpose: string; fields: string[] }

// To whom, what for, and exactly which fields: asked for in the same words wherever something may be shared.
export function SharingForm({ value, onChange }: { value: Sharing; onChange: (value: Sharing) => void }) {
  const partners = useCell(vocabulary)?.partners ?? [];
  return (
    <>
      <div class="filters">
        <Choose
          label={t('sharing.recipient')} value={value.recipient} none={t('form.choose')} required
          options={partners.map((one) => ({ value: one.organisation, label: nameOfPartner(one.organisation) }))}
          onChange={(recipient) => onChange({ ...value, recipient })}
        />
        <Choose
          label={t('sharing.purpose')} value={value.purpose} none={t('form.choose')} required
          options={entriesOf('consent_purpose').map((one) => ({ value: one.code, label: labelIn(one.label, one.code) }))}
          onChange={(purpose) => onChange({ ...value, purpose })}
        />
      </div>
      <Ticks
        legend={t('sharing.fields')} options={sharedFields().map((one) => ({ value: one.name, label: one.label }))} chosen={value.fields}
        onChange={(fields) => onChange({ ...value, fields })}
      />
    </>
  );
}

export const nothingShared: Sharing = { recipient: '', purpose: '', fields: [] };

export function lacksOf(sharing: Sharing): string {
  if (!sharing.recipient) return t('sharing.recipient');
  if (!sharing.purpose) return t('sharing.purpose');
  return sharing.fields.length ? '' : t('sharing.fields');
}

function ConsentForm({ file, again, asks }: PartProps & { asks: boolean }) {
  const [to, setTo] = useState(file.row.case);
  const [sharing, setSharing] = useState(nothingShared);
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('given');
  const [how, setHow] = useState('spoken');
  const [lacks, setLacks] = useState('');
  const deed = useDeed(again);
  const send = async () => {
    setLacks(lacksOf(sharing));
    if (lacksOf(sharing)) return;
    const more = { case: to, ...sharing };
    const done = asks ? await deed.run('ask_consent', { ...more, text }, 'consent.asked')
      : await deed.run('record_consent', { ...more, choice, how }, 'consent.recorded');
    if (!done) return;
    setSharing(nothingShared);
    setText('');
  };
  return (
    <Form onSubmit={() => void send()}>
      <ToReporter file={file} to={to} onChange={setTo} />
      <SharingForm value={sharing} onChange={setSharing} />
      {asks ? <Area label={t('consent.text')} hint={t('consent.text.hint')} value={text} onChange={setText} rows={3} /> : (
        <div class="filters">
          <Choose label={t('consent.choice')} value={choice} onChange={setChoice} options={asOptions(choices, 'choice')} />
          <Choose label={t('consent.how')} value={how} onChange={setHow} options={asOptions(hows, 'how')} />
        </div>
      )}
      {lacks ? <p class="careful" role="alert">{t('form.missing', { field: lacks })}</p> : null}
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" submit label={t(asks ? 'consent.ask' : 'consent.record')} disabled={deed.busy} />
    </Form>
  );
}

// A question that stands: the answer that came by another way is written down here.
function AnswerTo({ consent, file, again }: PartProps & { consent: Consent }) {
  const [choice, setChoice] = useState(consent.stands === 'given' ? 'withdrawn' : 'given');
  const [how, setHow] = useState('spoken');
  const deed = useDeed(again);
  const record = () => void deed.run('record_consent', {
    case: consent.case ?? file.row.case, question: consent.number, recipient: consent.recipient, purpose: consent.purpose, fields: consent.fields, choice, how,
  }, 'consent.recorded');
  return (
    <details>
      <summary>{t('consent.answer')}</summary>
      <Form onSubmit={record}>
        <div class="filters">
          <Choose label={t('consent.choice')} value={choice} onChange={setChoice} options={asOptions(choices, 'choice')} />
          <Choose label={t('consent.how')} value={how} onChange={setHow} options={asOptions(hows, 'how')} />
          <Action submit label={t('consent.record')} disabled={deed.busy} />
        </div>
      </Form>
      <Trouble problem={deed.problem} />
    </details>
  );
}

export function ConsentsPart(props: PartProps) {
  const { file } = props;
  return (
    <>
      {file.row.minor ? <Alert mood="info"><p>{t('consent.minor')}</p></Alert> : null}
      {file.consents.length ? (
        <ul class="items">
          {file.consents.map((one) => (
            <li key={one.number} class={`item consent-${one.stands ?? 'open'}`}>
              <h3>{t('consent.line', { purpose: nameOfPurpose(one.purpose), recipient: nameOfPartner(one.recipient) })}</h3>
              <p><strong>{one.stands ? named('choice', one.stands) : t('consent.unanswered')}</strong></p>
              <p>{one.fields.map(nameOfShared).join('; ')}</p>
              <p class="hint">
                {[one.when ? moment(one.when) : '', one.how ? named('how', one.how) : '', one.asked_in_thread ? t('consent.in_thread') : '']
                  .filter(Boolean).join(', ')}
              </p>
              <AnswerTo key={one.stands ?? ''} consent={one} {...props} />
            </li>
          ))}
        </ul>
      ) : <Empty of="consents" />}
      <details class="kind">
        <summary><h2>{t('consent.ask.head')}</h2></summary>
        <ConsentForm {...props} asks />
      </details>
      <details class="kind">
        <summary><h2>{t('consent.record.head')}</h2></summary>
        <ConsentForm {...props} asks={false} />
      </details>
    </>
  );
}
