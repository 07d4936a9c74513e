// What was told to partners; and telling one: choose, see exactly what goes, send.
import { useState } from 'preact/hooks';

import { lacksOf, nothingShared, SharingForm } from './case_consents.tsx';
import type { PartProps } from './case_screen.tsx';
import type { Escalation } from './contract.ts';
import { moment, named, t } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfPartner, nameOfPurpose, nameOfShared, sharedInWords } from './names.ts';
import { Action, Alert, Area, Confirm, Empty, Facts, Form, Line, Tick, Trouble } from './parts.tsx';

type Preview = Partial<Escalation> & Record<string, unknown>;
interface Prepared { preview: Preview; ticket: string }

// Everything that goes, and nothing that does not: what these screens have no words for is shown as it is.
function Goes({ preview }: { preview: Preview }) {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const when = (value: unknown) => (typeof value === 'string' ? moment(value) : '');
  const known = new Set(['recipient', 'purpose', 'fields', 'answer_by', 'valid_until', 'hour', 'basis', 'sender', 'reference', 'journal', 'escalation', 'state', 'answers']);
  const others = Object.keys(preview).filter((name) => !known.has(name)).map((name) => [name, text(preview[name])] as const);
  return (
    <>
      <Facts of={[
        [t('sharing.recipient'), nameOfPartner(preview.recipient ?? '')],
        [t('sharing.purpose'), nameOfPurpose(preview.purpose ?? '')],
        [t('escalation.sender'), preview.sender ?? ''],
        [t('escalation.reference'), preview.reference ?? ''],
        [t('escalation.answer_by'), when(preview.answer_by)],
        [t('escalation.valid_until'), when(preview.valid_until)],
        [t('escalation.journal'), preview.journal ?? ''],
        ...Object.entries(preview.basis ?? {}).map(([name, value]) => [named('basis', name), name === 'how' ? named('how', text(value)) : moment(text(value))] as const),
        ...others,
      ]} />
      <h4>{t('escalation.fields')}</h4>
      <Facts of={Object.entries(preview.fields ?? {}).map(([name, value]) => [nameOfShared(name), <span key={name} class="words" dir="auto">{sharedInWords(name, value)}</span>] as const)} />
    </>
  );
}

interface Without { on: boolean; reason: string; ground: string }

function WithoutConsent({ value, onChange }: { value: Without; onChange: (value: Without) => void }) {
  return (
    <>
      <Tick label={t('escalation.without')} on={value.on} onChange={(on) => onChange({ ...value, on })} />
      {value.on ? (
        <Alert mood="warning" head={t('escalation.without.head')}>
          <p>{t('escalation.without.what')}</p>
          <Line label={t('escalation.ground')} value={value.ground} onChange={(ground) => onChange({ ...value, ground })} required />
          <Area label={t('escalation.reason')} value={value.reason} onChange={(reason) => onChange({ ...value, reason })} rows={3} required />
        </Alert>
      ) : null}
    </>
  );
}

function Prepare({ file, onPrepared }: PartProps & { onPrepared: (prepared: Prepared) => void }) {
  const [sharing, setSharing] = useState(nothingShared);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [without, setWithout] = useState<Without>({ on: false, reason: '', ground: '' });
  const [lacks, setLacks] = useState('');
  const deed = useDeed();
  const prepare = async () => {
    setLacks(lacksOf(sharing));
    if (lacksOf(sharing)) return;
    const prepared = await deed.ask<Prepared>('prepare_escalation', {
      case: file.row.case, recipient: sharing.recipient, purpose: sharing.purpose,
      fields: Object.fromEntries(sharing.fields.map((name) => [name, texts[name] ?? ''])),
      without_consent: without.on ? { reason: without.reason, ground: without.ground } : null,
    });
    if (prepared) onPrepared(prepared);
  };
  return (
    <Form onSubmit={() => void prepare()}>
      <SharingForm value={sharing} onChange={setSharing} />
      {sharing.fields.map((name) => (
        <Area
          key={name} label={nameOfShared(name)} hint={t('escalation.value.hint')} value={texts[name] ?? ''} rows={2}
          onChange={(text) => setTexts((before) => ({ ...before, [name]: text }))}
        />
      ))}
      <WithoutConsent value={without} onChange={setWithout} />
      {lacks ? <p class="careful" role="alert">{t('form.missing', { field: lacks })}</p> : null}
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" submit label={t('escalation.prepare')} disabled={deed.busy} />
      <p class="hint">{t('escalation.prepare.hint')}</p>
    </Form>
  );
}

function PreviewShown({ prepared, onEnd, again }: { prepared: Prepared; onEnd: () => void; again: () => void }) {
  const deed = useDeed(again);
  const send = async () => {
    if (await deed.run('send_escalation', { ticket: prepared.ticket }, 'escalation.sent')) onEnd();
  };
  return (
    <section class="preview" aria-labelledby="preview-head">
      <h3 id="preview-head">{t('escalation.preview')}</h3>
      <Goes preview={prepared.preview} />
      <Alert mood="warning"><p>{t('escalation.unsend')}</p></Alert>
      <Trouble problem={deed.problem} />
      <div class="row">
        <Action kind="primary-action" label={t('escalation.send')} onPress={() => void send()} disabled={deed.busy} takesFocus />
        <Action kind="subtle" label={t('escalation.back')} onPress={onEnd} />
      </div>
    </section>
  );
}

function Told({ one, file, again }: PartProps & { one: Escalation }) {
  const [asking, setAsking] = useState(false);
  const [text, setText] = useState('');
  const deed = useDeed(again);
  const withdraw = () => {
    setAsking(false);
    void deed.run('withdraw_escalation', { case: file.row.case, escalation: one.escalation, text }, 'escalation.withdrawn');
  };
  return (
    <li class="item">
      <h3>{t('escalation.line', { recipient: nameOfPartner(one.recipient), state: named('escalation_state', one.state) })}</h3>
      <Goes preview={one as Preview} />
      {(one.answers ?? []).map((answer) => (
        <div key={answer.hour + answer.said} class="asked">
          <p><strong>{named('escalation_state', answer.said)}</strong>, {answer.device}, {moment(answer.hour)}</p>
          {answer.text ? <p class="words" dir="auto">{answer.text}</p> : null}
        </div>
      ))}
      {one.state === 'withdrawn' ? null : (
        <details>
          <summary>{t('escalation.withdraw')}</summary>
          <Form onSubmit={() => setAsking(true)}>
            <Area label={t('escalation.withdraw.text')} value={text} onChange={setText} rows={2} />
            <Action kind="danger" submit label={t('escalation.withdraw')} disabled={deed.busy} />
          </Form>
          <Trouble problem={deed.problem} />
        </details>
      )}
      {asking ? (
        <Confirm head={t('escalation.withdraw.head')} body={t('escalation.unsend')} yes={t('escalation.withdraw')} onYes={withdraw} onNo={() => setAsking(false)} />
      ) : null}
    </li>
  );
}

export function EscalationsPart(props: PartProps) {
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const told = props.file.escalations;
  return (
    <>
      {told.length ? (
        <ul class="items">{told.map((one) => <Told key={one.escalation} one={one} {...props} />)}</ul>
      ) : <Empty of="escalations" />}
      <details class="kind" open={!told.length}>
        <summary><h2>{t('escalation.head')}</h2></summary>
        {prepared ? <PreviewShown prepared={prepared} onEnd={() => setPrepared(null)} again={props.again} /> : null}
        <div hidden={prepared !== null}><Prepare {...props} onPrepared={setPrepared} /></div>
      </details>
    </>
  );
}
