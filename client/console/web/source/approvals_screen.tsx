// What waits for a second person. Nobody approves what they proposed themselves.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import type { Approval } from './contract.ts';
import { mayGo } from './keys.ts';
import { named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfCode, nameOfPartner, nameOfPurpose, nameOfShared } from './names.ts';
import { Action, Await, CaseWay, Confirm, Empty, Facts, Screen, Trouble } from './parts.tsx';
import { state } from './state.ts';

// Said above it already, or a number that helps nobody to decide.
const shownElsewhere = new Set(['id', 'kind', 'case', 'name', 'proposer', 'sentence', 'own', 'fields', 'detail', 'basis',
  'erase', 'strike_from', 'proposed_by', 'sender', 'escalation', 'reference', 'hour', 'journal']);

interface Strike { position: number; instead: string }
const isStrike = (value: unknown): value is Strike => typeof value === 'object' && value !== null && 'instead' in value;

// Whatever the request holds is read before it is signed, also what these screens have no words for.
function More({ of }: { of: Approval }) {
  const all = { ...of, ...(of['detail'] as object | undefined) } as Record<string, unknown>;
  Object.assign(all, all['basis']);
  const written = (name: string, value: unknown): string => {
    if (isStrike(value)) return t(value.instead ? 'approval.strikes.instead' : 'approval.strikes.line', { line: value.position, instead: value.instead });
    if (Array.isArray(value)) return value.map((each) => written(name, each)).join('; ');
    if (name === 'recipient') return nameOfPartner(String(value));
    if (name === 'purpose') return nameOfPurpose(String(value));
    if (name === 'conditions') return nameOfCode('closing_condition', String(value));
    if (name === 'reason' && of.kind === 'closing') return nameOfCode('closing_reason', String(value));
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const fields = Object.entries((all['fields'] ?? {}) as Record<string, unknown>);
  const others = Object.entries(all).filter(([name]) => !shownElsewhere.has(name));
  return (
    <Facts of={[
      ...others.map(([name, value]) => [named('approval', name), written(name, value)] as const),
      ...fields.map(([name, value]) => [nameOfShared(name), String(value)] as const),
    ]} />
  );
}

function Waiting({ one, again }: { one: Approval; again: () => void }) {
  const [asking, setAsking] = useState(false);
  const role = useCell(state)?.device.role ?? '';
  const deed = useDeed(again);
  const sign = () => {
    setAsking(false);
    void deed.run('countersign', { id: one.id }, 'approvals.signed');
  };
  return (
    <li class="item">
      <h2>{named('approval_kind', one.kind)}</h2>
      <p>{mayGo('case', role) ? <CaseWay id={one.case} name={one.name} /> : one.name}</p>
      <p>{named('approval_what', one.kind)}</p>
      <p class="hint">{t('approvals.proposer', { name: one.proposer })}</p>
      <More of={one} />
      <Trouble problem={deed.problem} />
      {one.own ? <p class="hint">{t('approvals.own')}</p> : (
        <Action kind="primary-action" label={t('approvals.sign')} describe={t('approvals.sign.of', { name: one.name })} onPress={() => setAsking(true)} disabled={deed.busy} />
      )}
      {asking ? (
        <Confirm head={t('approvals.confirm')} body={named('approval_what', one.kind)} yes={t('approvals.sign')} onYes={sign} onNo={() => setAsking(false)} />
      ) : null}
    </li>
  );
}

export function ApprovalsScreen() {
  const loaded = useLoad(() => api.approvals(), []);
  return (
    <Screen of="approvals">
      <Await of={loaded}>
        {({ waiting }) => (waiting.length ? (
          <ul class="items">{waiting.map((one) => <Waiting key={one.id} one={one} again={loaded.again} />)}</ul>
        ) : <Empty of="approvals" />)}
      </Await>
    </Screen>
  );
}
