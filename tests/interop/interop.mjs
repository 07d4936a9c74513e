// interop.mjs NODE_MODULES NATIVE WASM: an independent HPKE implementation and ours, natively and as
// WebAssembly, open each other's messages and export the same secrets; codes give the same keys in both.
import { spawnSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

globalThis.crypto ??= webcrypto;
const [modules, native, wasm] = argv.slice(2);
const require = createRequire(join(modules, 'interop.cjs'));
const { CipherSuite, HkdfSha256 } = require('@hpke/core');
const { XWing } = require('@hpke/hybridkem-x-wing');
const { Chacha20Poly1305 } = require('@hpke/chacha20poly1305');

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const run = fileURLToPath(new URL('../../crypto/wasm/run.mjs', import.meta.url));
const ours = {
  native: [native, []],
  wasm: [execPath, ['--no-warnings', '--experimental-wasi-unstable-preview1', run, wasm]],
};

const hex = (bytes) => (bytes.length ? Buffer.from(bytes).toString('hex') : '-');
const bytes = (text) => (text === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(text, 'hex')));
const join2 = (a, b) => new Uint8Array([...new Uint8Array(a), ...new Uint8Array(b)]);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

// Asks all questions in one run of the program; an answer is a list of values, or null for an error.
function ask(where, questions) {
  const [program, words] = ours[where];
  const input = questions.map(([verb, ...values]) => [verb, ...values.map(hex)].join(' ') + '\n').join('');
  const run = spawnSync(program, words, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  const lines = run.stdout.trim().split('\n');
  if (run.status !== 0 || lines.length !== questions.length) {
    throw new Error(`${where}: ${lines.length} answers to ${questions.length} questions. ${run.stderr}`);
  }
  return lines.map((line) => (line.startsWith('ok') ? line.split(' ').slice(1).map(bytes) : null));
}

let checks = 0;
function equal(what, a, b) {
  checks += 1;
  if (!a || !b || hex(a) !== hex(b)) {
    console.log(`differs: ${what}`);
    exit(1);
  }
}

const info = new TextEncoder().encode('meldpunt interop');
const context = new TextEncoder().encode('meldpunt/1 response');
const plaintexts = [new Uint8Array(), random(1), random(100), random(14089)];

// What the npm implementation sealed, to a key pair that ours made from a secret.
async function sealedByNpm(publicKey, plaintext) {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
  const sender = await suite.createSenderContext({ recipientPublicKey, info });
  const exported = new Uint8Array(await sender.export(context, 32));
  return { sealed: join2(sender.enc, await sender.seal(plaintext)), exported };
}

async function openedByNpm(secret, sealed) {
  const recipientKey = await suite.kem.deserializePrivateKey(secret);
  const recipient = await suite.createRecipientContext({ recipientKey, enc: sealed.slice(0, 1120), info });
  const exported = new Uint8Array(await recipient.export(context, 32));
  return { plaintext: new Uint8Array(await recipient.open(sealed.slice(1120))), exported };
}

async function messages(where) {
  const secret = random(32);
  const [[publicKey]] = ask(where, [['key', secret]]);
  for (const plaintext of plaintexts) {
    const theirs = await sealedByNpm(publicKey, plaintext);
    const damaged = theirs.sealed.slice();
    damaged[damaged.length - 1] ^= 1;
    const [opened, refused, sealed] = ask(where, [
      ['open', secret, info, theirs.sealed, context],
      ['open', secret, info, damaged, context],
      ['seal', publicKey, info, plaintext, context],
    ]);
    equal(`${where} opens what npm sealed`, opened?.[0], plaintext);
    equal(`${where} exports what npm exports`, opened?.[1], theirs.exported);
    equal(`${where} refuses an altered message`, refused === null ? [1] : [0], [1]);
    const back = await openedByNpm(secret, sealed[0]);
    equal(`npm opens what ${where} sealed`, back.plaintext, plaintext);
    equal(`npm exports what ${where} exports`, back.exported, sealed[1]);
  }
}

// The digits of a code are its number: both must derive the same keys from it. One number in sixteen is a code.
function codes() {
  const numbers = Array.from({ length: 100 }, (_, i) => 1000000007n + 982451653n * BigInt(i));
  const asked = numbers.map((number) => ['words', new TextEncoder().encode(number.toString().padStart(28, '0'))]);
  const found = { native: ask('native', asked), wasm: ask('wasm', asked) };
  const accepted = [];
  found.native.forEach((values, i) => {
    equal('who takes a number for a code', [values ? 1 : 0], [found.wasm[i] ? 1 : 0]);
    if (!values) return;
    equal('canonical code', values[0], found.wasm[i][0]);
    if (accepted.length < 3) accepted.push(['thread', values[0], random(32)]);
  });
  equal('codes among the numbers', [accepted.length], [3]);
  const natively = ask('native', accepted);
  const inWasm = ask('wasm', accepted);
  natively.forEach((values, i) => {
    equal('number of derived values', [values?.length], [5]);
    values.forEach((value, j) => equal(`derived value ${j}`, value, inWasm[i]?.[j]));
  });
}

async function crossed() {
  const secret = random(32);
  const [[publicKey]] = ask('native', [['key', secret]]);
  const [[alike]] = ask('wasm', [['key', secret]]);
  equal('public key of one secret', publicKey, alike);
  const [[sealed, exported]] = ask('wasm', [['seal', publicKey, info, plaintexts[3], context]]);
  const [opened] = ask('native', [['open', secret, info, sealed, context]]);
  equal('native opens what wasm sealed', opened?.[0], plaintexts[3]);
  equal('native exports what wasm exports', opened?.[1], exported);
}

await messages('native');
await messages('wasm');
await crossed();
codes();
console.log(`${checks} comparisons, all equal`);
