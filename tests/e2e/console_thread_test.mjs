// Threads on the real line: a coordinator's console over a daemon and gateways, with reporters who come back.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { catalogue, openBrowser, root, visitor } from './browser.mjs';
import { visitWithAnswer } from './core_stories.mjs';
import { until } from '../support/listening.mjs';
import { RealRegion } from './real_region.mjs';
import { report as reportOnPage } from './reporter.mjs';

const t = JSON.parse(readFileSync(join(root, 'client/console/web/text/nl.json'), 'utf8'));
const vi = catalogue('vi');
const programs = process.env.MELDPUNT_PROGRAMS ?? join(root, 'build/dev/bin');
const patience = { timeout: 60_000 };
const junk = 120;
const atOnce = 4; // reporters

let region;
let browser;
let child;
let desk;
before(async () => {
  [region, browser] = [await RealRegion.open(), await openBrowser()];
  desk = await sitDown();
});
after(async () => {
  await browser?.close();
  child?.kill('SIGTERM');
  await region?.close();
});

async function sitDown() {
  child = spawn(join(programs, 'meldpunt'), ['console', '--home', join(region.place, 'coordinator'),
    '--passphrase-file', join(region.place, 'passphrase'), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let link;
  child.stdout.on('data', (data) => {
    for (const line of String(data).split('\n').filter((each) => each.startsWith('{'))) link = JSON.parse(line).link;
  });
  await until('a link', 30, () => link);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'nl-NL' })).newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(link.split('#')[0])) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(link);
  await page.getByText(t['start.next'], { exact: true }).waitFor(patience);
  return { page, trouble };
}

const go = (name) => desk.page.getByRole('navigation').getByRole('button', { name: t[`nav.${name}`] }).first().click();
const press = (key) => desk.page.getByRole('button', { name: t[key], exact: true }).first().click();
const shows = (text) => desk.page.getByText(text).first().waitFor(patience);
const cases = async () => JSON.parse(await region.coordinator('cases', '--json')).cases;

// One person reports many times; the beat is as short as a test may have it.
async function report(name, fields) {
  const answers = join(region.place, `${name}.json`);
  writeFileSync(answers, JSON.stringify({ id: name, kind: 'SIGNAL', reporter: 'CITIZEN', language: 'nl', answers: {}, ...fields }));
  await region.program('meldpunt', ['report', '--pin', join(region.place, 'region/pin'), '--answers', answers, '--beat', '260', '--beats', '2', '--timeout', '60', '--json']);
}

async function openCaseWith(text) {
  await until(`a case with "${text}"`, 60, async () => {
    await go('search');
    await desk.page.getByLabel(t['search.words']).fill(text);
    await desk.page.keyboard.press('Enter');
    return desk.page.locator('.items .way').first().waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
  await desk.page.locator('.items .way').first().click();
  await desk.page.getByRole('tablist').waitFor(patience);
}

async function send(status, { module, text }) {
  if (module) await desk.page.getByLabel(t['reply.module'], { exact: true }).selectOption(module);
  if (text) await desk.page.locator('#reply-text').fill(text);
  await desk.page.getByLabel(t['reply.status'], { exact: true }).selectOption(status);
  await press('reply.send');
}

test('junk by the hundred is chosen, marked and taken back', async () => {
  for (let from = 0; from < junk; from += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, junk - from) }, (_, i) => report(`junk${from + i}`, { text: `koop nu ${from + i}` })));
  }
  await until('the reports', 120, async () => (await cases()).length === junk);
  await go('list');
  await desk.page.getByText(t['list.total'].replace('{count}', String(junk))).waitFor({ timeout: 180_000 });
  await desk.page.getByLabel(t['many.all'], { exact: true }).check();
  await desk.page.locator('.many button[type=submit]').click();
  await desk.page.locator('.many progress').waitFor(patience);
  await desk.page.getByText(t['many.done'].replace('{count}', String(junk))).first().waitFor({ timeout: 120_000 });
  await desk.page.locator('.empty').waitFor(patience);
  await press('many.undo');
  await desk.page.getByText(t['list.total'].replace('{count}', String(junk))).waitFor({ timeout: 120_000 });
  // And once more, for good: they are in nobody's way.
  await desk.page.getByLabel(t['many.all'], { exact: true }).check();
  await desk.page.locator('.many button[type=submit]').click();
  await desk.page.locator('.empty').waitFor({ timeout: 120_000 });
});

test('a caller without internet gets a code, and reads the answer under it', async () => {
  await go('caller');
  await desk.page.getByLabel(t['caller.text']).fill('Zij belt uit een winkel en heeft geen telefoon.');
  await press('caller.prepare');
  await desk.page.locator('.code-words').waitFor(patience);
  const words = (await desk.page.locator('.code-words li').allTextContents()).join(' ');
  const digits = await desk.page.locator('.code-digits').textContent();
  assert.match(digits, /^(\d{4} ){6}\d{4}$/);
  await press('caller.send');
  await shows(t['caller.sent']);
  await press('caller.forget');
  assert.ok(!(await desk.page.content()).includes(digits));
  await openCaseWith('Zij belt uit een winkel');
  await shows(t['thread.entered']);
  await send('answer', { text: 'Wij bellen de winkel niet terug.' });
  await shows('Wij bellen de winkel niet terug.');
  const typed = join(region.place, 'caller.words');
  writeFileSync(typed, `${words}\n`);
  await until('the answer', 90, async () => (await region.program('meldpunt', ['check', '--pin', join(region.place, 'region/pin'),
    '--code-file', typed, '--beat', '300', '--beats', '6', '--language', 'nl'])).includes('Wij bellen de winkel niet terug.'));
});

test('a report in Vietnamese is answered with text modules: picked in Dutch, read in Vietnamese', async () => {
  const open = () => visitor(browser, region.url, { language: 'vi', leavesTo: region.neutral });
  const visit = await open();
  const code = await reportOnPage(visit.page, 0, 'Họ giữ hộ chiếu của tôi.');
  await visit.close();
  await openCaseWith('hộ chiếu');
  const titles = await desk.page.getByLabel(t['reply.module'], { exact: true }).locator('option').allTextContents();
  assert.ok(titles.some((title) => title.includes('Ben je veilig waar je nu bent?')), titles.join('\n'));
  await desk.page.getByLabel(t['reply.module'], { exact: true }).selectOption('SAFE');
  await shows(vi['module.SAFE']);
  await send('question', { module: 'SAFE' });
  const back = await visitWithAnswer({ open }, code.digits, vi['module.SAFE']);
  assert.deepEqual(back.trouble, []);
  await back.close();
});

test('a fresh code: the number in a new report brings the two together, and a person merges', async () => {
  await openCaseWith('hộ chiếu');
  await desk.page.locator('summary').filter({ hasText: t['fresh.head'] }).click();
  await press('fresh.offer');
  const [said] = t['fresh.done'].split('{number}');
  const number = (await desk.page.getByText(said).textContent()).match(/\d{6}/)[0];
  await report('fresh', { text: `Tôi viết lại, số ${number}.`, language: 'vi' });
  await openCaseWith('viết lại');
  await desk.page.locator('#tab-proposals').click();
  await shows(number);
});

test('without the server a reply and a note wait, and go once when it is back', async () => {
  await openCaseWith('Zij belt uit een winkel');
  await region.kill('duty', 'SIGTERM');
  await region.kill('daemon');
  await send('answer', { text: 'Een antwoord zonder lijn.' });
  await shows(t['waiting.head']);
  await desk.page.locator('.composer.note textarea').fill('Een notitie zonder lijn.');
  await press('note.save');
  await desk.page.getByText(t['line.unsent'].replace('{count}', '2')).waitFor(patience);
  await region.startDaemon();
  region.start('duty', 'meldpunt', ['duty', ...region.desk()]);
  await desk.page.getByText(t['waiting.head'], { exact: true }).waitFor({ state: 'detached', timeout: 90_000 });
  const entries = await desk.page.locator('.story .entry').allTextContents();
  for (const text of ['Een antwoord zonder lijn.', 'Een notitie zonder lijn.']) {
    assert.equal(entries.filter((entry) => entry.includes(text)).length, 1, text);
  }
  assert.deepEqual(desk.trouble, []);
});
