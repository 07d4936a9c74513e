// What was told to partners; and telling one: choose, see exactly what goes, send.
import { useState } from 'preact/hooks';

import { lacksOf, nothingShared, SharingForm } from './case_consents.tsx';
import type { PartProps } from './case_screen.tsx';
import type { Escalation } from './contract.ts';
import { EscalationFacts, SaidSoFar, type Preview } from './escalation_facts.tsx';
import { named, t, type Key } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfPartner, nameOfShared } from './names.ts';
import { Action, Alert, Area, Choose, Confirm, Empty, Form, Line, Tick, Trouble } from './parts.tsx';

interface Prepared { preview: Preview; ticket: string }

interface Without { on: boolean; reason: string; ground: string; in_haste: boolean }

function WithoutConsent({ value, onChange }: { value: Without; onChange: (value: Without) => void }) {
  return (
    <>
      <Tick label={t('escalation.without')} on={value.on} onChange={(on) => onChange({ ...value, on })} />
      {value.on ? (
        <Alert mood="warning" head={t('escalation.without.head')}>
          <p>{t('escalation.without.what')}</p>
          <Line label={t('escalation.ground')} value={value.ground} onChange={(ground) => onChange({ ...value, ground })} required />
          <Area label={t('escalation.reason')} value={value.reason} onChange={(reason) => onChange({ ...value, reason })} rows={3} required />
          <Tick label={t('escalation.in_haste')} on={value.in_haste} onChange={(in_haste) => onChange({ ...value, in_haste })} />
          <p class="hint">{t(value.in_haste ? 'escalation.in_haste.on' : 'escalation.in_haste.off')}</p>
        </Alert>
      ) : null}
    </>
  );
}

const daysOf = (days: readonly number[]) => days.map((each) => ({ value: String(each), label: t(each === 1 ? 'escalation.day' : 'escalation.days', { count: each }) }));

function Prepare({ file, onPrepared }: PartProps & { onPrepared: (prepared: Prepared) => void }) {
  const [sharing, setSharing] = useState(nothingShared);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [without, setWithout] = useState<Without>({ on: false, reason: '', ground: '', in_haste: false });
  const [times, setTimes] = useState({ answer_within: '3', valid_for: '30' });
  const [lacks, setLacks] = useState('');
  const deed = useDeed();
  const prepare = async () => {
    setLacks(lacksOf(sharing));
    if (lacksOf(sharing)) return;
    const prepared = await deed.ask<Prepared>('prepare_escalation', {
      case: file.row.case, recipient: sharing.recipient, purpose: sharing.purpose,
      fields: Object.fromEntries(sharing.fields.map((name) => [name, texts[name] ?? ''])),
      answer_within: Number(times.answer_within), valid_for: Number(times.valid_for),
      without_consent: without.on ? { reason: without.reason, ground: without.ground, in_haste: without.in_haste } : null,
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
      <div class="filters">
        <Choose label={t('escalation.answer_within')} value={times.answer_within} options={daysOf([1, 3, 7, 14])} onChange={(answer_within) => setTimes({ ...times, answer_within })} />
        <Choose label={t('escalation.valid_for')} value={times.valid_for} options={daysOf([1, 3, 7, 14, 30])} onChange={(valid_for) => setTimes({ ...times, valid_for })} />
      </div>
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
    if (await deed.run('send_escalation', { ticket: prepared.ticket }, prepared.preview['needs_second'] ? 'escalation.proposed' : 'escalation.sent')) onEnd();
  };
  return (
    <section class="preview" aria-labelledby="preview-head">
      <h3 id="preview-head">{t('escalation.preview')}</h3>
      <EscalationFacts of={prepared.preview} />
      <Alert mood="warning"><p>{t('escalation.unsend')}</p></Alert>
      <Trouble problem={deed.problem} />
      <div class="row">
        <Action kind="primary-action" label={t(prepared.preview['needs_second'] ? 'escalation.propose' : 'escalation.send')} onPress={() => void send()} disabled={deed.busy} takesFocus />
        <Action kind="subtle" label={t('escalation.back')} onPress={onEnd} />
      </div>
    </section>
  );
}

// What a coordinator does when it ended without help.
const whatNow: Record<string, Key> = { refused: 'escalation.refused.next', lapsed: 'escalation.lapsed.next' };

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
      <EscalationFacts of={one as Preview} />
      {one.state in whatNow ? <Alert mood="warning"><p>{t(whatNow[one.state] as Key)}</p></Alert> : null}
      <SaidSoFar of={one.answers ?? []} />
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
