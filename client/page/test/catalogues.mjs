// What must hold of the texts of the reporter's page (client/page/text/): `faults(catalogues)` lists, in words, what
// does not. A catalogue is {key: text}; catalogues are {language: catalogue}, English among them.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const languages = ['nl', 'en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar'];

// The only telephone number is 112. The others: an age, the digits of a code, three articles of law, three
// headings, and the year of the note.
const numbers = new Set(['112', '18', '28', '197', '273', '1', '2', '3', '2019']);
const scripts = { bg: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u };
const longer = 2.2; // than English, at most; short texts get some letters more
const short = 20;
const room = 30;

export const root = new URL('../../../', import.meta.url);

export function text_of_file(path) {
  return readFileSync(new URL(path, root), 'utf8');
}

export function json_of_file(path) {
  return JSON.parse(text_of_file(path));
}

export function catalogues() {
  return Object.fromEntries(languages.map((language) => [language, json_of_file(`client/page/text/${language}.json`)]));
}

export function languages_on_disk() {
  const folder = fileURLToPath(new URL('client/page/text/', root));
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

// As the files are written: one key a line, sorted, so that two people's changes meet only where they touch the same text.
export function written(catalogue) {
  const sorted = Object.fromEntries(Object.keys(catalogue).sort().map((key) => [key, catalogue[key]]));
  return `${JSON.stringify(sorted, null, 1)}\n`;
}

export function blanks(text) {
  return (text.match(/\{[^}]*\}?/g) ?? []).sort().join(' ');
}

function letters(text) {
  return [...text.replace(/\{[^}]*\}/g, '')].length;
}

// Digits of any script, together with what people put between the digits of a telephone number.
function wrong_numbers(text) {
  const runs = text.match(/\p{Nd}(?:[\p{Nd}\s()./+-]*\p{Nd})?/gu) ?? [];
  return runs.filter((run) => !numbers.has(run));
}

function fault_of_text(language, text, english) {
  if (typeof text !== 'string' || text.trim() === '') return 'is empty';
  if (text !== text.trim() || /\s{2}|\n|\t/.test(text)) return 'has stray spaces';
  if (/[<>]|&[a-z#0-9]+;/i.test(text)) return 'holds markup';
  if (/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(text)) return 'holds an invisible character';
  if (/https?:|www\.|@/i.test(text)) return 'holds an address';
  if (blanks(text) !== blanks(english)) return `has other blanks than English: ${blanks(text)}`;
  if (wrong_numbers(text).length > 0) return `holds a number: ${wrong_numbers(text)}`;
  const limit = letters(english) <= short ? longer * letters(english) + room : longer * letters(english);
  if (letters(text) > limit) return `is ${letters(text)} letters long, English ${letters(english)}`;
  const name = text === english; // of an organisation; too many of them are noticed below
  if (!name && letters(english) > short && scripts[language]?.test(text) === false) return 'is in another script';
  return '';
}

function faults_of_keys(language, catalogue, english) {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(catalogue, key));
  const beyond = Object.keys(catalogue).filter((key) => !Object.hasOwn(english, key));
  return [...missing.map((key) => `${language}: ${key} is missing`), ...beyond.map((key) => `${language}: ${key} is not in English`)];
}

// A text that was never translated is English; a few (names) may be.
function faults_of_copies(language, catalogue, english) {
  const long = Object.keys(english).filter((key) => english[key].length > 12);
  const copies = long.filter((key) => catalogue[key] === english[key]);
  return copies.length > 0.02 * long.length ? [`${language}: ${copies.length} texts are English: ${copies.slice(0, 5)}`] : [];
}

function faults_of(language, catalogue, english) {
  const keys = Object.keys(english).filter((key) => Object.hasOwn(catalogue, key));
  const texts = keys.map((key) => [key, fault_of_text(language, catalogue[key], english[key])]);
  return [
    ...faults_of_keys(language, catalogue, english),
    ...texts.filter(([, fault]) => fault !== '').map(([key, fault]) => `${language}: ${key} ${fault}`),
    ...(language === 'en' ? [] : faults_of_copies(language, catalogue, english)),
  ];
}

export function faults(all) {
  return Object.entries(all).flatMap(([language, catalogue]) => faults_of(language, catalogue, all.en));
}
