// Trends of two regions, told from the desk where they come together: four quarters of each travel through real daemons
// and gateways to a receiver that is down, slow, killed and fed garbage in between. Every release arrives once, in order,
// verified; the dashboard shows them while the receiver goes on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { freePort, listens, until } from '../support/listening.mjs';
import { openBrowser, packages } from './browser.mjs';
import { RealOffice, t } from './real_office.mjs';
import { RealRegion } from './real_region.mjs';

const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');
const programs = process.env.MELDPUNT_PROGRAMS;
const place = mkdtempSync(join(tmpdir(), 'meldpunt-receiver-'));
const home = ['--home', join(place, 'comensha'), '--passphrase-file', join(place, 'passphrase')];
// The last four quarters that are over.
const quarters = (() => {
  const now = new Date();
  const current = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3);
  return [4, 3, 2, 1].map((back) => `${Math.floor((current - back) / 4)}-Q${((current - back) % 4) + 1}`);
})();
const inWords = (quarter) => `K${quarter.slice(-1)} ${quarter.slice(0, 4)}`;

let browser;
let offices;
let port;
let gateway;
let receiver;

before(async () => {
  writeFileSync(join(place, 'passphrase'), 'een zin die niemand raadt', { mode: 0o600 });
  browser = await openBrowser();
  offices = [];
  for (const name of ['Oost', 'West']) offices.push(new RealOffice(await RealRegion.open('main_quick_beat.ts', 2, name), browser));
  port = await freePort();
  for (const [n, office] of offices.entries()) await joinRegion(office, n);
  gateway = spawn(join(programs, 'meldpunt-gateway'), ['--instance', 'staff', '--listen', `tcp://127.0.0.1:${port}`,
    '--daemon', `ipc://${place}/comensha/run/receive.sock`, '--metrics-port', '0'], { stdio: 'ignore' });
  await until('the gateway', 20, () => listens(port));
});
after(async () => {
  receiver?.child.kill('SIGTERM');
  gateway?.kill('SIGTERM');
  for (const office of offices ?? []) {
    await office.region.kill('forwarder', 'SIGTERM');
    for (const name of [...office.consoles.keys()]) await office.stopConsole(name);
    await office.region.close();
  }
  await browser?.close();
  rmSync(place, { recursive: true, force: true });
});

// The receiver and the region know each other; a colleague who signs, and a forwarder, are enrolled.
async function joinRegion(office, n) {
  const { region } = office;
  let five_words;
  let enrolment = join(place, 'comensha/enrolment');
  if (n === 0) {
    ({ five_words } = JSON.parse(await region.program('meldpunt', ['device', 'init', ...home, ...office.pin(), '--name', 'comensha', '--json'])));
    await region.program('meldpunt', ['receiver', 'region', ...home, ...office.pin(), '--json']);
  } else {
    ({ five_words, enrolment } = JSON.parse(await region.program('meldpunt', ['receiver', 'region', ...home, ...office.pin(), '--name', 'comensha', '--json'])));
  }
  await region.coordinator('steward enrol', '--enrolment', enrolment, '--role', 'receiver', '--five-words', five_words);
  await office.enrol('deputy');
  await office.enrol('forwarder', 'forwarder');
  region.start('forwarder', 'meldpunt', ['forward', ...office.home('forwarder'), '--to', `tcp://127.0.0.1:${port}`, '--look-every', '200', '--timeout', '2']);
}

async function release(office, period) {
  await office.region.coordinator('release', '--period', period, '--schedule', 'quarter-year', '--propose');
  await office.region.program('meldpunt', ['countersign', ...office.home('deputy'), '--yes']);
  await office.region.coordinator('release', '--period', period);
}
const releaseAll = async (period) => {
  for (const office of offices) await release(office, period);
};

// The same by two people at their screens: one looks, proposes, draws and sends, the other signs.
async function releaseAtTheDesks(office, period) {
  const one = await office.sitDown('coordinator');
  const other = await office.sitDown('deputy');
  const item = one.page.locator('.item').filter({ hasText: `Geopende zaken, kwartaal ${period.slice(-1)} van ${period.slice(0, 4)}` });
  const button = (within, name) => within.getByRole('button', { name: new RegExp(`^${name}`) }).first();
  await one.go('trends');
  await button(item, t['trends.look']).click();
  await one.page.locator('.preview table').first().waitFor();
  assert.deepEqual(await axeFindings(one.page), []);
  await one.picture('trends_preview');
  await button(one.page, t['trends.propose']).click();
  await one.confirm(t['trends.propose']);
  await item.getByText(t['trends.state.proposed']).waitFor();
  await other.go('approvals');
  await button(other.page, t['approvals.sign']).click();
  await other.picture('trends_sign');
  await other.confirm(t['approvals.sign']);
  await other.has(t['empty.approvals']);
  await button(item, t['trends.draw']).click();
  await one.confirm(t['trends.draw']);
  await one.page.locator('#release-head').waitFor();
  await button(one.page, t['trends.send']).click();
  await one.has(t['trends.sent']);
  await one.picture('trends_released');
  for (const each of [one, other]) {
    assert.deepEqual(each.trouble, []);
    await each.context.close();
  }
  for (const name of ['coordinator', 'deputy']) await office.stopConsole(name);
}

// next(n): its n-th link.
async function startReceiver() {
  const child = spawn(join(programs, 'meldpunt'), ['receive', ...home, '--console', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const events = [];
  let rest = '';
  child.stdout.on('data', (data) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop();
    for (const line of lines.filter((each) => each.startsWith('{'))) events.push(JSON.parse(line));
  });
  const links = () => events.filter(({ event }) => event === 'link');
  receiver = { child, events, next: (n) => until(`link ${n}`, 30, () => links()[n - 1]?.link) };
  await receiver.next(1);
}
async function killReceiver() {
  receiver.child.kill('SIGKILL');
  await once(receiver.child, 'exit');
}

const received = async () => (await offices[0].region.program('meldpunt', ['received', '--home', join(place, 'comensha'), '--json']))
  .split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
const arrived = (count) => until(`${count} releases`, 120, async () => (await received()).length >= count);

// What no forwarder says.
async function feedGarbage() {
  for (const bytes of [Buffer.alloc(70_000, 0x55), Buffer.from('GET / HTTP/1.1\r\nHost: trends\r\n\r\n'), Buffer.alloc(0)]) {
    for (const where of [{ port, host: '127.0.0.1' }, { path: join(place, 'comensha/run/receive.sock') }]) {
      await new Promise((done) => {
        const socket = net.connect(where, () => socket.write(bytes));
        setTimeout(() => socket.destroy(), 200); // who waits for more of it is not waited for
        socket.on('error', () => undefined).on('close', done);
      });
    }
  }
}

// Rows of the table beside the line over time, once that many are there.
async function rowsOverTime(desk, count) {
  const rows = desk.page.getByRole('region', { name: t['figures.over_time'] }).locator('tbody tr');
  await until(`${count} quarters on the screen`, 60, async () => (await rows.count()) === count);
  return rows.locator('th').allInnerTexts();
}

async function axeFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

let desk;

test('a receiver that was down gets the first quarter of both regions as soon as it is there', async () => {
  await releaseAll(quarters[0]);
  await startReceiver();
  desk = await offices[0].window(await receiver.next(1));
  await desk.has(t['screen.figures.purpose']);
  await arrived(2);
  assert.deepEqual((await rowsOverTime(desk, 1)).map((row) => row.split(' (')[0]), [inWords(quarters[0])]);
});

test('a receiver that is slow gets the second, and the screen shows it by itself', async () => {
  receiver.child.kill('SIGSTOP');
  await releaseAll(quarters[1]);
  await new Promise((done) => setTimeout(done, 3000));
  receiver.child.kill('SIGCONT');
  await arrived(4);
  await rowsOverTime(desk, 2);
  assert.deepEqual(desk.trouble, []);
});

test('killed again and again, and fed garbage, it gets the third once', async () => {
  await desk.context.close();
  await releaseAll(quarters[2]);
  for (let round = 0; round < 3; ++round) {
    await killReceiver();
    await startReceiver();
    await feedGarbage();
    await new Promise((done) => setTimeout(done, 300 * round));
  }
  await arrived(6);
  assert.equal((await received()).length, 6);
});

test('four quarters of both came once, in order, verified; the dashboard shows them', async () => {
  await releaseAtTheDesks(offices[0], quarters[3]);
  await release(offices[1], quarters[3]);
  await arrived(8);
  const all = await received();
  assert.equal(all.length, 8);
  assert.deepEqual([...new Set(all.map(({ outcome }) => outcome))], ['kept']);
  assert.equal(new Set(all.map(({ hash }) => hash)).size, 8);
  const periods = all.map(({ sequence, period }) => `${sequence} ${period}`);
  for (const [n, quarter] of quarters.entries()) assert.equal(periods.filter((each) => each === `${n + 1} ${quarter}`).length, 2, quarter);

  desk = await offices[0].window(await receiver.next(1));
  assert.deepEqual((await rowsOverTime(desk, 4)).map((row) => row.split(' (')[0]), quarters.map(inWords));
  // The second region's comes onto the screen by itself, too.
  const came = desk.page.getByRole('region', { name: t['figures.came'], exact: true }).locator('tbody tr');
  await until('eight releases on the screen', 60, async () => (await came.count()) === 8);
  assert.deepEqual(await axeFindings(desk.page), []);
  await desk.picture('receiver_trends');
  await desk.page.getByLabel(t['figures.by.label']).selectOption('reporter_group');
  await desk.picture('receiver_trends_reporters');
  assert.deepEqual(desk.trouble, []);
});

test('the regions read the receipts', async () => {
  for (const office of offices) {
    await until('the receipts', 60, async () => (await office.region.coordinator('release', '--list')).split('received and kept').length === 5);
  }
});

test('what is handed on has every quarter, of each region and of both', async () => {
  const folder = join(place, 'exported');
  await offices[0].region.program('meldpunt', ['received', '--home', join(place, 'comensha'), '--export', folder]);
  const years = [...new Set(quarters.map((quarter) => quarter.slice(0, 4)))];
  const files = readdirSync(folder);
  assert.equal(files.length, years.length * 3 * 3, files.join(' '));
  for (const year of years) {
    const national = JSON.parse(readFileSync(join(folder, `inflow-${year}-all-regions.json`), 'utf8'));
    assert.equal(national.source, 'all regions');
    assert.match(national.note[2], /^The sum of the figures of Oost, West:/);
  }
});
