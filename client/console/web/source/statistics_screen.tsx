// Figures of this device, for the people who work here. What leaves the region is the private release, not this.
import { useMemo } from 'preact/hooks';

import { api } from './api.ts';
import type { Month, Statistics } from './contract.ts';
import { figure, monthOf, t } from './language.ts';
import { useLoad } from './load.ts';
import { nameOfCode } from './names.ts';
import { Await, Empty, Screen } from './parts.tsx';
import { Plot } from './plot.tsx';

const shown = (value: number | null) => (value === null ? t('statistics.none') : figure(value));

function MonthTable({ months }: { months: readonly Month[] }) {
  const columns = ['reports', 'answered', 'closed', 'hours_to_answer', 'hours_to_referral'] as const;
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={t('statistics.table')}>
      <table class="plain figures">
        <caption>{t('statistics.table')}</caption>
        <thead>
          <tr><th scope="col">{t('statistics.month')}</th>{columns.map((one) => <th key={one} scope="col">{t(`statistics.${one}`)}</th>)}</tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}><th scope="row">{monthOf(month.month)}</th>{columns.map((one) => <td key={one}>{shown(month[one])}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CountTable({ caption, scheme, counts }: { caption: string; scheme: string; counts: Record<string, number> }) {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (!rows.length) return <><h2>{caption}</h2><Empty of="counts" /></>;
  return (
    <table class="plain figures">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">{t('statistics.what')}</th><th scope="col">{t('statistics.count')}</th></tr></thead>
      <tbody>{rows.map(([code, count]) => <tr key={code}><th scope="row">{nameOfCode(scheme, code)}</th><td>{figure(count)}</td></tr>)}</tbody>
    </table>
  );
}

function Months({ months }: { months: Month[] }) {
  const names = useMemo(() => months.map((one) => one.month), [months]);
  const counts = useMemo(() => (['reports', 'answered', 'closed'] as const)
    .map((one) => ({ label: t(`statistics.${one}`), values: months.map((month) => month[one]) })), [months]);
  const hours = useMemo(() => (['hours_to_answer', 'hours_to_referral'] as const)
    .map((one) => ({ label: t(`statistics.${one}`), values: months.map((month) => month[one]) })), [months]);
  return (
    <div class="plots">
      <Plot label={t('statistics.plot.counts')} months={names} series={counts} />
      <Plot label={t('statistics.plot.hours')} months={names} series={hours} />
      <MonthTable months={months} />
    </div>
  );
}

export function StatisticsScreen() {
  const loaded = useLoad<Statistics>(() => api.statistics(), []);
  return (
    <Screen of="statistics" wide>
      <Await of={loaded}>
        {(figures) => (
          <>
            {figures.months.length ? <Months months={figures.months} /> : <Empty of="months" />}
            <div class="both">
              <CountTable caption={t('statistics.forms')} scheme="exploitation_form" counts={figures.forms} />
              <CountTable caption={t('statistics.outcomes')} scheme="closing_reason" counts={figures.outcomes} />
            </div>
          </>
        )}
      </Await>
    </Screen>
  );
}
