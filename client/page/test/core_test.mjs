// The core under node: its declarations, its imports, its weight, the keys it derives, and that it forgets.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Daemon } from './daemon.mjs';
import { aDraft, arrived, coreBytes, story, words } from './stage.mjs';

const { Core, CoreError, declarations } = await import(pathToFileURL(`${env.MELDPUNT_PAGE}/core.mjs`));
const module = new WebAssembly.Module(coreBytes);
const header = readFileSync(new URL('../core/page_core.h', import.meta.url), 'utf8');

// "int32_t page_send(uint32_t size, uint32_t way_back);" becomes page_send: [int32_t, uint32_t, uint32_t].
function declared(text) {
  const found = {};
  for (const [, result, name, parameters] of text.matchAll(/^([a-z0-9_ ]+\*?) (page_\w+)\(([^)]*)\);/gm)) {
    const types = parameters.split(',').map((parameter) => parameter.trim().split(' ').slice(0, -1).join(' '));
    found[name] = [result, ...types.filter((type) => type !== '')];
  }
  return found;
}

test('the table in core.ts is what page_core.h declares', () => {
  assert.deepEqual(declarations, declared(header));
});

test('a changed name or count of parameters would be found', () => {
  assert.notDeepEqual(declarations, declared(header.replace('page_burn(uint32_t index)', 'page_burn(void)')));
  assert.notDeepEqual(declarations, declared(header.replace('int32_t page_read()', 'int32_t page_look()')));
});

test('the module exports what the header declares, and needs nothing but randomness', () => {
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.deepEqual(new Set(exported), new Set([...Object.keys(declarations), 'memory', '_initialize']));
  const imports = WebAssembly.Module.imports(module).map(({ name }) => name);
  assert.ok(imports.includes('random_get'));
  assert.ok(imports.length <= 2, imports.join());
});

test('it weighs at most 72 KiB, compressed', () => {
  const size = gzipSync(coreBytes, { level: 9 }).length;
  assert.ok(size <= 72 * 1024, `${size} bytes`);
});

test('it has no path of the machine that built it', () => {
  const text = Buffer.from(coreBytes).toString('latin1');
  assert.deepEqual(text.match(/\/(home|root|work|tmp|usr)\/[ -~]*/g), null);
});

async function started() {
  const daemon = new Daemon();
  const pin = new Uint8Array(Buffer.from(await daemon.ask('pin'), 'hex'));
  const core = await Core.open(module);
  core.start({ pin, ...words, unix: 1_728_043_200, steady: 0, beat: 5000 });
  return { core, daemon };
}

test('the page derives the same keys as the native client', async () => {
  const { core, daemon } = await started();
  try {
    for (const digits of ['0932 0960 2957 9580 4422 7698 7651', '1719 0707 9974 8422 5910 2865 8162']) {
      const errand = core.parseCode(digits);
      const derived = Buffer.from((await Core.open(module)).derive(errand)).toString('hex');
      assert.equal(derived, await daemon.ask('derive', Buffer.from(errand.slice(0, 12)).toString('hex')));
    }
  } finally {
    daemon.close();
  }
});

// The vectors of tests/vectors/code whose words do not matter: digits, and what is no code in any list.
test('the page reads codes as the vectors say', async () => {
  const { core, daemon } = await started();
  const folder = new URL('../../../tests/vectors/code/', import.meta.url);
  let read = 0;
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const field = (name) => text.match(new RegExp(`^${name}: "?([^"\n]*)"?$`, 'm'))?.[1];
    if (/[a-z]/i.test(field('typed'))) continue;
    ++read;
    if (field('expect') === 'opened') {
      assert.equal(Buffer.from(core.parseCode(field('typed')).slice(0, 12)).toString('hex'), field('canonical'), file);
    } else {
      assert.throws(() => core.parseCode(field('typed')), CoreError, file);
    }
  }
  daemon.close();
  assert.ok(read >= 5);
});

test('whatever bytes are handed in, nothing traps', async () => {
  const { core, daemon } = await started();
  const { exports } = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: Object.fromEntries(
      WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]),
    ),
  });
  exports._initialize();
  const calls = Object.entries(declarations).filter(([name]) => !['page_output', 'page_derive', 'page_solve'].includes(name));
  const odd = [0, 1, 2, 255, 65536, 0xffffffff, NaN, Infinity, -1, 1e300];
  for (let round = 0; round < 400; ++round) {
    for (const [name, [, ...types]] of calls) {
      const numbers = types.map((_, i) => odd[(round * 7 + i * 3 + name.length) % odd.length]);
      // Before a start, and with whatever the last call left.
      assert.equal(typeof exports[name](...numbers), 'number', name);
    }
  }
  for (let round = 0; round < 300; ++round) {
    const bytes = crypto.getRandomValues(new Uint8Array(round));
    for (const deed of [
      () => core.send(bytes, false),
      () => core.consent(bytes),
      () => core.takeKeys(bytes),
      () => core.take(bytes, 1e300, NaN, 0xffffffff),
      () => core.take(crypto.getRandomValues(new Uint8Array(16384)), -1, round, 0),
      () => core.derive(bytes.slice(0, 43)),
      () => core.solve(bytes, -1, 0),
      () => core.parseCode(String.fromCharCode(...bytes)),
      () => core.prepare(),
    ]) {
      try {
        deed();
      } catch (error) {
        assert.ok(error instanceof CoreError, String(error));
      }
    }
  }
  daemon.close();
});

const holds = (memory, text) => Buffer.from(memory).includes(Buffer.from(text));

test('what has arrived is forgotten, and a wiped core holds nothing', () =>
  story(async (visit, stage) => {
    const marker = 'MERKTEKEN-4711-in-de-tekst';
    const { core } = visit.parts;
    const sending = visit.send(aDraft({ text: `${marker} `.repeat(2000) }), false);
    await stage.until(() => sending.state === 'sending');
    assert.ok(holds(core.everything, marker), 'it is there while it waits');
    await stage.until(arrived(sending));
    assert.ok(!holds(core.everything, marker), 'it is gone when it has arrived');

    const { words: shown } = visit.newCode();
    assert.ok(holds(core.everything, shown.en.join(' ')));
    visit.wipe();
    assert.ok(core.everything.every((byte) => byte === 0));
  }));
