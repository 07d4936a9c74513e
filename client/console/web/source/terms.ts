// The terms that the region goes by, in words and on the calendar.
import { figure, named, t } from './language.ts';
import { labelIn } from './names.ts';
import { vocabulary } from './state.ts';
import type { Term } from './contract.ts';

export const termOf = (code: string) => vocabulary.value?.terms.find((one) => one.code === code);

// "1 month"; or that nobody has decided it.
export function spanInWords(term: Term): string {
  if (!term.term) return t('term.undecided');
  const { count, unit } = term.term;
  return `${figure(count)} ${named(count === 1 ? 'term_one' : 'term_many', unit)}`;
}

export const nameOfTerm = (code: string) => labelIn(termOf(code)?.label, code);

// The day, as a form writes it, that many months after another: its last where it has no such day.
function monthsAfter(day: Date, months: number): Date {
  const later = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day.getUTCDate(), last));
  return later;
}

const daysIn: Record<string, number> = { hours: 1 / 24, days: 1, weeks: 7 };

// When the term is over that begins today, as YYYY-MM-DD; empty when none is decided.
export function endOf(code: string, today = new Date()): string {
  const span = termOf(code)?.term;
  if (!span) return '';
  const days = daysIn[span.unit];
  const end = days === undefined ? monthsAfter(today, span.unit === 'years' ? 12 * span.count : span.count)
    : new Date(today.getTime() + Math.ceil(days * span.count) * 86_400_000);
  return end.toISOString().slice(0, 10);
}
