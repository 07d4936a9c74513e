// The sheet of a year, for the council and the chain director: from what was released, and from nothing else.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { t, type Key } from './language.ts';
import { useLoad } from './load.ts';
import { labelIn } from './names.ts';
import { Action, Await, Choose, Empty } from './parts.tsx';
import { CellTable } from './trends_cells.tsx';
import type { SeriesOfFigures, Sheet, SheetOfSeries, SheetTable, Trends } from './trends_contract.ts';
import { dimensionsOf, inWords, nameOfPeriod } from './trends_words.ts';

// What a council asks for, in this order; other lists stay in the release.
const asked = ['form', 'age', 'reporter_group', 'subregion', 'shelter_asked', 'closing', 'no_place'];

const yearsOf = (trends: Trends) => [...new Set(trends.releases.map((one) => one.period.slice(0, 4)))].sort().reverse();

// Of a year of which not all is released, the periods that are.
function Total({ of, year }: { of: SheetOfSeries; year: string }) {
  if (!of.total) return null;
  const over = of.missing.length ? of.periods.map(nameOfPeriod).join('; ') : year;
  const minors = of.tables.find((one) => one.dimension === 'age')?.cells.find((one) => one.code === 'MINOR');
  return (
    <>
      <p class="sheet-total">{t(`trends.sheet.total.${of.series}` as Key, { over, number: inWords(of.total) })}</p>
      {minors ? <p>{t('trends.sheet.minors', { number: inWords(minors) })}</p> : null}
    </>
  );
}

function OneTable({ table, all, series }: { table: SheetTable; all: readonly SeriesOfFigures[]; series: string }) {
  const dimension = dimensionsOf(all, series).find((one) => one.name === table.dimension);
  const nameOf = (code: string) => labelIn(dimension?.choices.find((one) => one.code === code)?.label, code);
  return <CellTable caption={labelIn(dimension?.label, table.dimension)} plainly cells={table.cells.map((cell) => ({ name: nameOf(cell.code), cell }))} />;
}

function OneSeries({ of, year, all }: { of: SheetOfSeries; year: string; all: readonly SeriesOfFigures[] }) {
  const tables = asked.flatMap((name) => of.tables.filter((one) => one.dimension === name));
  return (
    <section>
      <h4>{t(`trends.series.${of.series}` as Key)}</h4>
      <Total of={of} year={year} />
      <p><strong>{t(of.final ? 'trends.final' : 'trends.provisional')}</strong></p>
      {of.missing.length ? <p class="careful">{t('trends.sheet.missing', { periods: of.missing.map(nameOfPeriod).join('; ') })}</p> : null}
      {tables.map((table) => <OneTable key={table.dimension} table={table} all={all} series={of.series} />)}
    </section>
  );
}

function OnPaper({ sheet, all }: { sheet: Sheet; all: readonly SeriesOfFigures[] }) {
  return (
    <article class="sheet">
      <h3>{t('trends.sheet.head', { region: sheet.region, year: sheet.year })}</h3>
      <p>{t('trends.sheet.lead')}</p>
      {sheet.series.map((one) => <OneSeries key={one.series} of={one} year={sheet.year} all={all} />)}
      <section>
        <h4>{t('trends.sheet.not')}</h4>
        <ul>{(['crime', 'rise', 'compare', 'person', 'sum'] as const).map((one) => <li key={one}>{t(`trends.sheet.not.${one}`)}</li>)}</ul>
      </section>
      <p class="hint">{t('trends.sheet.method')}</p>
    </article>
  );
}

function OneYear({ year, all }: { year: string; all: readonly SeriesOfFigures[] }) {
  const loaded = useLoad(() => api.trends<Sheet>({ show: 'year', year }), [year]);
  return <Await of={loaded}>{(sheet) => <OnPaper sheet={sheet} all={all} />}</Await>;
}

export function YearPart({ trends }: { trends: Trends }) {
  const years = yearsOf(trends);
  const [chosen, setChosen] = useState('');
  const year = years.find((one) => one === chosen) ?? years[0];
  if (!year) return <Empty of="year" />;
  return (
    <>
      <div class="filters unprinted">
        <Choose label={t('trends.sheet.year')} value={year} onChange={setChosen} options={years.map((value) => ({ value, label: value }))} />
        <Action kind="primary-action" class="print-way" label={t('print.print')} onPress={() => window.print()} />
      </div>
      <OneYear key={year} year={year} all={trends.series} />
    </>
  );
}
