// Every step as a picture, in Dutch, English and Arabic, on a phone and on a desk: to be looked at. What a
// program can see is asserted on the way: axe finds nothing, and nothing is wider than the screen.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { builtOnce, desktop, openBrowser, packages, phone, serve, visitor, work } from './browser.mjs';
import { aConsent, aReply, Journey } from './journey.mjs';

const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let browser;
let server;

before(async () => {
  server = await serve(builtOnce());
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function inspected(name, page, folder) {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  if (page.viewportSize().width === phone.width) await foundByAxe(name, page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the screen`);
  const bare = await page.evaluate(() => document.body.innerText.match(/\b(?:[a-z_]+\.){1,3}[a-z_0-9]+\b(?= |$)/gm) ?? []);
  const keys = bare.filter((word) => /^(home|code|thread|question|nav|door|story|entry|expertise|consent|sending)\./.test(word));
  assert.deepEqual(keys, [], `untranslated on ${name}`);
}

async function foundByAxe(name, page) {
  await page.evaluate(axe);
  const found = await page.evaluate((runOnly) =>
    globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }), tags);
  const faults = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  assert.deepEqual(faults, [], `axe on ${name}`);
}

const replies = [
  aReply(3, { status: 'consent', consent: aConsent, text: '' }),
  aReply(2, { status: 'question', textModule: 'MORE', urgent: true, link: 'unknown' }),
  aReply(0, { status: 'read', text: '' }),
];

// Each opens a new visit; together they see every screen.
const ways = {
  async report(journey, page) {
    await journey.toDoor(1);
    await journey.answer(7, 'Ik zag dat Maria niet naar buiten mag. Bel 06 12345678.');
    await journey.at('way_back');
    await journey.choose(0);
    await journey.keepCode();
    await journey.at('summary');
    await journey.go();
    await journey.at('sending');
    await journey.becomes('failed', { why: 'refused' });
    await journey.at('failed');
    await journey.go();
    await journey.becomes('sending', { total: 20, acknowledged: 3 });
    await page.waitForFunction(() => document.querySelector('progress')?.value === 3);
    await journey.at('sending', 'sending_large');
    await journey.becomes('arrived');
    await journey.at('arrived');
  },
  async thread(journey, page) {
    await journey.comeBack(replies, { unreadable: 1 });
    await page.locator('[data-key="erase"]').click();
    await journey.at('erase');
  },
  async reading(journey, page) {
    await journey.at('home');
    await page.locator('.choice').nth(3).click();
    await journey.at('safety');
    await page.locator('.back button').click();
    await page.locator('.choice').nth(2).click();
    await journey.at('expertise');
    for (const [i, name] of ['signs', 'rights', 'after', 'who', 'what', 'work'].entries()) {
      await page.locator('.choice').nth(i).click();
      if (i === 0) await page.locator('.option').nth(2).click();
      await journey.at(`expertise_${name}`);
      await page.locator('.back button').click();
    }
    await page.locator('.choice').nth(6).click();
    await journey.at('expertise_cards');
    for (const [i, name] of ['signal', 'poster', 'small'].entries()) {
      await page.locator('.choice').nth(i).click();
      await journey.at(`card_${name}`);
      await page.locator('.back button').click();
    }
  },
  async languages(journey, page) {
    await journey.at('home');
    await page.locator('.language').click();
    await journey.atEachStep('languages', page);
    await page.evaluate(() => {
      globalThis.visit.line = { ...globalThis.visit.line, notice: 'unreachable' };
    });
    await page.locator('.language').click();
    await page.locator('.choice').nth(0).click();
    await page.locator('main .utrecht-button--primary-action').first().click();
    await journey.at('doors', 'unreachable');
  },
};

for (const language of ['nl', 'en', 'ar']) {
  for (const [size, viewport] of Object.entries({ phone, desktop })) {
    for (const [way, walk] of Object.entries(ways)) {
      test(`${way} in ${language} on a ${size}: whole, translated, and sound to axe`, async () => {
        const folder = join(work, 'screenshots', `${language}-${size}`);
        mkdirSync(folder, { recursive: true });
        const { page, trouble, close } = await visitor(browser, server.url, { viewport, language });
        await walk(new Journey(page, (name) => inspected(name, page, folder)), page);
        assert.deepEqual(trouble, []);
        await close();
      });
    }
  }
}
