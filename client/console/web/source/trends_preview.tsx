// What would be published of a period, and what it would tell and not tell: looked at before anybody proposes it.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { figure, t, type Key } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { Action, Alert, Await, Choose, Confirm, Facts, Trouble } from './parts.tsx';
import type { Period, Preview, PreviewTable, Reads, SeriesOfFigures, Terms } from './trends_contract.ts';
import { epsilonOf, halfWidth, headOf, nameOfSchedule, nameOfTable } from './trends_words.ts';

// With the numbers that each stays below: an ε of a half, 1, 2 and 4.
export const budgets = [
  { value: '0.0066', epsilon: '0.5' }, { value: '0.0243', epsilon: '1' }, { value: '0.088', epsilon: '2' }, { value: '0.311', epsilon: '4' },
];

interface Shown { preview: Preview; all: readonly SeriesOfFigures[] }

function Tables({ preview, all }: Shown) {
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={t('trends.preview.tables')}>
      <table class="plain figures">
        <caption>{t('trends.preview.tables')}</caption>
        <thead>
          <tr>
            {['table', 'cells', 'average', 'within', 'in_the_end', 'readable'].map((one) => <th key={one} scope="col">{t(`trends.preview.${one}` as Key)}</th>)}
          </tr>
        </thead>
        <tbody>
          {preview.tables.map((table) => (
            <tr key={table.dimensions.join()}>
              <th scope="row">{nameOfTable(all, preview.series, table.dimensions)}</th>
              <td>{figure(table.cells)}</td><td>{figure(table.average)}</td><td>{halfWidth(table.half_width)}</td>
              <td>{halfWidth(table.in_the_end)}</td><td>{t(`trends.reads.${table.reads}` as Key)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// A few by name, and how many more.
function namesOf(tables: readonly PreviewTable[], { preview, all }: Shown): string {
  const few = tables.slice(0, 6).map((table) => nameOfTable(all, preview.series, table.dimensions)).join('; ');
  return tables.length > 6 ? t('trends.and_more', { few, more: tables.length - 6 }) : few;
}

function Tells(shown: Shown) {
  const { tables, series, left_out } = shown.preview;
  const reading = (reads: Reads) => tables.filter((table) => table.reads === reads);
  const total = tables.find((table) => !table.dimensions.length);
  const some = reading('some');
  return (
    <div class="both">
      <div>
        <h4>{t('trends.tells')}</h4>
        <ul>
          {total ? <li>{t('trends.tells.total', { half: figure(Math.ceil(total.half_width)) })}</li> : null}
          {reading('most').length ? <li>{t('trends.tells.most', { tables: namesOf(reading('most'), shown) })}</li> : null}
          {some.length ? <li>{t('trends.tells.some', { tables: namesOf(some, shown), least: figure(Math.ceil(2 * Math.min(...some.map((one) => one.half_width)))) })}</li> : null}
          {reading('none').length ? <li>{t('trends.tells.none', { tables: namesOf(reading('none'), shown) })}</li> : null}
          {tables.some((table) => table.in_the_end < 0.95 * table.half_width) ? <li>{t('trends.tells.later')}</li> : null}
        </ul>
      </div>
      <div>
        <h4>{t('trends.not')}</h4>
        <ul>
          {(['person', 'exact', 'all', 'why'] as const).map((one) => <li key={one}>{t(`trends.not.${one}`)}</li>)}
          {left_out ? <li>{t('trends.not.refused', { count: left_out })}</li> : null}
          {series === 'inflow' ? null : <li>{t('trends.not.needs')}</li>}
        </ul>
      </div>
    </div>
  );
}

function Counted({ preview }: { preview: Preview }) {
  return (
    <>
      <Facts of={[
        [t('trends.counted'), figure(preview.cases)], [t('trends.left_out'), figure(preview.left_out)], [t('trends.not_coded'), figure(preview.not_coded)],
        [t('trends.figures'), figure(preview.tables.reduce((sum, table) => sum + table.cells, 0))],
        [t('trends.cost'), epsilonOf(preview.cost.epsilon)],
        [t('trends.paid_after'), t('trends.of', { part: epsilonOf(preview.epsilon_paid_after), whole: epsilonOf(preview.epsilon_life) })],
      ]} />
      <p class="hint">{t('trends.counted.hint')}</p>
      {preview.not_coded ? <Alert mood="warning"><p>{t('trends.not_coded.hint', { count: preview.not_coded })}</p></Alert> : null}
    </>
  );
}

// Exactly what the second person reads, and signs.
function Propose({ shown, again }: { shown: Shown; again: () => void }) {
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const { series, period, schedule, life, cost, tables } = shown.preview;
  const propose = () => {
    setAsking(false);
    void deed.run('propose_figures', { series, period, schedule, life }, 'trends.proposed');
  };
  return (
    <>
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" label={t('trends.propose')} describe={t('trends.propose.of', { period: headOf(shown.preview) })} disabled={deed.busy} onPress={() => setAsking(true)} />
      {asking ? (
        <Confirm
          head={t('trends.propose.confirm', { period: headOf(shown.preview) })}
          body={t('trends.propose.exactly', { schedule: nameOfSchedule(schedule), tables: tables.length, cost: epsilonOf(cost.epsilon), life: epsilonOf(shown.preview.epsilon_life), rho: life })}
          yes={t('trends.propose')} onYes={propose} onNo={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function Chosen({ of, terms, all, schedule, life, again }: {
  of: Period; terms: Terms; all: readonly SeriesOfFigures[]; schedule: string; life: string; again: () => void;
}) {
  const loaded = useLoad(() => api.trends<Preview>({ show: 'preview', series: of.series, period: of.period, schedule, life }), [of.series, of.period, schedule, life]);
  const fitting = loaded.value?.schedule === schedule && loaded.value.life === life ? loaded : { ...loaded, value: loaded.problem ? null : loaded.value };
  return (
    <Await of={fitting}>
      {(preview) => (
        <>
          <Counted preview={preview} />
          <Tells preview={preview} all={all} />
          <Tables preview={preview} all={all} />
          <details><summary>{t('trends.method')}</summary><p lang="en">{preview.method}</p></details>
          {terms.fixed ? null : <p class="hint">{t('trends.fixes_year')}</p>}
          <Propose shown={{ preview, all }} again={again} />
        </>
      )}
    </Await>
  );
}

// A year keeps the schedule and the budget of its first release; before it, they are chosen here.
export function PreviewOf({ of, terms, all, again }: { of: Period; terms: Terms; all: readonly SeriesOfFigures[]; again: () => void }) {
  const [schedule, setSchedule] = useState(terms.schedule);
  const [life, setLife] = useState(terms.life);
  const schedules = (all.find((one) => one.name === of.series)?.schedules ?? []).filter((one) => one.cadences.includes(of.cadence));
  const offered = budgets.some((one) => one.value === terms.life) ? budgets : [...budgets, { value: terms.life, epsilon: epsilonOf(terms.epsilon) }];
  return (
    <div class="preview">
      <h3>{t('trends.preview', { period: headOf(of) })}</h3>
      {terms.fixed ? (
        <p>{t('trends.fixed', { schedule: nameOfSchedule(terms.schedule), life: epsilonOf(terms.epsilon) })}</p>
      ) : (
        <div class="filters">
          <Choose label={t('trends.schedule')} value={schedule} onChange={setSchedule} options={schedules.map(({ name }) => ({ value: name, label: nameOfSchedule(name) }))} />
          <Choose label={t('trends.budget')} hint={t('trends.budget.hint')} value={life} onChange={setLife} options={offered.map((one) => ({ value: one.value, label: t('trends.budget.choice', { epsilon: one.epsilon, rho: one.value }) }))} />
        </div>
      )}
      <Chosen of={of} terms={terms} all={all} schedule={schedule} life={life} again={again} />
    </div>
  );
}
