// The screens' own words, in Dutch and English, and dates and numbers as these write them.
import en from '../text/en.json';
import nl from '../text/nl.json';
import { Cell } from './cell.ts';
import type { Said } from './contract.ts';

export type Language = 'nl' | 'en';
export type Key = keyof typeof en;
const catalogues: Record<Language, Record<Key, string>> = { nl, en };

export const language = new Cell<Language>(navigator.language.startsWith('nl') ? 'nl' : 'en');
let chosen = false;

export function choose(next: Language): void {
  chosen = true;
  language.set(next);
  document.documentElement.lang = next;
}

// The region's language, unless somebody chose one here.
export function prefer(wanted: string | undefined): void {
  if (!chosen && (wanted === 'nl' || wanted === 'en')) language.set(wanted);
  document.documentElement.lang = language.value;
}

export function t(key: Key, slots: Record<string, string | number> = {}): string {
  const text = catalogues[language.value][key];
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => (name in slots ? String(slots[name]) : whole));
}

// Words for a name that the server sends; the name itself when these screens have none for it.
export function named(prefix: string, name: string): string {
  const key = `${prefix}.${name.replace(/ /g, '_')}`;
  return key in en ? t(key as Key) : name;
}

// What the server says, in this language; its English where these screens have no words for it.
export function spoken(sentence: string, said?: Said | null): string {
  const key = `said.${said?.code}`;
  if (!said || !(key in en)) return sentence;
  const slots = Object.entries(said.values).map(([name, value]) => [name, typeof value === 'string' ? value : spoken('', value)]);
  return t(key as Key, Object.fromEntries(slots) as Record<string, string>);
}

const tag = () => (language.value === 'nl' ? 'nl-NL' : 'en-GB');

// Only what begins as a day is a time: a browser would read a number of a consent as one too.
function written(time: string, options: Intl.DateTimeFormatOptions): string {
  if (!/^\d{4}-\d{2}-\d{2}/.test(time)) return time;
  // "2026-11-22 04:00 UTC" is how the journal writes an hour.
  const date = new Date(time.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z'));
  return Number.isNaN(date.getTime()) ? time : new Intl.DateTimeFormat(tag(), options).format(date);
}

export const day = (time: string) => written(time, { day: 'numeric', month: 'short', year: 'numeric' });
export const moment = (time: string) =>
  written(time, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
// Without the year when it is this one: for a narrow column.
const yearOf = (time: string) => (time.startsWith(String(new Date().getFullYear())) ? {} : { year: '2-digit' as const });
export const shortDay = (time: string) => written(time, { day: 'numeric', month: 'short', ...yearOf(time) });
export const shortMoment = (time: string) =>
  written(time, { day: 'numeric', month: 'short', ...yearOf(time), hour: '2-digit', minute: '2-digit' });
export const monthOf = (month: string) => written(`${month}-15T12:00:00Z`, { month: 'short', year: 'numeric' });
// What rounds to nothing has no sign.
export const figure = (value: number) => new Intl.NumberFormat(tag(), { maximumFractionDigits: 1 }).format(Math.round(value * 10) / 10 || 0);

// "Vietnamees" for vi.
export function nameOfLanguage(code: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
