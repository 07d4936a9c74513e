// The delivered page over the real core, and behind it a real daemon in one process (tests/support/page_daemon):
// what is written in a browser is what a coordinator reads, and the other way round.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Daemon } from '../../client/page/test/daemon.mjs';
import { build, openBrowser, serve, visitor, work } from './browser.mjs';
import { Journey } from './journey.mjs';

let browser;
let server;
let daemon;
const frames = [];

before(async () => {
  daemon = new Daemon();
  const place = join(work, 'core');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'pin'), Buffer.from(await daemon.ask('pin'), 'hex'));
  const { page_kib, page_gzip_kib } = build(join(place, 'page'), ['--pin', join(place, 'pin'), '--core', process.env.MELDPUNT_CORE]);
  assert.ok(Math.max(page_kib, page_gzip_kib) <= 320, `${page_kib} KiB, ${page_gzip_kib} with gzip`);
  server = await serve(join(place, 'page'), async (frame) => {
    const answer = await daemon.frame(frame);
    frames.push([frame.length, answer.length]);
    return answer;
  });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
  daemon?.close();
});

// The scripts and workers of the page's own are not another origin.
const strange = (trouble) => trouble.filter((line) => !line.startsWith(`request: blob:${server.url}`));
const patience = { timeout: 90_000 }; // beats of five seconds

async function comeBack(journey, page, code) {
  await journey.at('home');
  await journey.choose(1);
  await journey.go();
  await journey.at('return');
  await page.locator('[role=combobox]').fill(code);
  await page.keyboard.press('Escape');
  await journey.go();
  await page.locator('main[data-screen=thread] .reply').first().waitFor(patience);
}

test('a report with a photo arrives, is answered, read with the words, burned, and added to', async () => {
  const { page, trouble, close } = await visitor(browser, server.url, { language: 'nl' });
  const journey = new Journey(page);
  await journey.toDoor(0);
  for (let i = 0; i < 7; i += 1) {
    await journey.at('question');
    await page.locator('.option').first().click();
    await journey.go();
    await page.waitForTimeout(100);
  }
  await journey.at('story');
  await page.locator('textarea').fill('Ik werk zestien uur per dag.');
  const photo = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 60;
    const made = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    return [...new Uint8Array(await made.arrayBuffer())];
  });
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(photo) });
  await page.locator('.photos li').waitFor();
  await journey.go();
  await journey.at('code');
  const code = (await page.locator('.words li').allTextContents()).join(' ');
  await journey.go();
  await journey.at('code_check');
  await page.locator('[role=combobox]').fill(code);
  await page.keyboard.press('Escape');
  await journey.go();
  await page.locator('main[data-screen=summary]').waitFor(patience);
  await journey.go();
  await page.locator('main[data-screen=arrived]').waitFor(patience);
  assert.deepEqual(strange(trouble), []);
  await close();

  const reports = await daemon.reports();
  const report = reports.find((one) => one.text === 'Ik werk zestien uur per dag.');
  assert.equal(report.language, 'nl');
  assert.equal(report.enclosed, 1);
  assert.deepEqual([report.answers.urgency, report.answers.reporter], [['ACUTE'], ['SELF']]);

  await daemon.reply({ index: 0, status: 1, module: 'MORE' });
  await daemon.reply({ index: 1, text: '<b>Kom dinsdag</b> langs.' });
  const later = await visitor(browser, server.url, { language: 'ar' });
  const again = new Journey(later.page);
  await comeBack(again, later.page, code);
  await later.page.waitForFunction(() => document.querySelectorAll('.reply').length === 2, null, patience);
  assert.ok((await later.page.locator('.reply').first().innerText()).includes('<b>Kom dinsdag</b> langs.'));
  await later.page.locator('[data-key="burn-1"]').click();
  await later.page.locator('[data-key="add"]').click();
  await again.at('story');
  await later.page.locator('textarea').fill('Dank.');
  await again.go();
  await again.at('summary');
  await again.go();
  await later.page.locator('main[data-screen=arrived]').waitFor(patience);
  assert.deepEqual(strange(later.trouble), []);
  await later.close();

  const message = (await daemon.reports()).find((one) => one.text === 'Dank.');
  assert.equal(message.last_reply_read, 1);
  assert.ok(frames.every(([out, back]) => out === 16384 && back === 16384));
});

test('a wrong word is found by its checksum, and nothing is asked of the server for it', async () => {
  const { page, close } = await visitor(browser, server.url, { language: 'en' });
  const journey = new Journey(page);
  await journey.at('home');
  await journey.choose(1);
  await journey.go();
  await journey.at('return');
  await page.locator('[role=combobox]').fill('0000 0000 0000 0000 0000 0000 0001');
  await journey.go();
  await page.locator('[role=alert] .utrecht-alert').waitFor();
  assert.match(await page.locator('[role=alert]').textContent(), /not right|not a whole code/);
  await close();
});
