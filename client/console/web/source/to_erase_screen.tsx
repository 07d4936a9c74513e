// What is kept no longer: each with the term that is over, or who asked, and what still hinders it. One person proposes,
// a second approves; nothing goes by itself.
import { useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { useCell } from './cell.ts';
import type { DueErasure } from './contract.ts';
import { day, named, t } from './language.ts';
import { useLoad } from './load.ts';
import { Action, Alert, Await, CaseWay, Confirm, Empty, Screen, Tick, Trouble, Way } from './parts.tsx';
import { go } from './router.ts';
import { refresh } from './session.ts';
import { say, vocabulary } from './state.ts';
import { nameOfTerm } from './terms.ts';

const why = (one: DueErasure) => (one.term === 'request' ? t('to_erase.asked', { when: day(one.since) })
  : t('to_erase.over', { term: nameOfTerm(one.term), when: day(one.since) }));
const mayBeProposed = (one: DueErasure) => !one.proposed && !one.hindrances.length;

function Due({ one, chosen, onChoose }: { one: DueErasure; chosen: boolean; onChoose: (on: boolean) => void }) {
  return (
    <li class="item">
      <h2><CaseWay id={one.case} name={one.name} /></h2>
      <p>{why(one)}</p>
      {one.threads > 1 ? <p class="hint">{t('to_erase.threads', { count: one.threads })}</p> : null}
      {one.hindrances.length ? (
        <>
          <p class="careful">{t('to_erase.not_yet')}</p>
          <ul>{one.hindrances.map((each) => <li key={each}>{named('hindrance', each)}</li>)}</ul>
        </>
      ) : null}
      {one.proposed ? <p class="waits">{t('to_erase.waits')}</p> : null}
      {mayBeProposed(one) ? <Tick label={t('to_erase.choose', { name: one.name })} on={chosen} onChange={onChoose} /> : null}
    </li>
  );
}

// One after the other: each is an event of its own. What failed is said, and the rest is left as it was.
function usePropose(again: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(0);
  const run = async (chosen: readonly DueErasure[]) => {
    setBusy(true);
    setProblem(null);
    let count = 0;
    try {
      for (const one of chosen) {
        await api.deed('propose_due', { case: one.case, reason: why(one) });
        count += 1;
      }
    } catch (thrown) {
      setProblem(thrown instanceof Problem ? thrown : new Problem(-1, ''));
    }
    setDone(count);
    if (count) say(t('to_erase.proposed', { count }));
    setBusy(false);
    again();
    refresh().catch(() => undefined);
  };
  return { busy, problem, done, run };
}

function List({ due, again }: { due: readonly DueErasure[]; again: () => void }) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [lacking, setLacking] = useState(false);
  const propose = usePropose(again);
  const free = due.filter(mayBeProposed);
  const chosen = free.filter((one) => ids.has(one.case));
  const choose = (id: string, on: boolean) => setIds((before) => new Set(on ? [...before, id] : [...before].filter((each) => each !== id)));
  const ask = () => {
    setLacking(!chosen.length);
    setAsking(chosen.length > 0);
  };
  const run = () => {
    setAsking(false);
    setIds(new Set());
    void propose.run(chosen);
  };
  return (
    <>
      {propose.done ? <Alert mood="ok"><p>{t('to_erase.proposed', { count: propose.done })}</p></Alert> : null}
      <Trouble problem={propose.problem} />
      <div class="row">
        {free.length ? <Action kind="danger" label={t('to_erase.propose', { count: chosen.length })} disabled={propose.busy} onPress={ask} /> : null}
        {free.length > 1 ? <Action kind="subtle" label={t('to_erase.all')} onPress={() => setIds(new Set(free.map((one) => one.case)))} /> : null}
        {due.some((one) => one.proposed) ? <Way label={t('to_erase.approvals')} onPress={() => go({ screen: 'approvals' })} /> : null}
      </div>
      {lacking && !chosen.length ? <p class="careful" role="alert">{t('to_erase.none')}</p> : null}
      <ul class="items">
        {due.map((one) => <Due key={one.case} one={one} chosen={ids.has(one.case)} onChoose={(on) => choose(one.case, on)} />)}
      </ul>
      {asking ? (
        <Confirm head={t('to_erase.confirm', { count: chosen.length })} body={t('erasure.what')} yes={t('erasure.propose')} onYes={run} onNo={() => setAsking(false)} />
      ) : null}
    </>
  );
}

export function ToEraseScreen() {
  const loaded = useLoad(() => api.toErase(), []);
  const undecided = (useCell(vocabulary)?.terms ?? []).filter((one) => one.code.startsWith('retention.') && !one.term);
  return (
    <Screen of="to_erase">
      {undecided.length ? (
        <Alert mood="info">
          <p>{t('to_erase.undecided', { count: undecided.length })}</p>
          <Way label={t('to_erase.terms')} onPress={() => go({ screen: 'settings' })} />
        </Alert>
      ) : null}
      <Await of={loaded}>
        {({ due }) => (due.length ? <List due={due} again={loaded.again} /> : <Empty of="to_erase" />)}
      </Await>
    </Screen>
  );
}
