// A receiver's screen: the figures that regions have released, how sure they are, and what came and was refused.
import { useMemo, useState } from 'preact/hooks';

import { Announced } from './announced.tsx';
import { api } from './api.ts';
import type { Figures, FigureSeries, FigureTable, TakenFile } from './contract.ts';
import { cadencesOf, periodInWords, pointsOf, rangeOf, regionsOf, spanOf, tablesOf, yearsOf, type Cadence } from './figures.ts';
import { IntervalPlot } from './interval_plot.tsx';
import { Interval, IntervalTable, lookOf } from './interval_table.tsx';
import { moment, named, spoken, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { labelIn } from './names.ts';
import { Action, Alert, Await, Choose, Empty, Screen, Trouble } from './parts.tsx';
import { saveFile } from './saving.ts';
import { SmallMultiples, type NamedLine } from './small_multiples.tsx';

const byRegion = 'region'; // beside the dimensions, of which none has this name

interface Chosen { series: FigureSeries; region: string; cadence: Cadence }

// Of a sum, where a region is not in it.
function Partly({ tables, all }: { tables: readonly FigureTable[]; all: readonly string[] }) {
  const partly = tables.filter((table) => table.region === '' && table.regions.length < all.length);
  if (!partly.length) return null;
  return (
    <ul class="hint">
      {partly.map((table) => <li key={table.period}>{t('figures.partly', { period: periodInWords(table.period), regions: table.regions.join(', ') })}</li>)}
    </ul>
  );
}

function OverTime({ series, region, cadence }: Chosen) {
  const shown = useMemo(() => {
    const tables = tablesOf(series, region, cadence, []);
    const periods = spanOf(tables.map((table) => table.period));
    return { tables, periods: periods.map(periodInWords), points: pointsOf(tables, periods, 0) };
  }, [series, region, cadence]);
  const label = t('figures.total', { series: labelIn(series.label, series.name) });
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">{t('figures.over_time')}</h2>
      {shown.tables.length ? (
        <div class="plots">
          <IntervalPlot label={label} periods={shown.periods} points={shown.points} range={rangeOf([shown.points])} />
          <div>
            <IntervalTable caption={t('figures.same', { what: label })} periods={shown.periods} lines={[{ key: 'total', label, points: shown.points }]} />
            <Partly tables={shown.tables} all={regionsOf(series)} />
          </div>
        </div>
      ) : <Empty of="total" />}
    </section>
  );
}

// A line for each code of the dimension, or for each region's total.
function linesOf({ series, region, cadence }: Chosen, by: string): { periods: string[]; lines: NamedLine[] } {
  const dimension = series.dimensions.find((one) => one.name === by);
  const sources = dimension
    ? dimension.codes.map((code, n) => ({ key: code.code, label: labelIn(code.label, code.code), tables: tablesOf(series, region, cadence, [by]), n }))
    : regionsOf(series).map((one) => ({ key: one, label: one, tables: tablesOf(series, one, cadence, []), n: 0 }));
  const periods = spanOf([...new Set(sources.flatMap((one) => one.tables.map((table) => table.period)))]);
  return {
    periods: periods.map(periodInWords),
    lines: periods.length ? sources.map(({ key, label, tables, n }) => ({ key, label, points: pointsOf(tables, periods, n) })) : [],
  };
}

function By(chosen: Chosen) {
  const { series } = chosen;
  const options = [...series.dimensions.map((one) => ({ value: one.name, label: labelIn(one.label, one.name) })), { value: byRegion, label: t('figures.region') }];
  const [wanted, setWanted] = useState('');
  const by = options.find((one) => one.value === wanted) ?? options[0];
  const { periods, lines } = useMemo(() => linesOf(chosen, by?.value ?? ''), [series, chosen.region, chosen.cadence, by?.value]);
  return (
    <section aria-labelledby="by-dimension">
      <h2 id="by-dimension">{t('figures.by')}</h2>
      <div class="unprinted"><Choose label={t('figures.by.label')} value={by?.value ?? ''} onChange={setWanted} options={options} /></div>
      {lines.length ? <SmallMultiples caption={t('figures.same', { what: by?.label ?? '' })} periods={periods} lines={lines} /> : <Empty of="multiples" />}
    </section>
  );
}

function PairTable({ series, table, across, down }: { series: FigureSeries; table: FigureTable; across: string; down: string }) {
  const codesOf = (name: string) => series.dimensions.find((one) => one.name === name)?.codes ?? [];
  const columns = codesOf(across);
  const rows = codesOf(down);
  // Cells stand in the order of the table's own axes, the last one fastest.
  const cellAt = (row: number, column: number) => table.cells[table.axes[0] === down ? row * columns.length + column : column * rows.length + row];
  const nameOf = (name: string) => labelIn(series.dimensions.find((one) => one.name === name)?.label, name);
  const caption = t('figures.pair', { rows: nameOf(down), columns: nameOf(across), year: table.period });
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={caption}>
      <table class="plain figures">
        <caption>{caption}{table.final ? '' : ` ${t('figures.provisional')}`}</caption>
        <thead><tr><th scope="col">{nameOf(down)}</th>{columns.map((code) => <th key={code.code} scope="col">{labelIn(code.label, code.code)}</th>)}</tr></thead>
        <tbody>
          {rows.map((code, row) => (
            <tr key={code.code}>
              <th scope="row">{labelIn(code.label, code.code)}</th>
              {columns.map((other, column) => {
                const cell = cellAt(row, column);
                return <td key={other.code} class={cell ? lookOf(cell) : undefined}>{cell ? <Interval cell={cell} /> : t('figures.none')}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pairs({ series, region, year }: { series: FigureSeries; region: string; year: string }) {
  const tables = series.tables.filter((table) => table.region === region && table.period === year && table.axes.length === 2);
  const names = series.dimensions.filter((one) => tables.some((table) => table.axes.includes(one.name)));
  const options = names.map((one) => ({ value: one.name, label: labelIn(one.label, one.name) }));
  const [down, setDown] = useState('');
  const [across, setAcross] = useState('');
  const rows = options.find((one) => one.value === down)?.value ?? options[0]?.value ?? '';
  const others = options.filter((one) => one.value !== rows);
  const columns = others.find((one) => one.value === across)?.value ?? others[0]?.value ?? '';
  const table = tables.find((one) => one.axes.includes(rows) && one.axes.includes(columns));
  return (
    <section aria-labelledby="pairs">
      <h2 id="pairs">{t('figures.pairs')}</h2>
      {table ? (
        <>
          <div class="filters unprinted">
            <Choose label={t('figures.pairs.rows')} value={rows} onChange={setDown} options={options} />
            <Choose label={t('figures.pairs.columns')} value={columns} onChange={setAcross} options={others} />
          </div>
          <PairTable series={series} table={table} across={columns} down={rows} />
        </>
      ) : <Empty of="pairs" />}
    </section>
  );
}

const forms = ['json', 'sdmx', 'csv'] as const;

function HandOn({ series, region, year }: { series: FigureSeries; region: string; year: string }) {
  const deed = useDeed();
  const take = async (form: string) => {
    const taken = await deed.ask<{ files: TakenFile[] }>('take_figures', { series: series.name, region, year, form });
    taken?.files.forEach(saveFile);
  };
  return (
    <section class="unprinted" aria-labelledby="hand-on">
      <h2 id="hand-on">{t('figures.hand_on')}</h2>
      <p class="hint">{t('figures.hand_on.hint', { year })}</p>
      <Trouble problem={deed.problem} />
      <div class="row">
        {forms.map((form) => <Action key={form} label={t(`figures.form.${form}`)} onPress={() => void take(form)} disabled={deed.busy} />)}
        <Action kind="subtle" label={t('print.print')} onPress={() => window.print()} />
      </div>
    </section>
  );
}

function Reading() {
  return (
    <Alert mood="info" head={t('figures.reading')}>
      <ul>
        <li><span class="line-sign" aria-hidden="true" />{t('figures.reading.line')}</li>
        <li><span class="line-sign band-sign" aria-hidden="true" />{t('figures.reading.band')}</li>
        <li><span class="line-sign dashed-sign" aria-hidden="true" />{t('figures.reading.dashed')}</li>
        <li><span class="line-sign uncertain-sign" aria-hidden="true">±</span>{t('figures.reading.uncertain')}</li>
      </ul>
    </Alert>
  );
}

function Came({ figures }: { figures: Figures }) {
  const lines = figures.regions.flatMap((region) => region.releases.map((release) => ({ region: region.name, ...release })))
    .sort((one, other) => other.hour.localeCompare(one.hour));
  const nameOfSeries = (name: string | undefined) => labelIn(figures.series.find((one) => one.name === name)?.label, name ?? '');
  const silent = figures.regions.filter((region) => !region.releases.length);
  return (
    <section aria-labelledby="came">
      <h2 id="came">{t('figures.came')}</h2>
      {silent.length ? <p>{t('figures.silent', { regions: silent.map((one) => one.name).join(', ') })}</p> : null}
      {lines.length ? (
        <div class="scrolls" tabIndex={0} role="region" aria-label={t('figures.came.table')}>
          <table class="plain">
            <caption>{t('figures.came.table')}</caption>
            <thead>
              <tr>{(['region', 'number', 'what', 'when', 'outcome'] as const).map((one) => <th key={one} scope="col">{t(`figures.came.${one}`)}</th>)}</tr>
            </thead>
            <tbody>
              {lines.map((line, i) => (
                <tr key={i} class={line.reason ? 'refused' : undefined}>
                  <th scope="row">{line.region}</th>
                  <td>{line.sequence ?? t('figures.none')}</td>
                  <td>{line.period ? `${nameOfSeries(line.series)}, ${periodInWords(line.period)}` : t('figures.none')}</td>
                  <td>{moment(line.hour)}</td>
                  <td><strong>{named('figures.outcome', line.outcome)}</strong>{line.reason ? <span class="words"> {spoken(line.reason, line.said)}</span> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

function Shown({ figures }: { figures: Figures }) {
  const [name, setName] = useState('');
  const [wantedRegion, setRegion] = useState('');
  const [wantedCadence, setCadence] = useState('');
  const [wantedYear, setYear] = useState('');
  const withFigures = figures.series.filter((one) => one.tables.length);
  const series = withFigures.find((one) => one.name === name) ?? withFigures[0];
  if (!series) return <><Empty of="figures" /><Came figures={figures} /></>;
  const regions = regionsOf(series);
  const region = regions.includes(wantedRegion) ? wantedRegion : '';
  const may = cadencesOf(series, region);
  const cadence = may.find((one) => one === wantedCadence) ?? may[0] ?? 'year';
  const years = yearsOf(series, region);
  const year = years.includes(wantedYear) ? wantedYear : years[0] ?? '';
  return (
    <>
      <div class="filters">
        <Choose label={t('figures.series')} value={series.name} onChange={setName} options={withFigures.map((one) => ({ value: one.name, label: labelIn(one.label, one.name) }))} />
        <Choose label={t('figures.region')} value={region} onChange={setRegion} options={[{ value: '', label: t('figures.all_regions') }, ...regions.map((one) => ({ value: one, label: one }))]} />
        <Choose label={t('figures.cadence')} value={cadence} onChange={setCadence} options={may.map((one) => ({ value: one, label: t(`figures.cadence.${one}` as const) }))} />
        <Choose label={t('figures.year')} hint={t('figures.year.hint')} value={year} onChange={setYear} options={years.map((one) => ({ value: one, label: one }))} />
      </div>
      <Reading />
      <OverTime series={series} region={region} cadence={cadence} />
      <By series={series} region={region} cadence={cadence} />
      <Pairs series={series} region={region} year={year} />
      <HandOn series={series} region={region} year={year} />
      <Came figures={figures} />
    </>
  );
}

export function FiguresScreen() {
  const loaded = useLoad<Figures>(() => api.figures(), []);
  return (
    <Screen of="figures" wide>
      <Announced />
      <Await of={loaded}>{(figures) => <Shown figures={figures} />}</Await>
    </Screen>
  );
}
