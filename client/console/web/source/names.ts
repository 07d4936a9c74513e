// What codes, kinds and fields are called: the vocabulary says it, these screens do not.
import type { Choice, Entry, Field, Kind, Label } from './contract.ts';
import { day, language, t } from './language.ts';
import { state, vocabulary } from './state.ts';

export const labelIn = (label: Label | undefined, otherwise: string) => label?.[language.value] || label?.nl || label?.en || otherwise;

export function entriesOf(scheme: string): Entry[] {
  const found = vocabulary.value?.schemes[scheme];
  return (found?.entries ?? found?.groups ?? []).filter((entry) => !entry.retired);
}

export function choicesOf(field: Field): Choice[] {
  return field.choices ?? (field.scheme ? entriesOf(field.scheme) : []);
}

export function nameOfCode(scheme: string, code: string): string {
  const found = vocabulary.value?.schemes[scheme];
  const entry = [...(found?.entries ?? []), ...(found?.groups ?? [])].find((one) => one.code === code);
  return labelIn(entry?.label, code);
}

// Of a table of figures: what was signed names its dimensions in English.
export function nameOfTableTitle(title: string): string {
  if (title === 'total') return t('trends.total');
  const between = ' × ';
  const known = vocabulary.value?.dimensions ?? [];
  return title.split(between).map((part) => labelIn(known.find((one) => one.label.en === part)?.label, part)).join(between);
}

export const nameOfScheme = (scheme: string) => labelIn(vocabulary.value?.schemes[scheme]?.label, scheme);
export const nameOfPhase = (code: string) => nameOfCode('phase', code);
export const nameOfPurpose = (code: string) => nameOfCode('consent_purpose', code);
export const nameOfKind = (kind: Kind) => labelIn(kind.label, kind.kind);

export function nameOfPartner(code: string): string {
  const found = vocabulary.value?.partners.find((one) => one.organisation === code);
  return found?.name || nameOfCode('partner', code);
}

// A field that is shared with a partner: one that somebody writes, or a scheme.
export function nameOfShared(field: string): string {
  const found = vocabulary.value?.fields?.find((one) => one.name === field);
  return found ? labelIn(found.label, field) : nameOfScheme(field);
}

export function sharedFields(): { name: string; label: string }[] {
  const schemes = ['exploitation_form', 'age_class', 'gender', 'need', 'municipality', 'urgency'];
  const known = vocabulary.value?.fields?.map((one) => one.name)
    ?? ['summary', ...schemes.filter((one) => vocabulary.value?.schemes[one])];
  return known.map((name) => ({ name, label: nameOfShared(name) }));
}

// What goes to a partner, letter for letter, and what a code means beside it.
export function sharedInWords(field: string, value: string): string {
  const label = nameOfCode(field, value);
  return label === value ? value : `${value} (${label})`;
}

// A value of a field as a person reads it.
export function valueInWords(field: Field | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (field?.type === 'date' && typeof value === 'string') return day(value);
  const one = (code: unknown) => {
    const text = String(code);
    const choice = field && choicesOf(field).find((each) => each.code === text);
    return choice ? labelIn(choice.label, text) : field?.scheme ? nameOfCode(field.scheme, text) : text;
  };
  return Array.isArray(value) ? value.map(one).join('; ') : one(value);
}

export const isMine = (device: string | undefined) => device !== undefined && device === state.value?.device.id;
