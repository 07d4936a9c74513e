// How exact figures would be with another budget or another schedule, side by side. Nothing is decided here.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { figure, t, type Key } from './language.ts';
import { useLoad } from './load.ts';
import { Action, Await, Choose, Form, Line } from './parts.tsx';
import type { Plan, TablesAlike, Trends, WhatIf } from './trends_contract.ts';
import { epsilonOf, halfWidth, nameOfSchedule, nameOfSeries } from './trends_words.ts';

interface Column { head: string; plan: Plan | undefined }

const nameOfOrder = (order: number) => t(order > 1 ? 'trends.order.pairs' : order ? 'trends.order.one' : 'trends.order.total');
const keyOf = (cadence: string, alike: TablesAlike) => `${cadence} ${alike.order}`;
const find = (plan: Plan | undefined, key: string) =>
  plan?.cadences.flatMap((one) => one.tables.map((alike) => ({ key: keyOf(one.cadence, alike), alike }))).find((one) => one.key === key)?.alike;

// What stands in any of the columns.
function rowsOf(columns: readonly Column[]): { key: string; name: string }[] {
  const rows = new Map<string, string>();
  for (const { plan } of columns) {
    for (const { cadence, tables } of plan?.cadences ?? []) {
      for (const alike of tables) rows.set(keyOf(cadence, alike), `${t(`trends.each.${cadence}` as Key)}: ${nameOfOrder(alike.order)}`);
    }
  }
  return [...rows].map(([key, name]) => ({ key, name }));
}

function Within({ alike }: { alike: TablesAlike | undefined }) {
  if (!alike) return <>{t('trends.no_table')}</>;
  const later = alike.in_the_end < 0.95 * alike.half_width ? t('trends.later', { half: figure(Math.ceil(alike.in_the_end)) }) : '';
  return <>{halfWidth(alike.half_width)}<br />{later ? <span class="hint">{later}<br /></span> : null}<span class="hint">{t(`trends.reads.${alike.reads}` as Key)}</span></>;
}

function SideBySide({ caption, columns }: { caption: string; columns: readonly Column[] }) {
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={caption}>
      <table class="plain figures">
        <caption>{caption}</caption>
        <thead><tr><th scope="col">{t('trends.preview.table')}</th>{columns.map((one) => <th key={one.head} scope="col">{one.head}</th>)}</tr></thead>
        <tbody>
          {rowsOf(columns).map(({ key, name }) => (
            <tr key={key}><th scope="row">{name}</th>{columns.map((one) => <td key={one.head}><Within alike={find(one.plan, key)} /></td>)}</tr>
          ))}
          <tr>
            <th scope="row">{t('trends.cost.series')}</th>
            {columns.map((one) => <td key={one.head}>{one.plan?.cadences.length ? epsilonOf(one.plan.cost.epsilon) : t('trends.no_table')}</td>)}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Compared({ of, all, schedule, life, onSchedule, onLife }: {
  of: WhatIf; all: Trends['series']; schedule: string; life: string; onSchedule: (to: string) => void; onLife: (to: string) => void;
}) {
  const schedules = all.find((one) => one.name === of.series)?.schedules ?? [];
  const chosen = schedules.find((one) => one.name === schedule)?.name ?? schedules[0]?.name ?? '';
  const by = of.lives.find((one) => one.life === life) ?? of.lives.find((one) => one.life === '0.088') ?? of.lives[0];
  const called = (epsilon: string) => t('trends.epsilon', { epsilon: epsilonOf(epsilon) });
  return (
    <>
      <p>{t('trends.what_if.cases', { cases: figure(of.cases) })}</p>
      <Choose label={t('trends.schedule')} value={chosen} onChange={onSchedule} options={schedules.map(({ name }) => ({ value: name, label: nameOfSchedule(name) }))} />
      <SideBySide caption={t('trends.what_if.budgets')} columns={of.lives.map((one) => ({ head: called(one.epsilon), plan: one.plans.find((plan) => plan.schedule === chosen) }))} />
      <Choose label={t('trends.budget')} value={by?.life ?? ''} onChange={onLife} options={of.lives.map((one) => ({ value: one.life, label: called(one.epsilon) }))} />
      <SideBySide caption={t('trends.what_if.schedules')} columns={(by?.plans ?? []).map((plan) => ({ head: nameOfSchedule(plan.schedule), plan }))} />
    </>
  );
}

export function WhatIfPart({ trends }: { trends: Trends }) {
  const [series, setSeries] = useState('inflow');
  const [schedule, setSchedule] = useState(trends.years[0]?.terms['inflow']?.schedule ?? '');
  const [life, setLife] = useState('0.088');
  const [written, setWritten] = useState('');
  const [epsilon, setEpsilon] = useState('');
  const loaded = useLoad(() => api.trends<WhatIf>({ show: 'what_if', series, epsilon }), [series, epsilon]);
  return (
    <>
      <p>{t('trends.what_if.means')}</p>
      <div class="filters">
        <Choose label={t('trends.series')} value={series} onChange={setSeries} options={trends.series.map(({ name }) => ({ value: name, label: nameOfSeries(name) }))} />
      </div>
      <Form onSubmit={() => setEpsilon(written.trim().replace(',', '.'))}>
        <div class="filters">
          <Line label={t('trends.budget.other')} hint={t('trends.budget.other.hint')} value={written} onChange={setWritten} />
          <Action submit label={t('trends.budget.try')} />
          {epsilon ? <Action kind="subtle" label={t('trends.budget.usual')} onPress={() => { setWritten(''); setEpsilon(''); }} /> : null}
        </div>
      </Form>
      <Await of={loaded}>
        {(of) => (loaded.problem ? null : <Compared of={of} all={trends.series} schedule={schedule} life={life} onSchedule={setSchedule} onLife={setLife} />)}
      </Await>
    </>
  );
}
