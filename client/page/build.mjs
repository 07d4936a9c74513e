// build.mjs: one document for one region.
//
//   node client/page/build.mjs --pin PIN --region region.json --core page_core.wasm --out DIR
//       [--packages DIR] [--page-languages nl,en,...] [--texts DIR] [--vocabulary FILE] [--words DIR]
//       [--theme theme.css] [--entry main.ts]
//
// Writes page.html, page.html.gz, page.html.br and page.headers. The same inputs give the same bytes.
// --entry is for tests, which put other code in the place of the core; then --pin and --core may be left out.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { readCatalogues } from './making/catalogues.mjs';
import { makeDocument } from './making/document.mjs';
import { makeHeaders } from './making/headers.mjs';
import { qrOf } from './making/qr.mjs';
import { emptyFields, readRegion } from './making/region.mjs';
import { bundleScript } from './making/script.mjs';
import { bundleStyle } from './making/style.mjs';
import { warningOfUnread } from './making/unread_languages.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const budget = 320 * 1024; // bytes, compressed

const known = {
  pin: { type: 'string' },
  region: { type: 'string', default: join(here, 'region.example.json') },
  core: { type: 'string' },
  out: { type: 'string' },
  packages: { type: 'string', default: join(root, 'build/page/packages/node_modules') },
  'page-languages': { type: 'string', default: 'nl,en,ro,pl,bg,hu,vi,fr,ar' },
  texts: { type: 'string', default: join(here, 'text') },
  vocabulary: { type: 'string', default: join(root, 'config/vocabulary.json') },
  words: { type: 'string', default: join(root, 'config/words') },
  expertise: { type: 'string', default: join(here, 'expertise.json') },
  theme: { type: 'string' },
  entry: { type: 'string', default: join(here, 'source/main.ts') },
};

function municipalitiesOf(vocabulary) {
  return vocabulary.schemes.municipality.entries
    .filter((entry) => entry.code.startsWith('GM') && !entry.retired)
    .map((entry) => ({ code: entry.code, label: entry.label.nl }));
}

// Data blocks: no script, nothing that runs. A word list compresses best as text.
function blocksOf(options, built, texts, worker) {
  const base64 = (path) => (path ? readFileSync(path).toString('base64') : '');
  const words = (name) => readFileSync(join(options.words, `${name}.txt`), 'utf8');
  return [
    { id: 'page-built', type: 'application/json', content: JSON.stringify(built) },
    { id: 'page-texts', type: 'application/json', content: JSON.stringify(texts) },
    { id: 'page-words-nl', type: 'text/plain', content: words('nl') },
    { id: 'page-words-en', type: 'text/plain', content: words('en') },
    { id: 'page-pin', type: 'application/octet-stream', content: base64(options.pin) },
    { id: 'page-worker', type: 'text/plain', content: worker },
    { id: 'page-core', type: 'application/octet-stream', content: base64(options.core) },
  ];
}

function write(out, document, headers) {
  mkdirSync(out, { recursive: true });
  const bytes = Buffer.from(document.html);
  const gzip = gzipSync(bytes, { level: 9 });
  gzip[9] = 3; // the system in gzip's header, the same on every one
  const brotli = brotliCompressSync(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } });
  writeFileSync(join(out, 'page.html'), bytes);
  writeFileSync(join(out, 'page.html.gz'), gzip);
  writeFileSync(join(out, 'page.html.br'), brotli);
  writeFileSync(join(out, 'page.headers'), headers);
  return { html: bytes.length, gzip: gzip.length, brotli: brotli.length };
}

async function build(options) {
  if (!options.out) throw new Error('--out DIR says where to');
  if (options.entry === known.entry.default && !(options.pin && options.core)) {
    throw new Error('--pin and --core are needed: without them the page could send nothing');
  }
  const packages = createRequire(join(resolve(options.packages), 'packages.cjs'));
  const region = readRegion(options.region);
  const languages = options['page-languages'].split(',');
  const texts = readCatalogues(options.texts, languages);
  const vocabulary = JSON.parse(readFileSync(options.vocabulary, 'utf8'));
  const script = await bundleScript(packages, options.entry);
  const worker = options.core ? await bundleScript(packages, join(here, 'source/worker.ts')) : '';
  const theme = options.theme ?? region.theme;
  const style = await bundleStyle(packages, join(here, 'style.css'), theme && resolve(dirname(options.region), theme));
  const built = {
    region, municipalities: municipalitiesOf(vocabulary), qr: qrOf(packages, region.publicUrl),
    expertise: JSON.parse(readFileSync(options.expertise, 'utf8')),
  };
  const blocks = blocksOf(options, built, texts, worker);
  const policy = makeHeaders(script, style);
  const document = makeDocument({ region, texts, blocks, script, style, policy: policy.inDocument });
  const sizes = write(options.out, document, policy.text);
  console.log(JSON.stringify({ page_hash: document.hash, page_kib: Math.ceil(sizes.brotli / 1024),
    page_gzip_kib: Math.ceil(sizes.gzip / 1024), page_html_kib: Math.ceil(sizes.html / 1024), empty: emptyFields(region) }));
  // To the operator, not to the visitor.
  const warning = warningOfUnread(languages);
  if (warning) console.error(`page: ${warning}`);
  if (sizes.brotli > budget) throw new Error(`the page is larger than ${budget / 1024} KiB`);
}

try {
  await build(parseArgs({ options: known }).values);
} catch (error) {
  console.error(`page: ${error.message}`);
  process.exit(1);
}
