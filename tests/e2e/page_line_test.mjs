// The page in a real browser, on the real line: gateway, daemon, a coordinator's device on duty. Each story is what a
// person does, from the first screen to what the coordinator reads, and back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { catalogue, desktop, neutral, openBrowser, phone, visitor } from './browser.mjs';
import { Journey } from './journey.mjs';
import { RealRegion, until } from './real_region.mjs';
import { comeBack, keepCode, patience, send, tell } from './reporter.mjs';

let region;
let browser;
before(async () => {
  region = await RealRegion.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await region?.close();
});

const doors = [['about me', 0], ['I saw something', 1], ['professional', 2], ['advice', 3]];
let stories = 0;
const secrets = []; // every story and code of this run: no log may hold one
function aStory(about) {
  const story = `${about}, verhaal ${(stories += 1)}`;
  secrets.push(story);
  return story;
}

async function tellAndKeep(page, door, story) {
  await tell(page, door, story);
  const code = await keepCode(page);
  secrets.push(code.words, code.digits, code.digits.replaceAll(' ', ''));
  return code;
}

async function report(page, door, story) {
  const code = await tellAndKeep(page, door, story);
  await send(page);
  return code;
}

async function openAt(options = {}) {
  return visitor(browser, region.url, { language: 'nl', ...options });
}

async function done({ trouble, close }) {
  assert.deepEqual(trouble, []);
  await close();
}

for (const viewport of [phone, desktop]) {
  for (const [name, door] of doors) {
    test(`${name}, ${viewport.width} wide: what was told is what the coordinator reads`, async () => {
      const visit = await openAt({ viewport });
      const story = aStory(name);
      await report(visit.page, door, story);
      await region.caseWith(story);
      await done(visit);
    });
  }
}

test('every language goes through a door', async () => {
  for (const language of ['en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar']) {
    const visit = await openAt({ language });
    assert.equal(await visit.page.locator('html').getAttribute('lang'), language);
    assert.equal(await visit.page.locator('html').getAttribute('dir'), catalogue(language)['language.direction']);
    const story = aStory(language);
    await report(visit.page, 0, story);
    await region.caseWith(story);
    await done(visit);
  }
});

test('the answer is read with words, with digits and with a paste in any spelling; then it is burned and gone', async () => {
  const first = await openAt();
  const story = aStory('kom terug');
  const code = await report(first.page, 0, story);
  await done(first);
  const { id } = await region.caseWith(story);
  await region.reply(id, 'Goed dat u schrijft. Donderdag kan ook.');
  for (const typed of [code.words, code.digits, `  ${code.words.toUpperCase().replaceAll(' ', ' - ')}\n`]) {
    await until('the answer', 60, async () => {
      const again = await openAt();
      try {
        await comeBack(again.page, typed);
        await again.page.waitForSelector('text=Donderdag kan ook', { timeout: 10_000 });
        return true;
      } catch {
        return false;
      } finally {
        await again.close();
      }
    });
  }
  const last = await openAt();
  await comeBack(last.page, code.words);
  await last.page.waitForSelector('text=Donderdag kan ook', patience);
  await last.page.locator('[data-key^="burn"]').first().click();
  const burned = new RegExp(catalogue('nl')['thread.burned'].replace('{number}', '\\d+'));
  await last.page.getByText(burned).first().waitFor(patience);
  await done(last);

  // For the server too: whoever comes with the code finds nothing, once the notice has changed.
  await new Promise((wait) => setTimeout(wait, 5000));
  const none = await openAt();
  await comeBack(none.page, code.words);
  await none.page.waitForSelector(`text=${catalogue('nl')['thread.none']}`, patience);
  assert.equal(await none.page.locator('text=Donderdag kan ook').count(), 0);
  await done(none);
});

test('a wrong code finds nothing, and says what to check', async () => {
  const visit = await openAt();
  await comeBack(visit.page, '1111 2222 3333 4444 5555 6666 7777');
  await visit.page.waitForSelector('[role=alert] .utrecht-alert', patience);
  assert.equal(await visit.page.locator('main').getAttribute('data-screen'), 'return');
  await done(visit);
});

test('a message is added to the report, in the same case', async () => {
  const first = await openAt();
  const story = aStory('eerst dit');
  const code = await report(first.page, 0, story);
  await done(first);
  const again = await openAt();
  await comeBack(again.page, code.digits);
  await again.page.waitForSelector('main[data-screen="thread"]', patience);
  await again.page.locator('[data-key="add"]').click();
  const more = aStory('en nog dit');
  await again.page.locator('textarea').fill(more);
  await new Journey(again.page).go();
  await send(again.page);
  const { told } = await region.caseWith(more);
  assert.match(told, new RegExp(story));
  await done(again);
});

test('a report that is sent while the server is away arrives when it is back, once', async () => {
  const visit = await openAt();
  const story = aStory('herstart');
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

test('leaving by button and by Shift goes to the neutral place; Back brings nothing back', async () => {
  for (const leave of [
    (page) => page.locator('#exit').click(),
    async (page) => {
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
    },
  ]) {
    const visit = await openAt();
    await tell(visit.page, 0, 'dit mag niet blijven');
    await leave(visit.page);
    await visit.page.waitForURL(neutral);
    await visit.page.goBack();
    assert.equal((await visit.page.content()).includes('dit mag niet blijven'), false);
    await visit.close();
  }
});

test('without scripts the same link leads away', async () => {
  const visit = await openAt({ javaScriptEnabled: false });
  await visit.page.locator('#exit').click();
  await visit.page.waitForURL(neutral);
  await visit.close();
});

test('no log of daemon, gateways or duty holds a story, a code or an address', async () => {
  assert.ok(secrets.length > 10);
  for (const name of ['daemon', 'reporters', 'staff', 'duty']) {
    const log = region.log(name);
    for (const secret of secrets) assert.equal(log.includes(secret), false, name);
    assert.doesNotMatch(log, /\d+\.\d+\.\d+\.\d+|[0-9a-f]{32}/);
  }
});
