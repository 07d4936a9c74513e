// Quick to leave: by button, keyboard and link; nothing comes back; nobody's words stay when nobody is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { desktop, neutral, phone, visitor } from './browser.mjs';
import { browser, server } from './in_memory.mjs';
import { Journey } from './journey.mjs';

const secret = 'Zij mag het huis niet uit.';

// Someone has typed something.
async function writing(options) {
  const visit = await visitor(browser, server.url, options);
  const journey = new Journey(visit.page);
  await journey.toDoor(3);
  for (let i = 0; i < 2; i += 1) {
    await visit.page.locator('main[data-screen=question] .utrecht-button--subtle').last().click();
    await visit.page.waitForTimeout(50);
  }
  await journey.at('story');
  await visit.page.locator('textarea').fill(secret);
  return { ...visit, journey };
}

async function assertGone(page) {
  await page.waitForURL(neutral);
  // The page's own entry in the history is taken: with a plain link there would be one more.
  assert.equal(await page.evaluate(() => history.length), 2);
  await page.goBack().catch(() => null);
  await page.waitForTimeout(300);
  const left = await page.evaluate(() => document.documentElement.innerText + [...document.querySelectorAll('textarea')].map((one) => one.value));
  assert.ok(!left.includes(secret), 'Back shows what was typed');
}

test('the button leaves, and Back shows nothing of what was typed', async () => {
  const { page, close } = await writing();
  await page.locator('#exit').click();
  await assertGone(page);
  await close();
});

test('Shift three times leaves, with spoken progress', async () => {
  const { page, close } = await writing();
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => document.querySelector('.spoken[role=status]').textContent.includes('two more'));
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => document.querySelector('.spoken[role=status]').textContent.includes('one more'));
  await page.keyboard.press('Shift');
  await assertGone(page);
  await close();
});

test('Shift for capitals does not leave, nor when it is switched off', async () => {
  const { page, close } = await visitor(browser, server.url);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+A');
  await page.locator('.choice').nth(3).click();
  await page.locator('main input[type=checkbox]').uncheck();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift');
  await page.waitForTimeout(200);
  assert.equal(page.url(), server.url);
  await close();
});

test('three presses in more than five seconds are not three presses', async () => {
  const { page, close } = await visitor(browser, server.url);
  await page.clock.install();
  for (let i = 0; i < 4; i += 1) {
    await page.keyboard.press('Shift');
    await page.clock.fastForward(2600);
  }
  assert.equal(page.url(), server.url);
  await close();
});

test('leaving comes first in the order of the keyboard', async () => {
  const { page, close } = await visitor(browser, server.url);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'exit');
  await page.keyboard.press('Enter');
  await page.waitForURL(neutral);
  await close();
});

test('going elsewhere and back shows an empty page that leaves again', async () => {
  const { page, close } = await writing();
  await page.evaluate((url) => (window.location.href = url), `${server.url}?elsewhere`).catch(() => null);
  await page.waitForTimeout(300);
  await page.goBack({ waitUntil: 'commit' }).catch(() => null);
  await page.waitForTimeout(500);
  const left = await page.evaluate(() => document.documentElement.innerText + [...document.querySelectorAll('textarea')].map((one) => one.value));
  assert.ok(!left.includes(secret));
  await close();
});

test('a page that the browser kept alive is wiped, and leaves when it comes back', async () => {
  const { page, close } = await writing();
  const kept = await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return { body: document.body.childElementCount, wiped: globalThis.visit.wiped };
  });
  assert.deepEqual(kept, { body: 0, wiped: true });
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await page.waitForURL(neutral);
  await close();
});

test('after nine idle minutes it warns, after ten it is gone', async () => {
  const { page, close } = await writing();
  await page.clock.install();
  await page.reload();
  await page.locator('.choice').first().waitFor();
  await page.clock.fastForward(9 * 60_000 + 2000);
  await page.locator('.idle').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Yes, keep it open');
  await page.locator('.idle button').click();
  assert.equal(await page.locator('.idle').count(), 0);
  await page.clock.fastForward(9 * 60_000 + 2000);
  await page.locator('.idle').waitFor();
  await page.clock.fastForward(60_000);
  await page.waitForURL(neutral);
  await close();
});

test('a send in progress puts the idle wipe off, and says so', async () => {
  const { page, close } = await visitor(browser, server.url);
  await page.clock.install();
  await page.reload();
  const journey = new Journey(page);
  await journey.comeBack([]);
  await page.locator('[data-key="erase"]').click();
  await journey.at('erase');
  await journey.go();
  await journey.at('sending');
  await page.clock.fastForward(11 * 60_000);
  await page.locator('.idle').waitFor();
  assert.match(await page.locator('.idle').textContent(), /still being sent/);
  assert.equal(page.url(), server.url);
  await journey.becomes('arrived');
  await page.clock.fastForward(3000);
  await page.waitForURL(neutral);
  await close();
});

test('without scripts there are text, 112, a telephone number and a plain way out', async () => {
  const { page, close } = await visitor(browser, server.url, { javaScriptEnabled: false });
  assert.ok(await page.locator('noscript').count() > 0);
  const text = await page.locator('main').innerText();
  for (const needed of ['JavaScript', '112', '0000 000 000']) assert.ok(text.includes(needed), needed);
  assert.equal(await page.locator('form, textarea, input').count(), 0);
  assert.equal(await page.locator('#exit').getAttribute('rel'), 'noreferrer');
  await page.locator('#exit').click();
  await page.waitForURL(neutral);
  await close();
});

test('one address and one title on every step, and nothing is stored', async () => {
  const { page, context, close } = await writing({ viewport: desktop });
  assert.equal(page.url(), server.url);
  const kept = await page.evaluate(async () => ({
    title: document.title, length: history.length, local: localStorage.length, session: sessionStorage.length,
    bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  const { title, length, ...stored } = kept;
  assert.ok(length <= 2 && !/traffick|handel|slachtoffer/i.test(title));
  assert.deepEqual(stored, { local: 0, session: 0, bases: 0, caches: 0, workers: 0 });
  assert.deepEqual(await context.cookies(), []);
  await close();
});

test('on a phone nothing covers the way out, wherever one scrolls', async () => {
  const { page, close } = await visitor(browser, server.url, { viewport: phone });
  for (const y of [0, 300, 5000]) {
    await page.evaluate((to) => window.scrollTo(0, to), y);
    const top = await page.evaluate(() => {
      const box = document.getElementById('exit').getBoundingClientRect();
      return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.id;
    });
    assert.equal(top, 'exit');
  }
  await close();
});
