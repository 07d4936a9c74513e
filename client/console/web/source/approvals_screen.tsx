// What waits for a second person. Nobody approves what they proposed themselves.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import type { Approval } from './contract.ts';
import { mayGo } from './keys.ts';
import { named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfPartner, nameOfPurpose, nameOfShared } from './names.ts';
import { Action, Await, CaseWay, Confirm, Empty, Facts, Screen, Trouble } from './parts.tsx';
import { state } from './state.ts';

const shownElsewhere = new Set(['id', 'kind', 'case', 'name', 'proposer', 'sentence', 'own']);

// Whatever the request holds is read before it is signed, also what these screens have no words for.
function More({ of }: { of: Approval }) {
  const written = (name: string, value: unknown) => {
    if (name === 'recipient') return nameOfPartner(String(value));
    if (name === 'purpose') return nameOfPurpose(String(value));
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const fields = Object.entries((of['fields'] ?? {}) as Record<string, unknown>);
  const others = Object.entries(of).filter(([name]) => !shownElsewhere.has(name) && name !== 'fields');
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
      <p>{one.sentence}</p>
      <p class="hint">{t('approvals.proposer', { name: one.proposer })}</p>
      <More of={one} />
      <Trouble problem={deed.problem} />
      {one.own ? <p class="hint">{t('approvals.own')}</p> : (
        <Action kind="primary-action" label={t('approvals.sign')} describe={t('approvals.sign.of', { name: one.name })} onPress={() => setAsking(true)} disabled={deed.busy} />
      )}
      {asking ? (
        <Confirm head={t('approvals.confirm')} body={one.sentence} yes={t('approvals.sign')} onYes={sign} onNo={() => setAsking(false)} />
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
