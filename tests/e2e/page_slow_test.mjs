// The page over a line of 64 kbit/s, as in a cellar or abroad: it loads, and a report whose sending takes minutes and is cut
// in the middle arrives, once. It takes ten minutes, so it is told in the long run only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser, visitor } from './browser.mjs';
import { Journey } from './journey.mjs';
import { RealRegion } from './real_region.mjs';
import { keepCode, tell } from './reporter.mjs';
import { SlowLine } from './slow_line.mjs';

const speed = 64_000; // bits a second
const minutes = 3; // that the sending takes at the least
const pictures = 4; // about 50 parts, one every five seconds

let region;
let line;
let browser;
before(async () => {
  // The page as it is delivered, and ticks that outlast a slow frame.
  region = await RealRegion.open('../../client/page/source/main.ts', 60);
  line = await SlowLine.to(region.ports.web, speed);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  line?.close();
  await region?.close();
});

// Noise: it stays large, however it is drawn anew.
async function addPictures(page) {
  const drawn = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 700, height: 500 });
    const pen = canvas.getContext('2d');
    const noise = pen.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < noise.data.length; at += 65536) crypto.getRandomValues(noise.data.subarray(at, at + 65536));
    pen.putImageData(noise, 0, 0);
    const made = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    return [...new Uint8Array(await made.arrayBuffer())];
  });
  for (let i = 0; i < pictures; i += 1) {
    await page.locator('input[type=file]').setInputFiles({ name: `${i}.png`, mimeType: 'image/png', buffer: Buffer.from(drawn) });
    await page.waitForFunction((wanted) => document.querySelectorAll('.photos li').length === wanted, i + 1);
  }
}

test('over 64 kbit/s the page loads, and a report that is cut twice while it is sent arrives once',
  { skip: process.env.MELDPUNT_LONG ? false : 'only in the long run' }, async () => {
    const began = Date.now();
    const { page, close } = await visitor(browser, line.url, { language: 'nl', prepare: (made) => made.setDefaultNavigationTimeout(120_000) });
    assert.ok(Date.now() - began > 20_000, 'the line is slow');
    const story = 'Een verhaal over een langzame lijn.';
    await tell(page, 0, story, addPictures);
    await keepCode(page);
    await page.waitForSelector('main[data-screen="summary"]');
    const sent = Date.now();
    await new Journey(page).go();
    for (const parts of [5, 15]) {
      await page.waitForFunction((wanted) => document.querySelector('progress')?.value >= wanted, parts, { timeout: 240_000, polling: 500 });
      await line.cutWhile(() => new Promise((back) => setTimeout(back, 10_000)));
    }
    await page.waitForSelector('main[data-screen="arrived"]', { timeout: 600_000 });
    assert.ok(Date.now() - sent > minutes * 60_000, `it took ${Date.now() - sent} ms`);
    const { told } = await region.caseWith(story, 60);
    assert.equal(told.split(story).length, 2);
    await close();
  });
