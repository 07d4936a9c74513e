// The build of the page: the same bytes twice, complete catalogues, a strict policy, a small download.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';

import { build as buildPage, builtOnce, headersOf, overMemory, root, texts } from './browser.mjs';

const build = (out, extra = []) => buildPage(out, [...overMemory, ...extra]);
const place = mkdtempSync(join(tmpdir(), 'page-'));
after(() => rmSync(place, { recursive: true }));
const page = builtOnce();
const html = readFileSync(join(page, 'page.html'), 'utf8');
const files = ['page.html', 'page.html.gz', 'page.html.br', 'page.headers'];

function buildWith(change) {
  const folder = mkdtempSync(join(place, 'texts-'));
  cpSync(texts, folder, { recursive: true });
  const path = join(folder, 'nl.json');
  const nl = JSON.parse(readFileSync(path, 'utf8'));
  change(nl);
  writeFileSync(path, JSON.stringify(nl));
  return () => build(join(place, 'out', 'page'), ['--texts', folder]);
}

test('two builds give the same bytes', () => {
  const again = join(place, 'again', 'page');
  build(again);

  for (const file of files) assert.deepEqual(readFileSync(join(again, file)), readFileSync(join(page, file)), file);
});

test('the compressed files hold the page', () => {
  assert.equal(brotliDecompressSync(readFileSync(join(page, 'page.html.br'))).toString(), html);
  assert.equal(gunzipSync(readFileSync(join(page, 'page.html.gz'))).toString(), html);
});

test('the hash that the page shows is that of its bytes with the hash as zeros', () => {
  const shown = /name="page-hash" content="([0-9a-f]{64})"/.exec(html)[1];

  const zeroed = html.replace(shown, '0'.repeat(64));

  assert.equal(createHash('sha256').update(zeroed).digest('hex'), shown);
});

test('the commands of docs/verify-page.md come to the hash that the build printed', () => {
  const out = join(place, 'verified', 'page');
  const { page_hash } = build(out);
  const document = readFileSync(join(root, 'docs/verify-page.md'), 'utf8');
  const [, commands] = /curl [^\n]*-o page\.html\n([^]*?)\n\n/.exec(document);

  const printed = execFileSync('bash', ['-c', commands], { cwd: out, encoding: 'utf8' });

  assert.deepEqual(printed.match(/[0-9a-f]{64}/g), [page_hash, page_hash]);
});

test('the policy allows this script and this style and nothing unsafe', () => {
  const policy = headersOf(page)['Content-Security-Policy'];
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)[1];
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)[1];

  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
  for (const text of [script, style]) {
    assert.ok(policy.includes(createHash('sha256').update(text).digest('base64')));
  }
});

test('nothing in the page points to another host but what the region file names', () => {
  const bare = html.replaceAll('http://www.w3.org/2000/svg', '');
  const hosts = [...new Set(bare.match(/https?:\/\/[\w.-]+/g) ?? [])].sort();

  assert.deepEqual(hosts, ['https://neutral.example', 'https://region.example']);
});

test('first text comes within 60 KiB, and 112 with it', () => {
  const start = gunzipSync(readFileSync(join(page, 'page.html.gz')).subarray(0, 60 * 1024), {
    finishFlush: constants.Z_SYNC_FLUSH,
  }).toString();

  assert.ok(start.includes('</main>'));
  assert.ok(start.includes('tel:112'));
});

test('a catalogue that lacks a key is refused', () => {
  assert.throws(buildWith((nl) => delete nl['exit.button']), /nl: lacks exit\.button/);
});

test('a catalogue with an unknown key is refused', () => {
  assert.throws(buildWith((nl) => (nl['exit.buton'] = 'Weg')), /nl: exit\.buton is unknown/);
});

test('a catalogue with another name in braces is refused', () => {
  assert.throws(buildWith((nl) => (nl['idle.body'] = 'Nog {seconden} seconden')), /nl: idle\.body has other names/);
});

test('a region file with an unknown field is refused', () => {
  const region = join(place, 'region.json');
  writeFileSync(region, JSON.stringify({ telefone: [] }));

  assert.throws(() => build(join(place, 'out', 'page'), ['--region', region]), /unknown field telefone/);
});

test('an empty region file gives a page with 112 and nothing invented', () => {
  const out = join(place, 'empty', 'page');
  build(out, ['--region', join(root, 'client/page/region.example.json')]);

  const empty = readFileSync(join(out, 'page.html'), 'utf8');
  const built = JSON.parse(/id="page-built">(.*?)<\/script>/.exec(empty)[1]);
  assert.deepEqual(built.region, {});
  assert.equal(built.qr, null);
  assert.deepEqual([...new Set(empty.match(/href="tel:[^"]+"/g))], ['href="tel:112"']);
  assert.match(empty, /id="exit" href="about:blank"/);
});

test('a theme comes last in the style, and the policy follows it', () => {
  const out = join(place, 'themed', 'page');
  const theme = join(place, 'theme.css');
  writeFileSync(theme, ':root{--page-accent:#005ea5}');
  build(out, ['--theme', theme]);

  const themed = readFileSync(join(out, 'page.html'), 'utf8');
  const style = /<style>([\s\S]*?)<\/style>/.exec(themed)[1];
  assert.match(style, /--page-accent:\s*#005ea5\}$/);
  assert.ok(headersOf(out)['Content-Security-Policy'].includes(createHash('sha256').update(style).digest('base64')));
});

test('every code that a door asks for stands in the vocabulary, with a label', () => {
  const vocabulary = JSON.parse(readFileSync(join(root, 'config/vocabulary.json'), 'utf8')).schemes;
  const labels = JSON.parse(readFileSync(join(texts, 'en.json'), 'utf8'));
  const doors = readFileSync(join(root, 'client/page/source/doors.ts'), 'utf8');
  const asked = [...doors.matchAll(/(?:one|several)\('(\w+)', \[([^\]]*)\](?:, '(\w+)')?/g)];

  assert.equal(asked.length, 10);
  for (const [, scheme, list, unknown] of asked) {
    const codes = [...list.matchAll(/'([\w.]+)'/g)].map(([, code]) => code);
    for (const code of unknown ? [...codes, unknown] : codes) {
      assert.ok(vocabulary[scheme].entries.some((entry) => entry.code === code), `${scheme} ${code}`);
      assert.ok(labels[`code.${scheme}.${code}`], `label of ${scheme} ${code}`);
    }
  }
});
