// The screens' words: both languages whole, every word used, every screen with its purpose, every empty state with its
// next step, every error with its remedy.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { differences } from '../../../page/making/catalogues.mjs';

const here = new URL('../', import.meta.url);
const read = (name) => readFileSync(new URL(name, here), 'utf8');
const nl = JSON.parse(read('text/nl.json'));
const en = JSON.parse(read('text/en.json'));
const sources = readdirSync(new URL('source/', here)).map((name) => read(`source/${name}`)).join('\n');

// The names of a list in the sources: `export const NAME = ['a', 'b', ...] as const`.
function listed(name) {
  const found = sources.match(new RegExp(`const ${name} = \\[([^\\]]+)\\]`));
  assert.ok(found, name);
  return [...found[1].matchAll(/'([^']+)'/g)].map(([, one]) => one);
}

test('both languages have every text with the same blanks', () => {
  assert.deepEqual(differences(en, nl), []);
  assert.deepEqual(differences(nl, en), []);
});

test('a missing text, an empty one and another blank are noticed', () => {
  assert.deepEqual(differences({ a: 'x' }, {}), ['lacks a']);
  assert.deepEqual(differences({ a: 'x' }, { a: ' ' }), ['a is empty']);
  assert.equal(differences({ a: 'x {n}' }, { a: 'x' }).length, 1);
});

test('each file is sorted by key, one text a line', () => {
  for (const [name, texts] of [['nl', nl], ['en', en]]) {
    const lines = Object.keys(texts).sort().map((key) => ` ${JSON.stringify(key)}: ${JSON.stringify(texts[key])}`);
    assert.equal(read(`text/${name}.json`), `{\n${lines.join(',\n')}\n}\n`, name);
  }
});

test('every screen says what it is for', () => {
  const screens = listed('screens');
  assert.ok(screens.length > 10);
  for (const screen of screens) for (const part of ['head', 'purpose']) assert.ok(en[`screen.${screen}.${part}`], `${screen} ${part}`);
  const used = [...sources.matchAll(/<Screen of="([a-z]+)"/g)].map(([, name]) => name);
  for (const screen of used) assert.ok(screens.includes(screen), screen);
});

test('every part of a case says what it is for', () => {
  for (const part of listed('parts: CasePart\\[\\]')) assert.ok(en[`part.${part}.purpose`], part);
});

test('every empty state says the next step, and each is shown somewhere', () => {
  const states = listed('emptyStates');
  for (const state of states) {
    assert.ok(en[`empty.${state}`] && en[`empty.${state}.next`], state);
    assert.ok(sources.includes(`<Empty of="${state}"`) || sources.includes(`'${state}' : `) || sources.includes(` : '${state}'`), `${state} is shown nowhere`);
  }
  const written = Object.keys(en).filter((key) => /^empty\.[a-z_]+$/.test(key)).map((key) => key.slice(6));
  assert.deepEqual(written.sort(), [...states].sort());
});

test('every error says the remedy', () => {
  for (const trouble of listed('troubles')) assert.ok(en[`error.${trouble}`] && en[`error.${trouble}.remedy`], trouble);
  const written = Object.keys(en).filter((key) => /^error\.[a-z]+$/.test(key) && key !== 'error.again').map((key) => key.slice(6));
  assert.deepEqual(written.sort(), listed('troubles').sort());
});

test('every shortcut has its line in the help', () => {
  for (const key of listed('shortcuts')) {
    const name = { '?': 'question', '/': 'slash' }[key] ?? key.toLowerCase();
    assert.ok(en[`help.key.${name}`], key);
  }
});

// ---- what the server says: each code has its words in both languages

const root = new URL('../../../../', import.meta.url);
const below = (folder) => readdirSync(new URL(folder, root)).filter((name) => /\.(cpp|h)$/.test(name)).map((name) => readFileSync(new URL(folder + name, root), 'utf8'));
// Literals that the compiler joins are one.
const joined = (text) => text.replace(/"\s*\n\s*"/g, '');
const server = joined([...below('client/console/'), ...below('client/lib/'), ...below('client/record/'), ...below('crypto/')].join('\n'));
const console_sources = joined(below('client/console/').join('\n'));
const sentences = JSON.parse(readFileSync(new URL('client/console/sentences.json', root), 'utf8'));
const blanks = (text) => new Set([...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name));

test('every sentence of the server has its words in both languages, and no blank that it does not fill', () => {
  for (const [code, sentence] of sentences) {
    for (const texts of [nl, en]) {
      const text = texts[`said.${code}`];
      assert.ok(text, code);
      for (const blank of blanks(text)) assert.ok(blanks(sentence).has(blank), `${code} ${blank}`);
    }
  }
  assert.equal(new Set(sentences.map(([code]) => code)).size, sentences.length);
  const written = Object.keys(en).filter((key) => key.startsWith('said.')).map((key) => key.slice(5));
  assert.deepEqual(written.sort(), sentences.map(([code]) => code).sort());
});

test('every sentence of the table is one that the sources say', () => {
  // A function puts the quote before, or the colon behind.
  const literal = (part) => JSON.stringify(part.replace(/^' |: $/g, '')).slice(1, -1);
  const unsaid = sentences.flatMap(([code, sentence]) => sentence.split(/\{[a-z_]+\}/).filter((part) => !server.includes(literal(part))).map((part) => `${code}: ${part}`));
  assert.deepEqual(unsaid, []);
});

test('every refusal that the console writes itself is in the table', () => {
  const whole = [...console_sources.matchAll(/\b(?:problem\(\s*EX_[A-Z]+|refusal\(\d+),\s*("(?:[^"\\]|\\.)*")\)/g)].map(([, text]) => JSON.parse(text));
  assert.ok(whole.length > 30, `${whole.length}`);
  const known = new Set(sentences.map(([, sentence]) => sentence));
  const start = 'where this program lies'; // before there is a screen
  assert.deepEqual(whole.filter((text) => !known.has(text) && !text.startsWith(start)), []);
});

test('every kind of event, of task and of hindrance, and every rule has its words', () => {
  const names = (file, array) => {
    const found = readFileSync(new URL(file, root), 'utf8').match(new RegExp(`${array}[^{]*\\{([\\s\\S]*?)\\};`));
    assert.ok(found, array);
    return [...found[1].matchAll(/"([a-z_]+)"/g)].map(([, name]) => name);
  };
  const has = (...keys) => keys.forEach((key) => assert.ok(en[key] && nl[key], key));
  const events = names('client/lib/access_log.cpp', 'event_rows');
  assert.ok(events.length > 15);
  for (const kind of events) has(`event.${kind}`);
  for (const kind of names('client/lib/tasks.cpp', 'string_view, \\d+> names')) has(`task.${kind}`, `task_what.${kind}`);
  for (const one of names('client/lib/retention.cpp', 'hindrance_texts')) has(`hindrance.${one}`);
  for (const rule of JSON.parse(readFileSync(new URL('config/vocabulary.json', root), 'utf8')).routing_rules) {
    if (rule.basis) has(`route_basis.${rule.id}`);
    if (rule.warn) has(`route_warning.${rule.id}`);
    if (rule.task) has(`route_task.${rule.id}`);
  }
  const terms = JSON.parse(readFileSync(new URL('config/terms.json', root), 'utf8')).terms;
  for (const { term } of terms) if (term) has(`term_one.${Object.keys(term)[0]}`, `term_many.${Object.keys(term)[0]}`);
});

test('no text is used nowhere', () => {
  // What the server names, and lists that the tests above compare.
  const named = /^(action|alarm|approval|approval_kind|approval_what|badge\.kind|basis|choice|empty|entry|error|escalation_state|event|figures\.(cadence|came|form|outcome)|ground|help\.key|hindrance|how|inbox\.say|list\.column|many\.hint|many\.to|nav|note\.done|note\.hint|note\.kind|outcome|paper_for|papers\.hint|papers\.kind|papers\.save|part|role|route_basis|route_task|route_to|route_warning|said|screen|state|statistics|status|task|task_what|term_many|term_one|trends\.each|trends\.group|trends\.not|trends\.outcome|trends\.part|trends\.preview|trends\.reads|trends\.schedule|trends\.series|trends\.sheet\.not|trends\.sheet\.total|trends\.silent|trends\.state|view|waiting|where)\./;
  const unused = Object.keys(en).filter((key) => !named.test(key) && !sources.includes(`'${key}'`));
  assert.deepEqual(unused, []);
});

test('texts are short, without markup, and name no number but 112', () => {
  for (const [language, texts] of [['nl', nl], ['en', en]]) {
    for (const [key, text] of Object.entries(texts)) {
      assert.ok(!/[<>]/.test(text), `${language} ${key}`);
      assert.ok(text.length < 220, `${language} ${key} has ${text.length} letters`);
      assert.deepEqual((text.match(/\d{3,}/g) ?? []).filter((number) => number !== '112'), [], `${language} ${key}`);
    }
  }
});

// Nothing in the sources writes markup, stores anything, or talks to anybody but the server through the one client.
test('the sources keep the rules that the policy cannot enforce', () => {
  for (const word of ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'dangerouslySetInnerHTML', 'localStorage', 'sessionStorage', 'indexedDB',
    'document.cookie', 'document.write', 'eval(', 'new Function']) {
    assert.ok(!sources.includes(word), word);
  }
  assert.equal(sources.split('fetch(').length, 2, 'one fetch');
});
