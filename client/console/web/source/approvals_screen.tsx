// What waits for a second person, who approves it or says no and why. Nobody approves what they proposed themselves.
import { useState } from 'preact/hooks';

import { Announced } from './announced.tsx';
import { api } from './api.ts';
import { useCell } from './cell.ts';
import type { Approval } from './contract.ts';
import { mayGo } from './keys.ts';
import { figure, moment, named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfCode, nameOfPartner, nameOfPurpose, nameOfShared, nameOfTableTitle } from './names.ts';
import { Action, Alert, Area, Await, CaseWay, Confirm, Empty, Facts, Form, Screen, Trouble } from './parts.tsx';
import { state } from './state.ts';
import { epsilonOf, nameOfPeriod, nameOfSchedule, nameOfSeries } from './trends_words.ts';

// Said above it already, or a number that helps nobody to decide.
const shownElsewhere = new Set(['id', 'kind', 'case', 'name', 'proposer', 'sentence', 'own', 'refusals', 'fields', 'detail', 'basis',
  'erase', 'strike_from', 'close', 'proposed_by', 'sender', 'escalation', 'reference', 'hour', 'journal',
  'what', 'noise', 'life', 'rho', 'epsilon_pure', 'delta', 'cells']);

const hours = new Set(['answer_by', 'valid_until', 'review_by']);

interface Strike { position: number; instead: string }
const isStrike = (value: unknown): value is Strike => typeof value === 'object' && value !== null && 'instead' in value;
interface Table { title: string; cells: number; half_width: number }
const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && 'half_width' in value;

// Whatever the request holds is read before it is signed, also what these screens have no words for.
function More({ of }: { of: Approval }) {
  const all = { ...of, ...(of['detail'] as object | undefined) } as Record<string, unknown>;
  Object.assign(all, all['basis']);
  const written = (name: string, value: unknown): string => {
    if (isStrike(value)) return t(value.instead ? 'approval.strikes.instead' : 'approval.strikes.line', { line: value.position, instead: value.instead });
    if (isTable(value)) return t('approval.tables.line', { title: nameOfTableTitle(value.title), cells: value.cells, width: figure(Math.ceil(value.half_width)) });
    if (Array.isArray(value)) return value.map((each) => written(name, each)).join('; ');
    if (name === 'recipient') return nameOfPartner(String(value));
    if (name === 'purpose') return nameOfPurpose(String(value));
    if (name === 'conditions') return nameOfCode('closing_condition', String(value));
    if (name === 'reason' && of.kind === 'closing') return nameOfCode('closing_reason', String(value));
    if (of.kind === 'release' && name === 'series') return nameOfSeries(String(value));
    if (of.kind === 'release' && name === 'schedule') return nameOfSchedule(String(value));
    if (of.kind === 'release' && name === 'period') return nameOfPeriod(String(value));
    if (name === 'epsilon' || name === 'epsilon_of_life') return epsilonOf(String(value));
    if (hours.has(name)) return moment(String(value));
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const shown = (name: string, value: unknown) => (Array.isArray(value) && value.some(isTable)
    ? <ul>{value.map((each, i) => <li key={i}>{written(name, each)}</li>)}</ul> : written(name, value));
  const fields = Object.entries((all['fields'] ?? {}) as Record<string, unknown>);
  const others = Object.entries(all).filter(([name]) => !shownElsewhere.has(name));
  return (
    <Facts of={[
      ...others.map(([name, value]) => [named('approval', name), shown(name, value)] as const),
      ...fields.map(([name, value]) => [nameOfShared(name), String(value)] as const),
    ]} />
  );
}

// Who says no says why; whoever proposed it reads that.
function SayNo({ one, again }: { one: Approval; again: () => void }) {
  const [reason, setReason] = useState('');
  const [lacks, setLacks] = useState(false);
  const deed = useDeed(again);
  const decline = () => {
    setLacks(!reason.trim());
    if (reason.trim()) void deed.run('decline', { id: one.id, reason }, 'approvals.declined');
  };
  return (
    <details>
      <summary>{t('approvals.decline')}</summary>
      <Form onSubmit={decline}>
        <Area label={t('approvals.decline.reason')} hint={t('approvals.decline.hint')} value={reason} onChange={setReason} rows={3} />
        {lacks ? <p class="careful" role="alert">{t('approvals.decline.lacks')}</p> : null}
        <Action submit label={t('approvals.decline.send')} describe={t('approvals.decline.of', { name: one.name })} disabled={deed.busy} />
      </Form>
      <Trouble problem={deed.problem} />
    </details>
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
      <p>{one.kind !== 'release' && mayGo('case', role) ? <CaseWay id={one.case} name={one.name} /> : one.kind === 'release' ? nameOfPeriod(one.name) : one.name}</p>
      <p>{named('approval_what', one.kind)}</p>
      <p class="hint">{t('approvals.proposer', { name: one.proposer })}</p>
      <More of={one} />
      {one.refusals.map((each) => (
        <Alert key={each.hour + each.by} mood="warning" head={t('approvals.refused', { name: each.by, when: moment(each.hour) })}><p class="words" dir="auto">{each.reason}</p></Alert>
      ))}
      <Trouble problem={deed.problem} />
      {one.own ? <p class="hint">{t('approvals.own')}</p> : (
        <>
          <Action kind="primary-action" label={t('approvals.sign')} describe={t('approvals.sign.of', { name: one.name })} onPress={() => setAsking(true)} disabled={deed.busy} />
          <SayNo one={one} again={again} />
        </>
      )}
      {asking ? (
        <Confirm head={t('approvals.confirm')} body={named('approval_what', one.kind)} yes={t('approvals.sign')} onYes={sign} onNo={() => setAsking(false)} />
      ) : null}
    </li>
  );
}

// An approver has no start screen: what is wrong with the line or the device stands here.
function FirstScreen({ again }: { again: () => void }) {
  const sync = useDeed(again);
  return (
    <>
      <Announced />
      <div class="row"><Action label={sync.busy ? t('start.syncing') : t('start.sync')} onPress={() => void sync.run('sync', {}, 'start.synced')} disabled={sync.busy} /></div>
      <Trouble problem={sync.problem} />
    </>
  );
}

export function ApprovalsScreen() {
  const loaded = useLoad(() => api.approvals(), []);
  const role = useCell(state)?.device.role ?? '';
  return (
    <Screen of="approvals">
      {role === 'approver' ? <FirstScreen again={loaded.again} /> : null}
      <Await of={loaded}>
        {({ waiting }) => (waiting.length ? (
          <ul class="items">{waiting.map((one) => <Waiting key={one.id} one={one} again={loaded.again} />)}</ul>
        ) : <Empty of="approvals" />)}
      </Await>
    </Screen>
  );
}
