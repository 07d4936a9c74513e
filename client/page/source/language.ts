// The texts of the page in the reader's language. All catalogues are in the document: one that was
// fetched would tell the nationality. The choice is kept in memory only.

import { unspoilt } from './dom.ts';

export const languages = ['nl', 'en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar'] as const;
export type Language = string;
type Catalogue = Record<string, string>;

let catalogues: Record<Language, Catalogue> = {};
let chosen: Language = 'nl';

// `wanted`: the languages of the browser, best first.
export function loadTexts(all: Record<Language, Catalogue>, wanted: readonly string[]): void {
  catalogues = all;
  const known = wanted.map((name) => name.toLowerCase().split('-')[0] ?? '');
  choose(known.find((name) => name in all) ?? Object.keys(all)[0] ?? 'nl');
}

export function choose(language: Language): void {
  chosen = language;
  document.documentElement.lang = language;
  document.documentElement.dir = t('language.direction');
  document.documentElement.setAttribute('translate', String(unspoilt['translate']));
}

export function language(): Language {
  return chosen;
}

export function offered(): { language: Language; name: string; direction: string }[] {
  return Object.entries(catalogues).map(([name, catalogue]) => ({
    language: name,
    name: catalogue['language.name'] ?? name,
    direction: catalogue['language.direction'] ?? 'ltr',
  }));
}

export function has(key: string): boolean {
  return key in (catalogues[chosen] ?? {});
}

// The text of a key, with {name} filled in. Values are text: they are never read for names again.
export function t(key: string, values: Record<string, string | number> = {}): string {
  const pattern = catalogues[chosen]?.[key] ?? key;
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

// The label of a code of the vocabulary; the code itself where the page has no label for it.
export function labelOf(scheme: string, code: string): string {
  const key = `code.${scheme}.${code}`;
  return has(key) ? t(key) : code;
}

// English as it is written here: day before month.
const locale = (): string => (chosen === 'en' ? 'en-GB' : chosen);

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

export function date(seconds: number): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(seconds * 1000),
  );
}

// What an operator wrote, in one language or several: the reader's, else English, else Dutch, else
// whichever there is.
export type Localised = string | Record<Language, string>;

export function localised(value: Localised | undefined): { text: string; language: Language } | null {
  if (!value) return null;
  if (typeof value === 'string') return { text: value, language: '' };
  for (const name of [chosen, 'en', 'nl', ...Object.keys(value)]) {
    const found = value[name];
    if (found) return { text: found, language: name };
  }
  return null;
}
