// For everyone: what axe cannot see. 400 % zoom, room for a finger, focus that nothing hides, less motion,
// forced colours, paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { phone, visitor } from './browser.mjs';
import { ways } from './every_step.mjs';
import { browser, server } from './in_memory.mjs';
import { Journey } from './journey.mjs';

async function walk(way, viewport, look, options = {}) {
  const { page, trouble, close } = await visitor(browser, server.url, { viewport, ...options });
  await ways[way](new Journey(page, (name) => look(name, page)), page);
  assert.deepEqual(trouble, []);
  await close();
}

// 1280 by 1024 at 400 %.
const zoomed = { width: 320, height: 256 };

for (const way of Object.keys(ways)) {
  test(`${way} at 400 % zoom never scrolls sideways, and focus is never hidden`, async () => {
    await walk(way, zoomed, async (name, page) => {
      const faults = await page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        const hidden = [];
        const before = document.activeElement;
        for (const one of document.querySelectorAll('main a, main button, main input:not([tabindex]), main textarea, main select')) {
          if (!one.checkVisibility()) continue;
          one.focus();
          const box = (one.closest('label') ?? one).getBoundingClientRect();
          const top = document.getElementById('top').getBoundingClientRect().bottom;
          if (box.bottom <= top + 2 || box.top >= innerHeight - 2) hidden.push(`${one.textContent || one.tagName} ${one.id} ${Math.round(box.top)}-${Math.round(box.bottom)} below ${Math.round(top)}`);
        }
        before?.focus?.();
        return { wide: Math.max(0, wide), hidden };
      });
      assert.deepEqual(faults, { wide: 0, hidden: [] }, name);
    });
  });

  test(`${way} on a phone has room for a finger on everything that can be pressed`, async () => {
    await walk(way, phone, async (name, page) => {
      const small = await page.evaluate(() => [...document.querySelectorAll('a, button, label.option, select, summary, [role=option]')]
        .filter((one) => one.checkVisibility())
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 44 || box.width < 44)
        .map(({ one, box }) => `${one.textContent.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`));
      assert.deepEqual(small, [], name);
    });
  });
}

test('who asks for less motion gets none', async () => {
  await walk('report', phone, async (name, page) => {
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0, name);
  }, { reducedMotion: 'reduce' });
});

test('with forced colours a chosen answer and the way out still show', async () => {
  const { page, close } = await visitor(browser, server.url, { forcedColors: 'active' });
  const journey = new Journey(page);
  await journey.toDoor(0);
  await journey.at('question');
  await page.locator('.option').first().click();
  const seen = await page.evaluate(() => ({
    exit: getComputedStyle(document.getElementById('exit')).borderStyle,
    chosen: getComputedStyle(document.querySelector('.option')).outlineStyle,
  }));
  assert.deepEqual(seen, { exit: 'solid', chosen: 'solid' });
  await close();
});

test('on paper the code stands alone', async () => {
  const { page, close } = await visitor(browser, server.url);
  const journey = new Journey(page);
  await journey.toDoor(3);
  await journey.answer(2, 'x');
  await journey.at('code');
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  assert.ok(text.includes('0123'));
  for (const word of ['Leave this page', 'Meldpunt', 'You come back', 'Copy']) assert.ok(!text.includes(word), word);
  await close();
});

test('headings follow each other, and each screen has one of the first level that takes the focus', async () => {
  await walk('thread', phone, async (name, page) => {
    const heads = await page.evaluate(() => [...document.querySelectorAll('h1')].length);
    assert.equal(heads, 1, name);
    if (name === 'before' || name === 'return') {
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', name);
    }
  });
});
