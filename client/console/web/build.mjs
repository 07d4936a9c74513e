// build.mjs: the coordinator's screens as one document.
//
//   node client/console/web/build.mjs --out DIR [--packages DIR] [--theme theme.css]
//
// Writes console.html and console.headers. The same inputs give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { readCatalogues } from '../../page/making/catalogues.mjs';
import { makeDocument } from './making/document.mjs';
import { makeHeaders } from './making/headers.mjs';
import { bundleScript } from './making/script.mjs';
import { bundleStyle } from './making/style.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const languages = ['nl', 'en'];

const known = {
  out: { type: 'string' },
  packages: { type: 'string', default: join(root, 'build/console/packages/node_modules') },
  theme: { type: 'string' },
};

async function build(options) {
  if (!options.out) throw new Error('--out DIR says where to');
  readCatalogues(join(here, 'text'), languages); // stops at a text that one language lacks
  const folder = resolve(options.packages);
  const packages = createRequire(join(folder, 'packages.cjs'));
  const script = await bundleScript(packages, join(here, 'source/main.tsx'), folder);
  const theme = options.theme ? readFileSync(options.theme, 'utf8') : '';
  const style = await bundleStyle(packages, readFileSync(join(here, 'style.css'), 'utf8'), theme);
  const html = makeDocument(script, style);
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'console.html'), html);
  writeFileSync(join(options.out, 'console.headers'), makeHeaders(script, style));
  console.log(JSON.stringify({ console_kib: Math.ceil(Buffer.byteLength(html) / 1024) }));
}

try {
  await build(parseArgs({ options: known }).values);
} catch (error) {
  console.error(`console: ${error.message}`);
  process.exit(1);
}
