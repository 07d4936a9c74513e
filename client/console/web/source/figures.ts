// Figures as a receiver has them: which tables there are, and what a cell is in words. Pure.
import type { FigureCell, FigureSeries, FigureTable } from './contract.ts';
import { figure, monthOf, t } from './language.ts';

export type Cadence = 'month' | 'quarter' | 'year';
export const cadences = ['month', 'quarter', 'year'] as const;

// "2026-11", "2026-Q3" or "2026".
export function cadenceOf(period: string): Cadence {
  if (/^\d{4}$/.test(period)) return 'year';
  return period.includes('Q') ? 'quarter' : 'month';
}

export const yearOf = (period: string) => period.slice(0, 4);

export function periodInWords(period: string): string {
  const cadence = cadenceOf(period);
  if (cadence === 'year') return period;
  return cadence === 'month' ? monthOf(period) : t('figures.quarter_of', { quarter: period.slice(-1), year: yearOf(period) });
}

const parts = { month: 12, quarter: 4, year: 1 } as const;

function numberOf(period: string): number {
  const within = cadenceOf(period) === 'year' ? 1 : Number(period.slice(cadenceOf(period) === 'month' ? 5 : 6));
  return Number(yearOf(period)) * parts[cadenceOf(period)] + within - 1;
}

function nameOf(number: number, cadence: Cadence): string {
  const year = Math.floor(number / parts[cadence]);
  const within = (number % parts[cadence]) + 1;
  if (cadence === 'year') return String(year);
  return cadence === 'quarter' ? `${year}-Q${within}` : `${year}-${String(within).padStart(2, '0')}`;
}

// All periods from the first to the last: one that never came is a gap, and is seen.
export function spanOf(periods: readonly string[]): string[] {
  const first = periods[0];
  if (first === undefined) return [];
  const numbers = periods.map(numberOf);
  const least = Math.min(...numbers);
  return Array.from({ length: Math.max(...numbers) - least + 1 }, (_, i) => nameOf(least + i, cadenceOf(first)));
}

export const isUncertain = ([estimate, lower, upper]: FigureCell) => upper - lower > estimate;

export const intervalInWords = ([, lower, upper]: FigureCell) => t('figures.interval', { from: figure(lower), to: figure(upper) });

// What stands at one moment of a line.
export interface Point { cell: FigureCell; final: boolean }
export type Points = readonly (Point | null)[];

const sameAxes = (table: FigureTable, axes: readonly string[]) => table.axes.length === axes.length && axes.every((one) => table.axes.includes(one));

// Of one region ("": all of them), one cadence, and these dimensions; in the order of time.
export function tablesOf(series: FigureSeries, region: string, cadence: Cadence, axes: readonly string[]): FigureTable[] {
  return series.tables
    .filter((table) => table.region === region && cadenceOf(table.period) === cadence && sameAxes(table, axes))
    .sort((one, other) => one.period.localeCompare(other.period));
}

export function pointsOf(tables: readonly FigureTable[], periods: readonly string[], cell: number): Points {
  return periods.map((period) => {
    const table = tables.find((one) => one.period === period);
    const found = table?.cells[cell];
    return table && found ? { cell: found, final: table.final } : null;
  });
}

// Cadences in which a region has figures; the finest first.
export function cadencesOf(series: FigureSeries, region: string): Cadence[] {
  return cadences.filter((cadence) => series.tables.some((table) => table.region === region && cadenceOf(table.period) === cadence));
}

export function yearsOf(series: FigureSeries, region: string): string[] {
  return [...new Set(series.tables.filter((table) => table.region === region).map((table) => yearOf(table.period)))].sort().reverse();
}

// Regions with figures, without all of them together.
export const regionsOf = (series: FigureSeries) => [...new Set(series.tables.map((table) => table.region))].filter((region) => region !== '');

// Least and most of what is drawn, so that plots beside each other can be compared.
export function rangeOf(lines: readonly Points[]): [number, number] {
  const cells = lines.flatMap((points) => points.flatMap((point) => (point ? [point.cell] : [])));
  return [Math.min(0, ...cells.map((cell) => cell[1])), Math.max(1, ...cells.map((cell) => cell[2]))];
}
