// Figures, periods and lists in words.
import { figure, monthOf, t, type Key } from './language.ts';
import { labelIn } from './names.ts';
import type { Cell, SeriesOfFigures } from './trends_contract.ts';

// "3rd quarter of 2026", "November 2026", "2026".
export function nameOfPeriod(period: string): string {
  const [year = '', part = ''] = period.split('-');
  if (part.startsWith('Q')) return t('trends.quarter', { quarter: part.slice(1), year });
  return part ? monthOf(period) : year;
}
export const nameOfSeries = (series: string) => t(`trends.series.${series}` as Key);
export const headOf = (one: { series: string; period: string }) => `${nameOfSeries(one.series)}, ${nameOfPeriod(one.period)}`;
export const nameOfSchedule = (schedule: string) => t(`trends.schedule.${schedule}` as Key);

// ε with at most one decimal more than it needs, and never below what is paid.
export const epsilonOf = (decimal: string) => figure(Math.ceil(Number(decimal) * 10 - 0.01) / 10);
export const whole = (value: number) => figure(Math.round(value));
export const halfWidth = (value: number) => t('trends.half_width', { half: figure(Math.ceil(value)) });

export const dimensionsOf = (all: readonly SeriesOfFigures[], series: string) => all.find((one) => one.name === series)?.dimensions ?? [];

export function nameOfTable(all: readonly SeriesOfFigures[], series: string, dimensions: readonly string[]): string {
  if (!dimensions.length) return t('trends.total');
  const known = dimensionsOf(all, series);
  return dimensions.map((name) => labelIn(known.find((one) => one.name === name)?.label, name)).join(' × ');
}

// A name for each cell of a table, in their order: the last list changes fastest.
export function namesOfCells(all: readonly SeriesOfFigures[], series: string, dimensions: readonly string[]): string[] {
  const known = dimensionsOf(all, series);
  return dimensions.reduce<string[]>((before, name, i) => {
    const codes = known.find((one) => one.name === name)?.choices ?? [];
    return before.flatMap((start) => codes.map((code) => (i ? `${start}, ` : '') + labelIn(code.label, code.code)));
  }, [dimensions.length ? '' : t('trends.total')]);
}

// No count is below zero, whatever chance made of it.
const least = (cell: Cell) => Math.max(0, Math.floor(cell.lower));
export function betweenOf(cell: Cell): string {
  const most = Math.max(0, Math.ceil(cell.upper));
  return t('trends.between', { least: figure(least(cell)), most: figure(most) });
}
// "About 40 (between 31 and 49)", or of what is too uncertain only how many at most.
export function inWords(cell: Cell): string {
  if (cell.uncertain) return t('trends.at_most', { most: figure(Math.max(0, Math.ceil(cell.upper))) });
  return t('trends.about', { number: whole(cell.estimate), between: betweenOf(cell) });
}
