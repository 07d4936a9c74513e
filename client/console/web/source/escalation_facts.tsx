// What goes to a partner, or has come, word for word: the coordinator sees before it is sent what the partner sees.
import type { Escalation, SaidByPartner } from './contract.ts';
import { moment, named, t } from './language.ts';
import { nameOfPartner, nameOfPurpose, nameOfShared, sharedInWords } from './names.ts';
import { Facts } from './parts.tsx';

export type Preview = Partial<Escalation> & Record<string, unknown>;

const known = new Set(['recipient', 'purpose', 'fields', 'answer_by', 'valid_until', 'hour', 'basis', 'sender', 'name', 'reference', 'journal', 'escalation',
  'state', 'answers', 'lines', 'needs_second', 'waits', 'printed', 'withdrawal']);

// Everything that goes, and nothing that does not: what these screens have no words for is shown as it is.
export function EscalationFacts({ of, heading: Heading = 'h4' }: { of: Preview; heading?: 'h2' | 'h4' }) {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const when = (value: unknown) => (typeof value === 'string' ? moment(value) : '');
  const others = Object.keys(of).filter((name) => !known.has(name)).map((name) => [name, text(of[name])] as const);
  const fields = Object.entries(of.fields ?? {});
  return (
    <>
      <Facts of={[
        [t('sharing.recipient'), nameOfPartner(of.recipient ?? '')],
        [t('sharing.purpose'), nameOfPurpose(of.purpose ?? '')],
        [t('escalation.sender'), of.sender ?? ''],
        [t('escalation.name'), of.name ?? ''],
        [t('escalation.reference'), of.reference ?? ''],
        [t('escalation.answer_by'), when(of.answer_by)],
        [t('escalation.valid_until'), when(of.valid_until)],
        [t('escalation.journal'), of.journal ?? ''],
        ...Object.entries(of.basis ?? {}).map(([name, value]) => [named('basis', name), name === 'how' ? named('how', text(value)) : moment(text(value))] as const),
        ...others,
      ]} />
      {fields.length ? <Heading>{t('escalation.fields')}</Heading> : null}
      <Facts of={fields.map(([name, value]) => [nameOfShared(name), <span key={name} class="words" dir="auto">{sharedInWords(name, value)}</span>] as const)} />
    </>
  );
}

export function SaidSoFar({ of }: { of: readonly SaidByPartner[] }) {
  return (
    <>
      {of.map((answer, i) => (
        <div key={i} class="asked">
          <p><strong>{named('escalation_state', answer.said)}</strong>, {answer.device}, {moment(answer.hour)}</p>
          {answer.text ? <p class="words" dir="auto">{answer.text}</p> : null}
        </div>
      ))}
    </>
  );
}
