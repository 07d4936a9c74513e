// page_bench.mjs --core page_core.wasm --packages FOLDER [--browser PROGRAM] [NAME...]: measures the page, or what is named,
// and prints one JSON object a line as bench does; progress goes to standard error.
//
//   page_kib          the download: one document, Brotli
//   page_ready_ms     from the navigation to the first screen over a started core, on a slow line; median of five
//   code_to_keys_ms   a code's keys in the page's core
//   puzzle_ms         the dearest puzzle, on average
//
// The slow line is Chromium's own: 1.6 Mbit/s down, and 150 ms for each of three round trips before the first byte (TCP,
// TLS, the request itself). The page comes over plain HTTP from loopback, with the bytes and headers of the build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const line = { offline: false, latency: 3 * 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const rounds = 5;

const { values: options, positionals: names } = parseArgs({ allowPositionals: true, options: {
  core: { type: 'string', default: join(root, 'build/release/bin/page_core.wasm') },
  packages: { type: 'string', default: join(root, 'build/page/packages') },
  browser: { type: 'string', default: '/usr/bin/chromium' },
} });
const place = mkdtempSync(join(tmpdir(), 'page-bench-'));
const packages = createRequire(join(resolve(options.packages), 'node_modules/packages.cjs'));

// The pin of the vectors: a region that the core accepts, and which nobody serves.
function writePin() {
  const lines = readFileSync(join(root, 'tests/vectors/pin/founding.txt'), 'utf8').split('\n');
  const first = lines.findIndex((text) => text.startsWith('pin: '));
  const past = lines.findIndex((text, at) => at > first && !text.startsWith('  '));
  // "32*33": the byte 0x33, 32 times.
  const bytes = lines.slice(first, past).flatMap((text) => text.replace('pin:', '').trim().split(/\s+/)).map((word) => {
    const [, count, byte] = /^(\d+)\*([0-9a-f]{2})$/.exec(word) ?? [];
    return count ? byte.repeat(Number(count)) : word;
  });
  writeFileSync(join(place, 'pin'), Buffer.from(bytes.join(''), 'hex'));
}

let folder = null;
function builtPage() {
  if (folder) return folder;
  writePin();
  folder = join(place, 'page');
  execFileSync('node', [join(root, 'client/page/build.mjs'), '--pin', join(place, 'pin'), '--core', options.core,
    '--packages', join(options.packages, 'node_modules'), '--out', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  return folder;
}

function serve(page) {
  const body = readFileSync(join(page, 'page.html.br'));
  const headers = readFileSync(join(page, 'page.headers'), 'utf8').trim().split('\n').map((text) => text.split(/: (.*)/s));
  let asked = 0; // frames that the core posted: it has started
  const server = http.createServer((request, response) => {
    if (request.method === 'POST') {
      asked += 1;
      request.resume();
      response.writeHead(503).end();
      return;
    }
    if (!/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) throw new Error('the browser does not ask for Brotli');
    response.writeHead(200, { ...Object.fromEntries(headers), 'Content-Encoding': 'br', 'Content-Length': body.length });
    response.end(body);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done({
    url: `http://127.0.0.1:${server.address().port}/`, asked: () => asked, close: () => server.close(),
  })));
}

async function readyOnce(browser, served) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', line);
    // Noted by the page's own clock when the script has drawn the first screen, which it does when the core has started.
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.querySelector('main[data-screen="home"] button')) globalThis.readyAfter ??= performance.now();
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
    const before = served.asked();
    await page.goto(served.url, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.readyAfter, null, { timeout: 60_000 });
    const after = await page.evaluate(() => globalThis.readyAfter);
    for (let tries = 0; served.asked() === before; tries += 1) {
      if (tries > 200) throw new Error('the core never asked for the notice');
      await new Promise((done) => setTimeout(done, 100));
    }
    return after;
  } finally {
    await context.close();
  }
}

function tell(name, value, unit, limit) {
  console.log(JSON.stringify({ name, value, unit, limit, ratio: Number((value / limit).toFixed(3)) }));
}

function underNode(program) {
  const bundle = join(place, 'core.mjs');
  execFileSync(join(options.packages, 'node_modules/.bin/esbuild'), [join(root, 'client/page/source/core.ts'), '--bundle',
    '--log-level=warning', '--format=esm', `--outfile=${bundle}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('node', [join(root, `client/page/test/${program}.mjs`), bundle, resolve(options.core)],
    { stdio: ['ignore', 'inherit', 'inherit'] });
}

const figures = {
  page_kib() {
    tell('page_kib', Number((statSync(join(builtPage(), 'page.html.br')).size / 1024).toFixed(3)), 'KiB', 320);
  },
  async page_ready_ms() {
    const served = await serve(builtPage());
    const browser = await packages('playwright-core').chromium.launch({ executablePath: options.browser,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
    const times = [];
    try {
      for (let round = 0; round < rounds; round += 1) times.push(await readyOnce(browser, served));
    } finally {
      await browser.close();
      served.close();
    }
    times.sort((a, b) => a - b);
    console.error(`  page_ready_ms: from ${Math.round(times[0])} to ${Math.round(times.at(-1))} ms in ${rounds} rounds`);
    tell('page_ready_ms', Math.round(times[(rounds - 1) / 2]), 'ms', 3000);
  },
  code_to_keys_ms() {
    underNode('code_to_keys');
  },
  puzzle_ms() {
    underNode('dearest_puzzle');
  },
};

let failed = false;
for (const [name, measure] of Object.entries(figures)) {
  if (names.length && !names.includes(name)) continue;
  console.error(`${name} ...`);
  try {
    await measure();
  } catch (error) {
    console.error(` failed: ${error.message}`);
    failed = true;
  }
}
rmSync(place, { recursive: true });
process.exit(failed ? 70 : 0);
