// The page's workers: their script as a blob, one errand each. Node has no Worker of the browser's kind; a thread of its
// own stands in for it, with the same messages.
import assert from 'node:assert/strict';
import { resolveObjectURL } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { test } from 'node:test';
import { Worker as Thread } from 'node:worker_threads';
import { aDraft, arrived, story } from './stage.mjs';

const script = readFileSync(`${env.MELDPUNT_PAGE}/worker.js`, 'utf8');
const made = { policies: [], workers: 0, living: new Set() };

globalThis.trustedTypes = {
  createPolicy(name, rules) {
    made.policies.push({ name, rules });
    return { createScriptURL: (url) => ({ trusted: rules.createScriptURL(url) }) };
  },
};

globalThis.Worker = class {
  #thread = null;
  #waiting = [];

  constructor({ trusted }) {
    ++made.workers;
    made.living.add(this);
    void this.#begin(trusted);
  }
  async #begin(url) {
    const text = await resolveObjectURL(url).text();
    const glue = `const { parentPort } = require('node:worker_threads');
      globalThis.crypto ??= require('node:crypto').webcrypto;
      globalThis.postMessage = (answer) => parentPort.postMessage(answer);
      parentPort.on('message', (data) => globalThis.onmessage({ data }));\n`;
    if (!made.living.has(this)) return;
    this.#thread = new Thread(glue + text, { eval: true });
    this.#thread.on('message', (data) => this.onmessage({ data }));
    this.#thread.on('error', () => this.onerror());
    for (const message of this.#waiting) this.#thread.postMessage(message);
  }
  postMessage(message) {
    if (this.#thread) this.#thread.postMessage(message);
    else this.#waiting.push(message);
  }
  terminate() {
    made.living.delete(this);
    void this.#thread?.terminate();
  }
};

test('keys and puzzles come from workers, and no worker stays', () =>
  story(
    async (visit, stage) => {
      visit.newCode();
      assert.equal(await visit.useNewCode(), 'ok');
      assert.equal(made.workers, 1);
      assert.ok(Number(await stage.daemon.ask('fill', 60)) > 0);
      await stage.until(arrived(visit.send(aDraft(), true)), 1_000_000);
      assert.ok(made.workers >= 2);
      assert.equal(made.living.size, 0);
      assert.equal((await stage.daemon.reports()).length, 1);
    },
    { worker: script },
  ));

test('a visit that is wiped leaves no worker at its puzzle', () =>
  story(
    async (visit, stage) => {
      await stage.daemon.ask('fill', 99);
      const sending = visit.send(aDraft(), false);
      await stage.until(() => sending.state === 'solving');
      visit.wipe();
      assert.equal(made.living.size, 0);
    },
    { worker: script },
  ));

test('there is one policy, which lets nothing pass but a blob', () => {
  assert.deepEqual(made.policies.map(({ name }) => name), ['meldpunt-worker']);
  const [{ rules }] = made.policies;
  for (const url of ['https://example.org/x.js', 'data:text/javascript,1', '//example.org', 'javascript:1', ' blob:x']) {
    assert.throws(() => rules.createScriptURL(url), TypeError);
  }
});
