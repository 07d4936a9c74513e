// Figures of a region that never was, in the shapes of /api/trends.
import { readFileSync } from 'node:fs';

import { attack, hex } from './sample.mjs';

const schemes = JSON.parse(readFileSync(new URL('../../../../config/vocabulary.json', import.meta.url), 'utf8')).schemes;
const choice = (code, nl, en) => ({ code, label: { nl, en } });
const dimension = (name, nl, en, ...choices) => ({ name, label: { nl, en }, unknown: 'UNK', choices });
const inflow = [
  dimension('form', 'Vorm van uitbuiting', 'Form of exploitation', choice('SEX', 'Seksuele uitbuiting', 'Sexual exploitation'), choice('LAB', 'Arbeidsuitbuiting', 'Labour exploitation'),
    choice('CRIM', 'Criminele uitbuiting', 'Criminal exploitation'), choice('OTH', 'Een andere vorm', 'Another form'), choice('UNK', 'Niet bekend', 'Not known')),
  dimension('age', 'Leeftijd', 'Age', choice('MINOR', 'Onder de 18', 'Under 18'), choice('ADULT', '18 of ouder', '18 or older'), choice('UNK', 'Niet bekend', 'Not known')),
  dimension('reporter_group', 'Wie meldde', 'Who reported', choice('SELF', 'De betrokkene zelf', 'The person concerned'), choice('CITIZEN', 'Een burger', 'A citizen'), choice('SAFETY', 'Politie en inspecties', 'Police and inspections'),
    choice('CARE', 'Zorg, opvang en scholen', 'Care, shelter and schools'), choice('MUN', 'De gemeente', 'The municipality'), choice('OTH', 'Een ander, of niet bekend', 'Another, or not known')),
];
const closures = [
  dimension('closing', 'Gesloten omdat', 'Closed because', choice('DONE', 'Traject afgerond', 'Track completed'), choice('LEFT', 'Vertrokken', 'Left'), choice('NOTHT', 'Geen mensenhandel', 'No trafficking')),
  dimension('no_place', 'Waarvoor geen plek was', 'For which there was no place', choice('NONE', 'Er ontbrak niets', 'Nothing was missing'), choice('SHELTER', 'Geen plek in de veilige opvang', 'No place in a safe shelter')),
];
const schedule = (name, ...cadences) => ({ name, cadences });
const series = [
  { name: 'inflow', dimensions: inflow, schedules: [schedule('quarter', 'quarter'), schedule('quarter-year', 'quarter', 'year'), schedule('month-quarter-year', 'month', 'quarter', 'year'), schedule('year', 'year'), schedule('month', 'month')] },
  { name: 'closures', dimensions: closures, schedules: [schedule('quarter', 'quarter'), schedule('year', 'year')] },
];

const cost = (epsilon, rho = '0.02') => ({ rho, pure: '0.0', epsilon });
const period = (of, name, state, more = {}) => ({ series: of, period: name, cadence: name.length === 4 ? 'year' : 'quarter', state,
  first: `${name.slice(0, 4)}-0${3 * Number(name.slice(6) || 1) - 2}-01`.replace('010', '10'), last: name.length === 4 ? `${name}-12-31` : { 1: `${name.slice(0, 4)}-03-31`, 2: `${name.slice(0, 4)}-06-30`, 3: `${name.slice(0, 4)}-09-30`, 4: `${name.slice(0, 4)}-12-31` }[name.slice(6)], ...more });
const proposal = { by: 'Coördinator 2', own: false, hour: '2026-11-20T09:00Z', schedule: 'quarter-year', life: '0.088', epsilon: '1.998117581' };
const terms = (name, fixed) => ({ schedule: name, life: '0.088', epsilon: '1.998117581', fixed });

export const released = ['2026-Q1', '2025'].map((name, n) => ({
  release: hex(700 + n).padStart(64, '0'), series: 'inflow', period: name, sequence: 7 - n, hour: '2026-04-02T10:00Z', cost: cost('0.9'), arrived: n === 1,
  receipts: n ? [{ receiver: 'CoMensha', outcome: 'kept', hour: '2026-01-12T08:00Z', remark: attack }, { receiver: 'CoMensha', outcome: 'kept_with_gap', hour: '2026-01-11T08:00Z', remark: '' }] : [],
}));

export function trends(empty = false) {
  const year = (name, fixed) => ({ year: name, terms: { inflow: terms('quarter-year', fixed), closures: terms('quarter', fixed) }, meter: {
    life: '0.088', epsilon_life: '1.998117581', epsilon_paid: '1.998', parts: [
      { series: 'inflow', cadence: 'quarter', cost: cost('1.1'), percent: 29.4 }, { series: 'inflow', cadence: 'year', cost: cost('1.4'), percent: 40.6 },
      { series: 'closures', cadence: 'quarter', cost: cost('1.0'), percent: 30 }] } });
  return { series, years: empty ? [year('2026', false)] : [year('2026', true), year('2025', true)], releases: empty ? [] : released, periods: empty ? [period('inflow', '2026-Q4', 'running', { from: '2027-01-01' })] : [
    period('inflow', '2026-Q4', 'running', { from: '2027-01-01' }), period('inflow', '2026-Q3', 'due', { missing: [] }), period('closures', '2026-Q3', 'refused', { proposal, refused: { by: 'Plaatsvervanger', reason: attack } }),
    period('inflow', '2026-Q2', 'signed', { proposal }), period('closures', '2026-Q2', 'proposed', { proposal: { ...proposal, own: true } }), period('inflow', '2026-Q1', 'released', { release: released[0].release }),
    period('inflow', '2025', 'released', { release: released[1].release }), period('closures', '2025', 'finer', { missing: ['2025-Q3', '2025-Q4'] }), period('closures', '2025-Q2', 'lost'),
  ] };
}

const table = (dimensions, cells, half_width, cases) => ({ dimensions, cells, half_width, in_the_end: half_width * 0.8, average: cases / cells,
  reads: 2 * half_width <= cases / cells ? 'most' : 2 * half_width <= cases / 2 ? 'some' : 'none', reads_in_the_end: 'some' });
export const preview = (query) => ({
  series: query.get('series'), period: query.get('period'), schedule: query.get('schedule'), life: query.get('life'), noise: 'effects',
  method: 'Tables over fixed code lists, put together from effects.', cost: cost('0.9'), epsilon_life: '1.998117581', epsilon_paid_after: '1.2', cases: 96, left_out: 2, not_coded: 5,
  tables: [table([], 1, 21, 96), table(['form'], 5, 16, 96), table(['age'], 3, 15, 96), table(['reporter_group'], 6, 31, 96)],
});

const alike = (order, half_width, cells) => ({ order, tables: 8, cells, half_width, in_the_end: half_width * 0.8, reads: half_width < 15 ? 'some' : 'none', reads_in_the_end: 'some' });
export const whatIf = (query) => ({ series: query.get('series'), cases: 388, lives: [['0.0066', '0.498'], ['0.0243', '0.999'], ['0.088', '1.998'], ['0.311', '3.9995']]
  .filter(([, epsilon]) => !query.get('epsilon') || Math.round(Number(epsilon)) === Number(query.get('epsilon'))).map(([life, epsilon]) => ({ life, epsilon,
    plans: series.find((one) => one.name === query.get('series')).schedules.map(({ name, cadences }) => ({ schedule: name, noise: 'effects', cost: cost(epsilon),
      cadences: cadences.map((cadence) => ({ cadence, cases: 97, tables: [alike(0, 40 / epsilon, 1), alike(1, 32 / epsilon, 6), ...(cadence === 'year' ? [alike(2, 36 / epsilon, 30)] : [])] })) })) })) });

const cell = (estimate, half) => ({ estimate, lower: estimate - half, upper: estimate + half, uncertain: 2 * half > estimate });
const numbers = [41.25, 33.5, 12.75, 6, -3.5, 18, 9.25, 4, 55, 2, 27.5, 16, 8, 1, 44, 3, 21, 7];
const cells = (count, half) => Array.from({ length: count }, (_, n) => cell(numbers[n % numbers.length], half));
export function figures(hash) {
  const of = released.find((one) => one.release === hash);
  if (!of) return null;
  const tables = (name, final) => [{ dimensions: [], period: name, final, cells: [cell(97.5, 11)] }, { dimensions: ['form'], period: name, final, cells: cells(5, 8) },
    { dimensions: ['age'], period: name, final, cells: cells(3, 7.5) }, { dimensions: ['reporter_group'], period: name, final, cells: cells(6, 9) },
    ...(name.length === 4 ? [{ dimensions: ['form', 'age'], period: name, final, cells: cells(15, 9) }] : [])];
  return { ...of, region: 'Meldpunt IJsselland', schedule: 'quarter-year', method: 'Tables over fixed code lists, put together from effects.', whole: cost('1.6'),
    tables: of.period.length === 4 ? [of.period, `${of.period}-Q1`, `${of.period}-Q2`].flatMap((name) => tables(name, true)) : tables(of.period, false) };
}

const sheetTables = (lists) => lists.map((one) => ({ dimension: one.name, cells: one.choices.map(({ code }, n) => ({ code, ...cell(numbers[n] * 4, 22) })) }));
export const sheet = (query) => ({ region: 'Meldpunt IJsselland', year: query.get('year'), series: [
  { series: 'inflow', final: query.get('year') === '2025', periods: [query.get('year') === '2025' ? '2025' : '2026-Q1'], missing: query.get('year') === '2025' ? [] : ['2026-Q2', '2026-Q3', '2026-Q4'], total: cell(388.5, 24), tables: sheetTables(inflow) },
  { series: 'closures', final: true, periods: [query.get('year')], missing: [], total: cell(301.25, 31), tables: sheetTables(closures) }] });

const spots = (scheme, left_out) => schemes[scheme].entries.filter((one) => !left_out.includes(one.code)).map(({ code }, n) => ({
  code, newest: n % 3 ? `202${n % 3 === 1 ? 6 : 5}-0${1 + (n % 9)}-11` : null, silent: ['never', '', 'year'][n % 3] }));
export const blind = (empty) => ({ since: empty ? null : '2024-03-01', municipalities: empty ? [] : spots('municipality', ['OUT', 'UNK']), reporters: empty ? [] : spots('reporter', ['ANON', 'OTH']) });

export const files = () => [['.json', 'application/json'], ['.sdmx.csv', 'text/csv'], ['.csv', 'text/csv']]
  .map(([ending, type]) => ({ name: `meldpunt-inflow-2026-Q1${ending}`, type, content: `figures as ${ending}` }));
