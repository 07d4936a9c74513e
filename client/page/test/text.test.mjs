// The texts of the reporter's page: nine languages, each whole; and every code that a page can name has its words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import {
  catalogues, faults, json_of_file, languages, languages_on_disk, text_of_file, written,
} from './catalogues.mjs';
import { unreadLanguages, warningOfUnread } from '../making/unread_languages.mjs';

const all = catalogues();
const vocabulary = json_of_file('config/vocabulary.json').schemes;

function codes_of(scheme) {
  return (vocabulary[scheme]?.entries ?? []).map((entry) => entry.code);
}

function keys_under(prefix) {
  return Object.keys(all.en).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

test('every language has every text, and none has a fault', () => {
  assert.deepEqual(faults(all), []);
});

test('the catalogues are the nine languages and no other', () => {
  assert.deepEqual(languages_on_disk().sort(), [...languages].sort());
});

test('each file is sorted by key, one text a line', () => {
  for (const language of languages) {
    assert.equal(text_of_file(`client/page/text/${language}.json`), written(all[language]), language);
  }
});

test('each language has its own name, and Arabic alone runs from right to left', () => {
  assert.equal(new Set(languages.map((language) => all[language]['language.name'])).size, languages.length);
  for (const language of languages) {
    assert.equal(all[language]['language.direction'], language === 'ar' ? 'rtl' : 'ltr', language);
  }
});

test('the emergency number stands wherever English has it', () => {
  for (const key of Object.keys(all.en).filter((name) => all.en[name].includes('112'))) {
    for (const language of languages) assert.ok(all[language][key].includes('112'), `${language}: ${key}`);
  }
});

test('every label belongs to a code of the vocabulary', () => {
  const schemes = Object.keys(vocabulary);
  for (const scheme of schemes) {
    for (const code of keys_under(`code.${scheme}.`)) {
      assert.ok(codes_of(scheme).includes(code), `${scheme} has no ${code}`);
    }
  }
});

test('whatever a consent question can name has its words', () => {
  for (const scheme of ['partner', 'consent_purpose']) {
    for (const code of codes_of(scheme)) assert.ok(all.en[`code.${scheme}.${code}`], `${scheme} ${code}`);
  }
  const written_fields = text_of_file('client/lib/vocabulary.cpp').matchAll(/WrittenField\{"([a-z_]+)"/g);
  const fields = [...written_fields].map(([, field]) => field);
  assert.ok(fields.length > 0);
  for (const field of fields) assert.ok(all.en[`field.${field}`], field);
});

test('every status of a reply has its words', () => {
  const [, body] = text_of_file('crypto/reply.h').match(/enum class ReplyStatus[^{]*\{([^}]*)\}/);
  const statuses = [...body.matchAll(/^\s*([a-z_]+) = /gm)].map(([, name]) => name);
  assert.deepEqual(keys_under('status.').sort(), statuses.sort());
});

test('the list of text modules and their texts are the same', () => {
  const listed = json_of_file('config/text_modules.json').modules.map((module) => module.code);
  assert.deepEqual(keys_under('module.').sort(), [...listed].sort());
});

test('every sign and place that the pages show is in the vocabulary and has its words', () => {
  const pages = json_of_file('client/page/expertise.json');
  const scheme_of = { G: 'signal_general', F: 'signal_foreign', O: 'signal_other' };
  const lists = [...pages.forms.map((form) => form.signs), ...pages.cards.map((card) => card.signs)];
  for (const code of [...lists.flat(), ...pages.always, ...pages.foreign, ...pages.silent]) {
    assert.ok(codes_of(scheme_of[code[0]]).includes(code) && all.en[`code.${scheme_of[code[0]]}.${code}`], code);
  }
  for (const form of pages.forms) {
    assert.ok(all.en[`code.exploitation_form.${form.form}`], form.form);
    for (const place of form.places) assert.ok(all.en[`code.sector.${place}`], place);
  }
});

test('all languages together stay within their part of the download', () => {
  const bytes = Buffer.concat(languages.map((language) => Buffer.from(JSON.stringify(all[language]))));
  assert.ok(brotliCompressSync(bytes).length <= 110 * 1024, `${brotliCompressSync(bytes).length} bytes`);
});

test('the operator hears of each language that no native speaker has read, as the table of the texts says', () => {
  const [, row] = text_of_file('client/page/text/README.md').match(/^\| ([a-z, ]+) \|.*no native speaker/m);
  assert.deepEqual(unreadLanguages(languages), row.split(', '));
  assert.match(warningOfUnread(['nl', 'hu']), /hu/);
  assert.doesNotMatch(warningOfUnread(['nl', 'hu']), /nl/);
  assert.equal(warningOfUnread(['nl', 'en']), '');
  assert.match(warningOfUnread(['de']), /de/);
});

test('a damaged catalogue is noticed', () => {
  const damages = [
    ['a text is missing', (catalogue) => delete catalogue['home.head'], /home\.head is missing/],
    ['a key is misspelt', (catalogue) => { catalogue['home.haed'] = 'Tekst'; }, /home\.haed is not in English/],
    ['a text is empty', (catalogue) => { catalogue['nav.back'] = ' '; }, /nav\.back is empty/],
    ['a blank is translated', (catalogue) => { catalogue['nav.progress'] = 'Vraag {nummer} van {total}'; }, /other blanks/],
    ['a telephone number', (catalogue) => { catalogue['nav.home'] = 'Bel 030 - 1234'; }, /holds a number/],
    ['in digits of another script', (catalogue) => { catalogue['nav.home'] = '٠٣٠١٢'; }, /holds a number/],
    ['markup', (catalogue) => { catalogue['home.lead'] = '<b>Je</b> bent welkom'; }, /holds markup/],
    ['a hidden turn of direction', (catalogue) => { catalogue['nav.home'] = 'Naar \u202ebegin'; }, /invisible/],
    ['a link', (catalogue) => { catalogue['home.lead'] = 'Kijk op www.voorbeeld'; }, /address/],
    ['a text that grew', (catalogue) => { catalogue['nav.back'] = 'terug '.repeat(20).trim(); }, /letters long/],
    ['a language that is English', (catalogue) => Object.assign(catalogue, all.en), /texts are English/],
  ];
  for (const [name, damage, expected] of damages) {
    const damaged = { en: all.en, nl: { ...all.nl } };
    damage(damaged.nl);
    assert.match(faults(damaged).join('\n'), expected, name);
  }
  const latin = { en: all.en, bg: { ...all.bg, 'home.lead': all.nl['home.lead'] } };
  assert.match(faults(latin).join('\n'), /another script/);
});
