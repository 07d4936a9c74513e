// The page in a real browser, on the real line: gateway, daemon, a coordinator's device on duty. Each story is what a
// person does, from the first screen to what the coordinator reads, and back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { catalogue, desktop, openBrowser, phone, visitor } from './browser.mjs';
import { coreStories, Stage, visitWithAnswer } from './core_stories.mjs';
import { Journey } from './journey.mjs';
import { RealRegion } from './real_region.mjs';
import { keepCode, patience, send, tell } from './reporter.mjs';

let region;
let browser;
let stage;
before(async () => {
  region = await RealRegion.open();
  browser = await openBrowser();
  stage = new Stage(region, openAt);
});
after(async () => {
  await browser?.close();
  await region?.close();
});

const doors = [['about me', 0], ['I saw something', 1], ['professional', 2], ['advice', 3]];
async function tellAndKeep(page, door, story) {
  await tell(page, door, story);
  return stage.keepSecret(await keepCode(page));
}

async function report(page, door, story) {
  const code = await tellAndKeep(page, door, story);
  await send(page);
  return code;
}

async function openAt(options = {}) {
  return visitor(browser, region.url, { language: 'nl', leavesTo: region.neutral, ...options });
}

async function done({ trouble, close }) {
  assert.deepEqual(trouble, []);
  await close();
}

// Most of a visit is waiting for a beat: several at once.
const atOnce = { concurrency: 3 };

for (const [size, viewport] of Object.entries({ phone, desktop })) {
  describe(`on a ${size}`, atOnce, () => {
    for (const [story, told] of Object.entries(coreStories)) {
      test(`${story}, on a ${size}`, () => told(new Stage(region, () => openAt({ viewport }), stage.secrets)));
    }
    for (const [name, door] of doors) {
      test(`${name}, on a ${size}: what was told is what the coordinator reads`, async () => {
        const visit = await openAt({ viewport });
        const story = stage.story(name);
        await report(visit.page, door, story);
        await region.caseWith(story);
        await done(visit);
      });
    }
  });
}

describe('every language', atOnce, () => {
  for (const language of ['en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar']) {
    test(`a report goes through a door in ${language}`, async () => {
      const visit = await openAt({ language });
      assert.equal(await visit.page.locator('html').getAttribute('lang'), language);
      assert.equal(await visit.page.locator('html').getAttribute('dir'), catalogue(language)['language.direction']);
      const story = stage.story(language);
      await report(visit.page, 0, story);
      await region.caseWith(story);
      await done(visit);
    });
  }
});

test('the answer is read with digits and with a paste in any spelling', async () => {
  const first = await openAt();
  const story = stage.story('kom terug');
  const code = await report(first.page, 0, story);
  await done(first);
  const { id } = await region.caseWith(story);
  await region.reply(id, 'Goed dat u schrijft. Donderdag kan ook.');
  for (const typed of [code.digits, `  ${code.words.toUpperCase().replaceAll(' ', ' - ')}\n`]) {
    await done(await visitWithAnswer(stage, typed, 'Donderdag kan ook'));
  }
});

test('a report that is sent while the server is away arrives when it is back, once', async () => {
  const visit = await openAt();
  const story = stage.story('herstart');
  await tellAndKeep(visit.page, 0, story);
  await region.kill('daemon');
  await visit.page.waitForSelector('main[data-screen="summary"]', patience);
  await new Journey(visit.page).go();
  await visit.page.waitForSelector('main[data-screen="sending"]');
  await new Promise((wait) => setTimeout(wait, 3000));
  await region.startDaemon();
  await visit.page.waitForSelector('main[data-screen="arrived"]', patience);
  const { told } = await region.caseWith(story, 60);
  assert.equal(told.split(story).length, 2);
  await visit.close();
});

test('two tabs of one browser are two visits: each has its code, and leaving one leaves the other', async () => {
  const visit = await openAt();
  const other = await visit.context.newPage();
  await other.goto(region.url);
  const left = stage.story('eerste tabblad');
  const kept = stage.story('tweede tabblad');
  const codes = [await tellAndKeep(visit.page, 0, left), await tellAndKeep(other, 0, kept)];
  assert.notEqual(codes[0].words, codes[1].words);
  await visit.page.locator('#exit').click();
  await visit.page.waitForURL(region.neutral);
  await send(other);
  await region.caseWith(kept);
  await assert.rejects(region.caseWith(left, 5), /did not happen/);
  await done(visit);
});

test('without scripts the same link leads away', async () => {
  const visit = await openAt({ javaScriptEnabled: false });
  await visit.page.locator('#exit').click();
  await visit.page.waitForURL(region.neutral);
  await visit.close();
});

test('no log of daemon, gateways or duty holds a story, a code or an address', async () => {
  assert.ok(stage.secrets.length > 10);
  for (const name of ['daemon', 'reporters', 'staff', 'duty']) {
    const log = region.log(name);
    for (const secret of stage.secrets) assert.equal(log.includes(secret), false, name);
    assert.doesNotMatch(log, /\d+\.\d+\.\d+\.\d+|[0-9a-f]{32}/);
  }
});
