// The console on the real line: two coordinators with browsers of their own, a daemon, gateways and reporters.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openBrowser, root } from './browser.mjs';
import { until } from '../support/listening.mjs';
import { RealRegion } from './real_region.mjs';

const t = JSON.parse(readFileSync(join(root, 'client/console/web/text/nl.json'), 'utf8'));
const programs = process.env.MELDPUNT_PROGRAMS ?? join(root, 'build/dev/bin');
const laptop = { width: 1280, height: 800 };

let region;
let browser;
before(async () => {
  [region, browser] = [await RealRegion.open(), await openBrowser()];
  await enrol('deputy');
});
after(async () => {
  await browser?.close();
  for (const one of consoles) one.kill('SIGTERM');
  await region?.close();
});

async function enrol(name) {
  const home = ['--home', join(region.place, name), '--passphrase-file', join(region.place, 'passphrase')];
  const made = JSON.parse(await region.program('meldpunt', ['device', 'init', ...home, '--pin', join(region.place, 'region/pin'), '--name', name, '--json']));
  await region.coordinator('steward enrol', '--enrolment', join(region.place, name, 'enrolment'), '--role', 'coordinator', '--five-words', made.five_words);
}

// `meldpunt console` of a home. link(): the newest that nobody has used.
const consoles = [];
function startConsole(home) {
  const child = spawn(join(programs, 'meldpunt'), ['console', '--home', join(region.place, home),
    '--passphrase-file', join(region.place, 'passphrase'), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  consoles.push(child);
  const links = [];
  child.stdout.on('data', (data) => {
    for (const line of String(data).split('\n').filter((each) => each.startsWith('{'))) links.push(JSON.parse(line).link);
  });
  return { child, links, next: (count) => until('a link', 30, () => links[count - 1]) };
}

// A window of its own, and what went wrong in it.
async function sitDown(link) {
  const context = await browser.newContext({ viewport: laptop, locale: 'nl-NL' });
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const expected = /status of (403|409|410|422|423|503)/.test(message.text());
    if (message.type() === 'error' && !expected) trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(link.split('#')[0])) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(link);
  return { page, context, trouble, has: (text) => page.getByText(text).first().waitFor({ timeout: 30_000 }) };
}

async function report(name, fields) {
  const answers = join(region.place, `${name}.json`);
  writeFileSync(answers, JSON.stringify({ id: name, kind: 'SIGNAL', reporter: 'CITIZEN', language: 'nl', answers: {}, ...fields }));
  const sent = await region.program('meldpunt', ['report', '--pin', join(region.place, 'region/pin'), '--answers', answers, '--beat', '300', '--beats', '4', '--json']);
  const { words } = sent.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).find(({ event }) => event === 'code');
  writeFileSync(join(region.place, `${name}.words`), `${words}\n`);
}

const toCase = async (desk, name) => {
  await desk.page.getByRole('navigation').getByRole('button', { name: t['nav.list'] }).click();
  await desk.page.getByRole('button', { name, exact: true }).click();
};
const nameOfCase = async (desk) => (await desk.page.locator('h1').textContent()).split(' ').pop();

// A part of the case file: opened, and what is written into a new form of it.
const partOf = (desk, kind) => desk.page.locator('details.kind').filter({ has: desk.page.locator('h2', { hasText: new RegExp(`^${kind}$`) }) });
async function openForm(desk, kind) {
  const part = partOf(desk, kind);
  if (!(await part.evaluate((each) => each.open))) await part.locator('summary').first().click();
  await part.getByRole('button', { name: t['file.add'].replace('{kind}', kind) }).click();
  return part;
}
const save = (part) => part.getByRole('button', { name: t['file.save'] }).click();

let one;
let other;

test('the first hour: a link, the next case, an answer, a line in the file', async () => {
  await report('first', { text: 'De mannen slapen in de kas en krijgen geen loon.', answers: { exploitation_form: ['LAB'], municipality_found: 'GM0166' } });
  const first = startConsole('coordinator');
  one = await sitDown(await first.next(1));
  await one.has(t['start.next']);
  assert.equal(new URL(one.page.url()).hash, '');
  await until('the report', 30, async () => {
    await one.page.getByRole('button', { name: t['start.sync'] }).click();
    return (await one.page.locator('.count-way.new strong').textContent()) === '1';
  });
  await one.page.getByRole('button', { name: t['start.next'] }).click();
  await one.has('De mannen slapen in de kas');

  await one.page.getByLabel(t['reply.module'], { exact: true }).selectOption('SEEN');
  await one.page.getByLabel(t['reply.text'], { exact: true }).fill('Wij gaan hiermee aan de slag.');
  await one.page.getByRole('button', { name: t['reply.send'] }).click();
  await one.has('Wij gaan hiermee aan de slag.');
  await one.page.locator('#tab-file').click();
  const need = await openForm(one, 'Hulpvraag');
  await need.getByLabel(/^Hulpvraag/).selectOption('P1.SHELTER');
  await need.getByLabel(/^Stand/).selectOption('ASKED');
  await save(need);
  await need.getByText('Aangevraagd').first().waitFor();

  await until('the answer', 60, async () => {
    const said = await region.program('meldpunt', ['check', '--pin', join(region.place, 'region/pin'), '--code-file', join(region.place, 'first.words'), '--beat', '300', '--beats', '6', '--language', 'nl']);
    return said.includes('Wij gaan hiermee aan de slag.');
  });
});

test('a link that was used opens nothing, and the terminal shows another', async () => {
  const again = startConsole('deputy');
  const used = await again.next(1);
  other = await sitDown(used);
  await other.has(t['start.next']);
  const stranger = await sitDown(used);
  await stranger.has(t['opening.used']);
  assert.ok(!(await stranger.page.content()).includes('kas'));
  assert.notEqual(await again.next(2), used);
  assert.deepEqual(stranger.trouble, []);
  await stranger.context.close();
});

test('a colleague sees the case, and what both write at once stands side by side', async () => {
  const name = await nameOfCase(one);
  await toCase(other, name);
  await other.has('De mannen slapen in de kas');
  for (const desk of [one, other]) {
    await desk.page.locator('#tab-file').click();
    await openForm(desk, 'Risicoscreening');
  }
  await partOf(one, 'Risicoscreening').getByLabel(/^Urgentie/).selectOption('NORMAL');
  await partOf(other, 'Risicoscreening').getByLabel(/^Urgentie/).selectOption('HIGH');
  await save(partOf(one, 'Risicoscreening'));
  await save(partOf(other, 'Risicoscreening'));
  for (const desk of [one, other]) await desk.has(t['conflict.head']);

  await other.page.getByRole('button', { name: t['conflict.keep'].replace('{by}', 'deputy') }).click();
  for (const desk of [one, other]) await desk.page.getByText(t['conflict.head']).waitFor({ state: 'detached', timeout: 30_000 });
});

test('without the server cases are read and the file is written; it goes out when the server is back', async () => {
  await region.kill('duty', 'SIGTERM');
  await region.kill('daemon');
  const name = await nameOfCase(one);
  const task = await openForm(one, 'Taak');
  await task.getByLabel(/^Wat/).fill('Wijkteam bellen');
  await save(task);
  await task.getByRole('button', { name: t['file.save'] }).waitFor({ state: 'detached', timeout: 60_000 });
  await region.startDaemon();
  region.start('duty', 'meldpunt', ['duty', ...region.desk()]);
  await toCase(other, name);
  await other.page.locator('#tab-file').click();
  await other.has('Wijkteam bellen');
});

test('locked is locked; the passphrase opens it', async () => {
  await one.page.getByRole('button', { name: t['nav.lock'] }).click();
  await one.page.getByLabel(t['locked.passphrase']).fill('iets anders');
  await one.page.getByRole('button', { name: t['locked.open'] }).click();
  await one.has(t['locked.wrong']);
  assert.ok(!(await one.page.content()).includes('kas'));
  await one.page.getByLabel(t['locked.passphrase']).fill(readFileSync(join(region.place, 'passphrase'), 'utf8'));
  await one.page.getByRole('button', { name: t['locked.open'] }).click();
  await one.has(t['start.next']);
  assert.deepEqual([...one.trouble, ...other.trouble], []);
});
