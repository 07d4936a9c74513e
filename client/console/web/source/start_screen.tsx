// The first screen: what waits, the most urgent first, and what is wrong.
import { useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { useCell } from './cell.ts';
import type { Counts, Row, View } from './contract.ts';
import { moment, named, spoken, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfCode } from './names.ts';
import { takeNext } from './next.ts';
import { Action, Alert, Await, CaseWay, Empty, RowBadges, Screen, Trouble } from './parts.tsx';
import { go } from './router.ts';
import { state } from './state.ts';

const views: (keyof Counts & View)[] = ['new', 'mine', 'waiting_reporter', 'waiting_partner', 'overdue', 'to_close'];
const mostShown = 12;

// Acute before minor, then by when something last came.
export function byUrgency(one: Row, other: Row): number {
  const weight = (row: Row) => (row.acute ? 2 : 0) + (row.minor ? 1 : 0);
  return weight(other) - weight(one) || other.newest.localeCompare(one.newest);
}

function CountLinks({ counts }: { counts: Counts }) {
  return (
    <ul class="counts">
      {views.map((view) => (
        <li key={view}>
          <button type="button" class={`count-way ${view}`} onClick={() => go({ screen: 'list', view, find: '' })}>
            <strong>{counts[view]}</strong> <span>{t(`view.${view}`)}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" class="count-way" onClick={() => go({ screen: 'approvals' })}>
          <strong>{counts.approvals}</strong> <span>{t('nav.approvals')}</span>
        </button>
      </li>
    </ul>
  );
}

function Urgent() {
  const open = useLoad(() => api.cases('open', ''), []);
  return (
    <section aria-labelledby="urgent-head">
      <h2 id="urgent-head">{t('start.urgent')}</h2>
      <Await of={open}>
        {({ cases }) => {
          const urgent = cases.filter((row) => row.acute || row.minor).sort(byUrgency);
          if (!urgent.length) return <Empty of="urgent" />;
          return (
            <>
              <ul class="cards">
                {urgent.slice(0, mostShown).map((row) => (
                  <li key={row.case} class={row.acute ? 'card acute' : 'card'}>
                    <p><CaseWay id={row.case} name={row.name} /> <RowBadges row={row} /></p>
                    <p class="hint">
                      {[named('state', row.state), row.form ? nameOfCode('exploitation_form', row.form) : '',
                        row.assigned?.name ?? t('case.nobody')].filter(Boolean).join(', ')}
                    </p>
                    <p class="hint">{t('start.newest', { when: moment(row.newest) })}</p>
                  </li>
                ))}
              </ul>
              {urgent.length > mostShown ? <p class="hint">{t('start.urgent.more', { count: urgent.length - mostShown })}</p> : null}
            </>
          );
        }}
      </Await>
    </section>
  );
}

function Announced() {
  const now = useCell(state);
  return (
    <>
      {now?.alarms.map((alarm) => (
        <Alert key={alarm.kind + alarm.sentence} mood="warning" head={named('alarm', alarm.kind)}><p>{spoken(alarm.sentence, alarm.said)}</p></Alert>
      ))}
      {now?.announcements.map((one) => <Alert key={one.sentence} mood="info"><p>{spoken(one.sentence, one.said)}</p></Alert>)}
    </>
  );
}

export function StartScreen() {
  const now = useCell(state);
  const sync = useDeed();
  const [none, setNone] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const next = async () => {
    setProblem(null);
    try {
      setNone(!(await takeNext()));
    } catch (thrown) {
      setProblem(thrown instanceof Problem ? thrown : new Problem(-1, ''));
    }
  };
  return (
    <Screen of="start" wide>
      <Announced />
      <div class="row">
        <Action kind="primary-action" label={t('start.next')} onPress={() => void next()} />
        <Action label={sync.busy ? t('start.syncing') : t('start.sync')} onPress={() => void sync.run('sync', {}, 'start.synced')} disabled={sync.busy} />
      </div>
      <p class="hint">{t('start.next.hint')}</p>
      {none ? <Alert mood="ok"><p>{t('start.next.none')}</p></Alert> : null}
      <Trouble problem={problem ?? sync.problem} />
      <h2>{t('start.counts')}</h2>
      {now ? <CountLinks counts={now.counts} /> : null}
      <Urgent />
    </Screen>
  );
}
