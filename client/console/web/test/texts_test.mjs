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

test('no text is used nowhere', () => {
  // What the server names, and lists that the tests above compare.
  const named = /^(action|alarm|approval|approval_kind|approval_what|basis|choice|entry|error|empty|escalation_state|event|ground|how|many\.hint|many\.to|note\.done|note\.hint|note\.kind|outcome|paper_for|papers\.hint|papers\.kind|papers\.save|role|screen|state|status|task|waiting|where|part|nav|view|help\.key|route_to|badge\.kind|list\.column|statistics|inbox\.say)\./;
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
