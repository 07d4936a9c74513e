// What is left on the device when somebody has reported, come back for the answer and left: the address, the title and
// the times, where a browser keeps its history. Not a word that was written, shown or typed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { Daemon } from '../../client/page/test/daemon.mjs';
import { aRegion, build, chromium, packages, root, serve, work } from './browser.mjs';
import { openFirefox } from './firefox.mjs';
import { foundIn } from './profile_search.mjs';
import { until } from '../support/listening.mjs';
import { comeBack, report, shows } from './reporter.mjs';

const story = 'Zij slaapt in de wasserij Kwikzilver.';
const answer = 'Kom dinsdag naar de Zonnebloemkamer.';

let daemon;
let page;
let neutral;
let careless;
before(async () => {
  daemon = new Daemon();
  neutral = await anotherServer((response) => response.end('<title>Weather</title><h1>Weather</h1>'));
  careless = await anotherServer((response, path) => {
    response.setHeader('Cache-Control', path === '/' ? 'no-store' : 'max-age=3600');
    if (path === '/') return response.end('<title>Careless</title>');
    response.setHeader('Content-Encoding', 'gzip');
    return response.end(gzipSync(answer));
  });
  const place = join(work, 'traces');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'pin'), Buffer.from(await daemon.ask('pin'), 'hex'));
  build(join(place, 'page'), ['--pin', join(place, 'pin'), '--core', process.env.MELDPUNT_CORE,
    '--entry', join(root, 'tests/e2e/main_quick_beat.ts')], { ...aRegion, exitUrl: neutral.url });
  page = await serve(join(place, 'page'), (frame) => daemon.frame(frame));
});
after(() => {
  for (const server of [page, neutral, careless]) server?.close();
  daemon?.close();
});

async function anotherServer(answered) {
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    answered(response, request.url);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// Browsers as people have them: with a profile, in which a session is written down twice a second.
const browsers = {
  Chromium: async (profile) => {
    const context = await packages('playwright-core').chromium.launchPersistentContext(profile, { ...chromium, locale: 'nl' });
    return { page: context.pages()[0], close: () => context.close() };
  },
  Firefox: async (profile) => {
    const firefox = await openFirefox({
      userDataDir: profile,
      prefs: { 'browser.sessionstore.resume_from_crash': true, 'browser.sessionstore.interval': 500 },
    });
    return { page: await firefox.ownPage(), close: () => firefox.close() };
  },
};
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Where a browser writes down where somebody was, and when.
const history = {
  Chromium: /^Default\/(History|Favicons|Preferences|Top Sites|Sessions\/.*)$|^segmentation_platform\/ukm_db/,
  Firefox: /^(places|favicons)\.sqlite|^sessionstore/,
};
const visited = {
  Chromium: { file: 'Default/History', ask: 'select distinct url, title from urls' },
  Firefox: { file: 'places.sqlite', ask: 'select distinct url, title from moz_places where visit_count > 0' },
};

// The deed gets the browser and its profile; what it does after browser.close() looks at what is left.
async function withProfile(open, deed) {
  const profile = mkdtempSync(join(tmpdir(), 'meldpunt-profile-'));
  const browser = await open(profile);
  try {
    await deed(browser, profile);
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true });
  }
}

// Two words of a code that follow each other are as good as all of it: one alone stands in every page's word list.
function textsOf(code) {
  const words = code.words.split(' ');
  const pairs = [' ', ',', '-', '', '","'].flatMap((between) => words.slice(1).map((word, i) => words[i] + between + word));
  const digits = code.digits.split(' ');
  return ['Kwikzilver', 'Zonnebloemkamer', ...pairs, ...digits.slice(1).flatMap((four, i) => [digits[i] + four, `${digits[i]} ${four}`])];
}

async function reportAndReturn(browser) {
  await browser.page.goto(page.url);
  const code = await report(browser.page, 0, story);
  await daemon.reply({ index: 0, text: answer });
  await browser.page.goto(page.url);
  await comeBack(browser.page, code.words);
  await shows(browser.page, answer);
  return code;
}

for (const [name, open] of Object.entries(browsers)) {
  test(`${name} keeps address, title and times of a report that was sent, answered and left, and nothing of its words`, () =>
    withProfile(open, async (browser, profile) => {
      const code = await reportAndReturn(browser);
      await browser.page.locator('#exit').click();
      await browser.page.waitForURL(neutral.url);
      await pause(1500);
      await browser.close();

      assert.deepEqual(foundIn(profile, textsOf(code)), []);
      const { file, ask } = visited[name];
      const rows = JSON.parse(execFileSync('sqlite3', ['-json', join(profile, file), ask], { encoding: 'utf8' }));
      const kept = rows.filter(({ url }) => url.startsWith('http://127'));
      assert.deepEqual(kept.map(({ url }) => url).sort(), [page.url, neutral.url].sort());
      for (const { title } of kept) assert.ok(['Informatie', 'Weather'].includes(title), title);
      const places = foundIn(profile, [page.url]).map((line) => line.split(': ')[0]);
      assert.ok(places.includes(file));
      assert.deepEqual(places.filter((path) => !history[name].test(path)), []);
    }));

  test(`${name} keeps no word of a page that is closed in the middle, while it keeps what stands in a careless field there`, () =>
    withProfile(open, async (browser, profile) => {
      const code = await reportAndReturn(browser);
      await browser.page.locator('[data-key="add"]').click();
      await browser.page.locator('textarea').fill('Nog iets over Spiegelglas.');
      await browser.page.evaluate(() => document.body.prepend(document.createElement('textarea')));
      await browser.page.locator('textarea').first().fill('Kattenkwaad');
      await until('the session', 30, () => pause(1000).then(() => foundIn(profile, ['Kattenkwaad']).length > 0));
      await browser.close();

      assert.deepEqual(foundIn(profile, [...textsOf(code), 'Spiegelglas']), []);
      assert.ok(foundIn(profile, ['Kattenkwaad']).length > 0);
    }));

  test(`what a careless page leaves in ${name} is found: in storage, in the history, compressed in the cache`, () =>
    withProfile(open, async (browser, profile) => {
      await browser.page.goto(careless.url);
      await browser.page.evaluate(async () => {
        localStorage.setItem('words', 'Kwikzilver');
        document.title = 'Kattenkwaad';
        await (await fetch('/cached')).text();
      });
      await pause(1500);
      await browser.close();

      for (const word of ['Kwikzilver', 'Kattenkwaad', 'Zonnebloemkamer']) {
        assert.ok(foundIn(profile, [word]).length > 0, word);
      }
    }));
}
