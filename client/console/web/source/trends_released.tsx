// What was released, as it was published: read back from the journal, with what the receiver said of it.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import type { TakenFile } from './contract.ts';
import { moment, t, type Key } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { Action, Alert, Await, Choose, Empty, Facts, Trouble } from './parts.tsx';
import { saveFile } from './saving.ts';
import { say } from './state.ts';
import { CellTable } from './trends_cells.tsx';
import type { Figures, Receipt, Release, SeriesOfFigures, Trends } from './trends_contract.ts';
import { epsilonOf, headOf, nameOfPeriod, nameOfSchedule, nameOfTable, namesOfCells } from './trends_words.ts';

const refusals = new Set(['conflict', 'unreadable']);

function Receipts({ of }: { of: readonly Receipt[] }) {
  if (!of.length) return <p class="waits">{t('trends.no_receipt')}</p>;
  return (
    <>
      {of.map((one, i) => (
        <Alert key={i} mood={refusals.has(one.outcome) ? 'error' : one.outcome === 'kept' ? 'ok' : 'warning'} head={t('trends.receipt', { name: one.receiver, when: moment(one.hour) })}>
          <p>{t(`trends.outcome.${one.outcome}` as Key)}</p>
          {one.remark ? <p class="words" dir="auto">{one.remark}</p> : null}
        </Alert>
      ))}
    </>
  );
}

function Send({ of, again }: { of: Release; again: () => void }) {
  const deed = useDeed(again);
  return (
    <>
      <Trouble problem={deed.problem} />
      <Action
        label={of.arrived ? t('trends.send.again') : t('trends.send')} kind={of.arrived ? 'subtle' : 'primary-action'} disabled={deed.busy}
        onPress={() => void deed.run('send_figures', { release: of.release }, 'trends.sent')}
      />
    </>
  );
}

const formats = [['.sdmx.csv', 'trends.save.sdmx'], ['.csv', 'trends.save.csv'], ['.json', 'trends.save.json']] as const;

function Save({ of }: { of: Release }) {
  const deed = useDeed();
  const save = async (ending: string) => {
    const taken = await deed.ask<{ files: TakenFile[] }>('take_figures', { release: of.release });
    const fits = taken?.files.find((file) => file.name.endsWith(ending) && (ending !== '.csv' || !file.name.endsWith('.sdmx.csv')));
    if (!fits) return;
    saveFile(fits);
    say(t('trends.saved'));
  };
  return (
    <>
      <Trouble problem={deed.problem} />
      <div class="row">{formats.map(([ending, label]) => <Action key={ending} label={t(label)} disabled={deed.busy} onPress={() => void save(ending)} />)}</div>
    </>
  );
}

const keyOf = (dimensions: readonly string[]) => dimensions.join(' ');

function Tables({ figures, all }: { figures: Figures; all: readonly SeriesOfFigures[] }) {
  const periods = [...new Set(figures.tables.map((one) => one.period))];
  const [period, setPeriod] = useState(figures.period);
  const tables = figures.tables.filter((one) => one.period === period);
  const [which, setWhich] = useState<string | null>(null);
  const table = tables.find((one) => keyOf(one.dimensions) === which) ?? tables.find((one) => one.dimensions.length === 1) ?? tables[0];
  if (!table) return null;
  const names = namesOfCells(all, figures.series, table.dimensions);
  return (
    <>
      <div class="filters unprinted">
        {periods.length > 1 ? <Choose label={t('trends.of_period')} value={period} onChange={setPeriod} options={periods.map((value) => ({ value, label: nameOfPeriod(value) }))} /> : null}
        <Choose label={t('trends.table')} value={keyOf(table.dimensions)} onChange={setWhich} options={tables.map((one) => ({ value: keyOf(one.dimensions), label: nameOfTable(all, figures.series, one.dimensions) }))} />
      </div>
      <p><strong>{t(table.final ? 'trends.final' : 'trends.provisional')}</strong></p>
      <CellTable
        caption={`${nameOfTable(all, figures.series, table.dimensions)}, ${nameOfPeriod(table.period)}`}
        cells={table.cells.map((cell, i) => ({ name: names[i] ?? '', cell }))}
      />
      <p class="hint">{t('trends.bar.hint')}</p>
    </>
  );
}

function OneRelease({ of, all, again }: { of: Release; all: readonly SeriesOfFigures[]; again: () => void }) {
  const loaded = useLoad(() => api.trends<Figures>({ show: 'release', release: of.release }), [of.release]);
  return (
    <section aria-labelledby="release-head">
      <h3 id="release-head">{headOf(of)}</h3>
      <Receipts of={of.receipts} />
      <Send of={of} again={again} />
      <Await of={loaded}>
        {(figures) => (
          <>
            <Facts of={[
              [t('trends.number'), String(figures.sequence)], [t('trends.drawn_on'), moment(figures.hour)], [t('trends.schedule'), nameOfSchedule(figures.schedule)],
              [t('trends.cost'), epsilonOf(figures.cost.epsilon)], [t('trends.cost.series'), epsilonOf(figures.whole.epsilon)],
            ]} />
            <Tables key={figures.release} figures={figures} all={all} />
            <Save of={of} />
            <details><summary>{t('trends.method')}</summary><p lang="en">{figures.method}</p></details>
          </>
        )}
      </Await>
    </section>
  );
}

export function ReleasedPart({ trends, again }: { trends: Trends; again: () => void }) {
  const { releases } = trends;
  const [chosen, setChosen] = useState('');
  const release = releases.find((one) => one.release === chosen) ?? releases[0];
  if (!release) return <Empty of="releases" />;
  return (
    <>
      <div class="filters">
        <Choose
          label={t('trends.release')} value={release.release} onChange={setChosen}
          options={releases.map((one) => ({ value: one.release, label: `${one.sequence}. ${headOf(one)}` }))}
        />
      </div>
      <OneRelease key={release.release} of={release} all={trends.series} again={again} />
    </>
  );
}
