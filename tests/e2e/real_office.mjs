// An office on the real line: a region out of the real programs, consoles of the people who work there, a browser window
// for each, and what they do in it. With MELDPUNT_PICTURES, pictures of key moments in that folder, for the handbooks.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../support/listening.mjs';
import { openBrowser, root } from './browser.mjs';
import { RealRegion } from './real_region.mjs';

export const t = JSON.parse(readFileSync(join(root, 'client/console/web/text/nl.json'), 'utf8'));
const programs = process.env.MELDPUNT_PROGRAMS ?? join(root, 'build/dev/bin');
export const faketime = ['x86_64', 'aarch64'].map((each) => `/usr/lib/${each}-linux-gnu/faketime/libfaketimeMT.so.1`).find(existsSync);
const sizes = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }];

export class RealOffice {
  static async open() {
    const [region, browser] = [await RealRegion.open(), await openBrowser()];
    return new RealOffice(region, browser);
  }

  constructor(region, browser) {
    Object.assign(this, { region, browser, consoles: new Map() });
  }

  home(name) {
    return ['--home', join(this.region.place, name), '--passphrase-file', join(this.region.place, 'passphrase')];
  }
  pin() {
    return ['--pin', join(this.region.place, 'region/pin')];
  }
  root() {
    return ['--root-key', join(this.region.place, 'region/root.key'), '--root-passphrase-file', join(this.region.place, 'passphrase')];
  }

  async enrol(name, role = 'coordinator') {
    const made = JSON.parse(await this.region.program('meldpunt', ['device', 'init', ...this.home(name), ...this.pin(), '--name', name, '--json']));
    await this.region.coordinator('steward enrol', '--enrolment', join(this.region.place, name, 'enrolment'), '--role', role, '--five-words', made.five_words);
  }

  // `meldpunt console` of a home. next(n): its n-th link, which is shown when the one before has been used. `ahead`: its clock,
  // in days.
  startConsole(name, ahead = 0) {
    const env = ahead ? { ...process.env, LD_PRELOAD: faketime, FAKETIME: `+${ahead}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' } : process.env;
    const child = spawn(join(programs, 'meldpunt'), ['console', ...this.home(name), '--json'], { stdio: ['ignore', 'pipe', 'inherit'], env });
    this.consoles.set(name, child);
    const links = [];
    let rest = '';
    child.stdout.on('data', (data) => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const line of lines.filter((each) => each.startsWith('{'))) links.push(JSON.parse(line).link);
    });
    return { child, next: (count) => until(`link ${count} of ${name}`, 30, () => links[count - 1]) };
  }
  async stopConsole(name) {
    const child = this.consoles.get(name);
    this.consoles.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  }

  // A window of its own, and what went wrong in it.
  async window(link) {
    const context = await this.browser.newContext({ viewport: sizes[0], locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
    const page = await context.newPage();
    const desk = new Desk(page, context);
    page.on('pageerror', (error) => desk.trouble.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const expected = /status of (403|409|410|422|423|502|503)/.test(message.text());
      if (message.type() === 'error' && !expected) desk.trouble.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(link.split('#')[0])) desk.trouble.push(`request: ${request.url()}`);
    });
    await page.goto(link);
    return desk;
  }
  // `first`: what stands on the first screen of that role.
  async sitDown(name, first = t['start.counts'], ahead = 0) {
    const desk = await this.window(await this.startConsole(name, ahead).next(1));
    await desk.has(first);
    return desk;
  }

  // A report by somebody who keeps the code.
  async report(name, fields) {
    const answers = join(this.region.place, `${name}.json`);
    writeFileSync(answers, JSON.stringify({ id: name, kind: 'SIGNAL', reporter: 'CITIZEN', language: 'nl', answers: {}, ...fields }));
    const sent = await this.region.program('meldpunt', ['report', ...this.pin(), '--answers', answers, '--beat', '300', '--beats', '4', '--json']);
    const { words } = sent.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).find(({ event }) => event === 'code');
    writeFileSync(join(this.region.place, `${name}.words`), `${words}\n`);
  }
  // What waits under the code, as the reporter reads it.
  check(name) {
    return this.region.program('meldpunt', ['check', ...this.pin(), '--code-file', join(this.region.place, `${name}.words`), '--beat', '300', '--beats', '6', '--language', 'nl']);
  }
  reads(name, text) {
    return until(`"${text}" is read by ${name}`, 60, async () => {
      const said = await this.check(name);
      return said.includes(text) && said;
    });
  }

  // The number of the question for consent that waits under the code.
  async question(name) {
    const said = await this.reads(name, 'given | refused');
    return said.match(/([0-9a-f]{32}) given \| refused/)[1];
  }
  // given, refused, later or withdrawn.
  consent(name, number, choice) {
    return this.region.program('meldpunt', ['message', ...this.pin(), '--code-file', join(this.region.place, `${name}.words`), '--consent', number, choice,
      '--beat', '300', '--beats', '4', '--json']);
  }

  async close() {
    await this.browser.close();
    for (const name of [...this.consoles.keys()]) await this.stopConsole(name);
    await this.region.close();
  }
}

// Somebody before a console.
class Desk {
  constructor(page, context) {
    Object.assign(this, { page, context, trouble: [] });
  }

  has(text, timeout = 30_000) {
    return this.page.getByText(text).first().waitFor({ timeout });
  }
  lacks(text, timeout = 30_000) {
    return this.page.getByText(text).first().waitFor({ state: 'detached', timeout });
  }
  press(name, options = {}) {
    return this.page.getByRole('button', { name, exact: true, ...options }).first().click();
  }
  // In the question that asks once more.
  confirm(name) {
    return this.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  }
  async go(screen) {
    await this.page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${t[`nav.${screen}`]}`) }).click();
    await this.page.getByRole('heading', { level: 1, name: t[`screen.${screen}.head`], exact: true }).waitFor();
  }
  // The number that stands on the start screen.
  count(view) {
    return this.page.locator(`.count-way.${view} strong`).textContent();
  }
  // Once the console has heard of it by itself: no button is pressed.
  async counts(view, number) {
    await this.go('start');
    await this.page.locator(`.count-way.${view} strong`, { hasText: new RegExp(`^${number}$`) }).waitFor({ timeout: 30_000 });
  }

  async list(view = 'open') {
    await this.go('list');
    await this.page.getByLabel(t['list.view'], { exact: true }).selectOption(view);
  }
  async toCase(name, view = 'open') {
    await this.list(view);
    await this.press(name);
    await this.page.getByRole('tablist').waitFor();
  }
  async caseName() {
    await this.page.getByRole('tablist').waitFor();
    return (await this.page.locator('h1').textContent()).split(' ').pop();
  }
  async part(name) {
    await this.page.locator(`#tab-${name}`).click();
    await this.page.getByText(t[`part.${name}.purpose`], { exact: true }).waitFor();
  }
  async next() {
    await this.go('start');
    await this.press(t['start.next']);
    return this.caseName();
  }

  async answer(text, module = '') {
    await this.part('thread');
    if (module) await this.page.getByLabel(t['reply.module'], { exact: true }).selectOption(module);
    await this.page.getByLabel(t['reply.text'], { exact: true }).fill(text);
    await this.press(t['reply.send']);
    await this.page.locator('.entry-reply').filter({ hasText: text }).waitFor();
  }

  // A part of the case file, as a section that is opened.
  async section(kind) {
    const found = this.page.locator('details.kind').filter({ has: this.page.locator('h2', { hasText: new RegExp(`^${kind}$`) }) });
    if (!(await found.evaluate((each) => each.open))) await found.locator('summary').first().click();
    return found;
  }
  // Writes a new item: label to what is chosen, ticked (a list) or written.
  async write(kind, fields) {
    const section = await this.section(kind);
    await section.getByRole('button', { name: t['file.add'].replace('{kind}', kind) }).click();
    await fill(section, fields);
    await section.getByRole('button', { name: t['file.save'], exact: true }).click();
    await section.locator('form').waitFor({ state: 'detached' });
    return section;
  }

  async picture(name) {
    const folder = process.env.MELDPUNT_PICTURES;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    for (const size of sizes) {
      await this.page.setViewportSize(size);
      await this.page.screenshot({ path: join(folder, `${name}_${size.width}.png`), fullPage: true });
    }
    await this.page.setViewportSize(sizes[0]);
  }
}

export async function fill(form, fields) {
  for (const [label, value] of Object.entries(fields)) {
    if (Array.isArray(value)) {
      const list = form.getByRole('group', { name: label, exact: true });
      for (const each of value) await list.getByText(each, { exact: true }).click();
      continue;
    }
    const field = form.getByLabel(new RegExp(`^${label}`)).first();
    if ((await field.evaluate((each) => each.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}
