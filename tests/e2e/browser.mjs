// What the tests of the page share: it is built over a visit in memory, served with its own headers, and
// opened in Debian's Chromium. Everything that a page asks for or complains about is kept.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '../..');
// ctest says where; by hand the usual folders do.
export const work = process.env.MELDPUNT_PAGE_WORK ?? join(root, 'build/page');
export const installed = process.env.MELDPUNT_PAGE_PACKAGES ?? join(work, 'packages');
export const packages = createRequire(join(installed, 'node_modules/packages.cjs'));
export const texts = join(root, 'client/page/text');
export const neutral = 'https://neutral.example/';

export const aRegion = {
  name: 'Meldpunt', exitUrl: neutral, publicUrl: 'https://region.example/information',
  readers: { nl: 'Twee coördinatoren van de regio', en: 'Two coordinators of the region' },
  answerTime: { nl: 'Meestal binnen drie werkdagen', en: 'Mostly within three working days' },
  telephones: [{ label: { nl: 'Coördinator', en: 'Coordinator' }, number: '0000 000 000', hours: { nl: 'ma-vr 9-17 uur', en: 'Mon-Fri 9:00-17:00' } }],
};

export const overMemory = ['--entry', join(root, 'client/page/test/main_in_memory.ts')];

export function build(out, extra = overMemory, place = aRegion) {
  const region = join(out, '..', 'region.json');
  mkdirSync(out, { recursive: true });
  writeFileSync(region, JSON.stringify(place));
  const printed = execFileSync('node', [join(root, 'client/page/build.mjs'), '--region', region, '--out', out,
    '--packages', join(installed, 'node_modules'),
    ...extra], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(printed.trim().split('\n').pop());
}

let folder = null;
export function builtOnce() {
  if (!folder) {
    folder = join(work, 'in_memory', String(process.pid), 'page');
    build(folder);
    process.on('exit', () => rmSync(join(folder, '..'), { recursive: true, force: true }));
  }
  return folder;
}

export function headersOf(folder) {
  const lines = readFileSync(join(folder, 'page.headers'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

// The page at "/", as the gateway would send it; nothing else exists. `post`: one frame in, one out.
export async function serve(folder, post) {
  const page = readFileSync(join(folder, 'page.html'));
  const headers = headersOf(folder);
  const server = http.createServer(async (request, response) => {
    if (post && request.method === 'POST' && request.url === '/') {
      const parts = [];
      for await (const part of request) parts.push(part);
      const answer = await post(Buffer.concat(parts));
      response.writeHead(200, { ...headers, 'Content-Type': 'application/octet-stream' });
      response.end(answer);
      return;
    }
    response.writeHead(request.url === '/' ? 200 : 404, headers);
    response.end(request.url === '/' ? page : '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// Screens are looked at in the same engine without the browser's own windows, which take most of a processor; what a
// browser does besides showing pages (sessions, leaving, the line) is tested in all of Chromium.
export const chromium = {
  executablePath: process.env.MELDPUNT_BROWSER ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
};

export function openBrowser() {
  return packages('playwright-core').chromium.launch(chromium);
}

export const everyLanguage = ['nl', 'en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar'];
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };

// A visitor with a language and a screen. `trouble`: errors, and requests to another origin than the
// page's own or, on leaving, the neutral one. `prepare`: before the page is asked for.
export async function visitor(browser, url,
  { viewport = phone, language = 'en', leavesTo = neutral, prepare = async () => {}, ...options } = {}) {
  const context = await browser.newContext({ viewport, locale: language, ...options });
  await context.route(`${leavesTo}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }));
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && asked !== leavesTo && !asked.startsWith('data:')) trouble.push(`request: ${asked}`);
  });
  await prepare(page);
  await page.goto(url);
  return { page, context, trouble, close: () => context.close() };
}

export const catalogue = (language) => JSON.parse(readFileSync(join(texts, `${language}.json`), 'utf8'));
