// Every step as a picture, in Dutch, English and Arabic, on a phone and on a desk: to be looked at. What a
// program can see is asserted on the way: axe finds nothing, and nothing is wider than the screen.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { desktop, everyLanguage, packages, phone, visitor, work } from './browser.mjs';
import { ways } from './every_step.mjs';
import { browser, server } from './in_memory.mjs';
import { Journey } from './journey.mjs';

const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// English shares its markup and direction with Dutch, and a desk its markup with a phone but not its layout: that Dutch
// is sound on both, and Arabic on a phone, is looked at every time; every language in every size in the long run.
const soundIn = (language, size) => process.env.MELDPUNT_LONG || language === 'nl' || (language === 'ar' && size === 'phone');

async function inspected(name, page, folder, sound) {
  await page.screenshot({ path: join(folder, `${name}.jpg`), fullPage: true, type: 'jpeg', quality: 80 });
  if (sound) await foundByAxe(name, page);
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

for (const language of process.env.MELDPUNT_LONG ? everyLanguage : ['nl', 'en', 'ar']) {
  for (const [size, viewport] of Object.entries({ phone, desktop })) {
    for (const [way, walk] of Object.entries(ways)) {
      test(`${way} in ${language} on a ${size}: whole, translated, and sound to axe`, async () => {
        const folder = join(work, 'screenshots', `${language}-${size}`);
        mkdirSync(folder, { recursive: true });
        const { page, trouble, close } = await visitor(browser, server.url, { viewport, language });
        await walk(new Journey(page, (name) => inspected(name, page, folder, soundIn(language, size))), page);
        assert.deepEqual(trouble, []);
        await close();
      });
    }
  }
}
