// A team: a case handed over, a colleague on leave, a case erased by two, a colleague removed, and a lost laptop that comes
// back from paper and server. What everybody's screen says of it, and what is left on the server.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { until } from '../support/listening.mjs';
import { RealOffice, t } from './real_office.mjs';
import { everyFile, slotsOf } from './server_files.mjs';

let office;
let one;
let other;
const names = {};
before(async () => {
  office = await RealOffice.open();
  await office.enrol('deputy');
});
after(() => office?.close());

async function assign(desk, name, to) {
  await desk.toCase(name);
  await desk.page.locator('details.assign summary').click();
  await desk.page.getByLabel(t['assign.to'], { exact: true }).selectOption({ label: to });
  await desk.press(t['assign.save']);
  await desk.page.locator('.case-head').getByText(to, { exact: true }).first().waitFor();
}

test('a case that is handed over is the colleague\'s at once, on both screens', async () => {
  const texts = { kitchen: 'Een kok slaapt in de keuken.', nails: 'De nagelstudio heeft geen ramen.', fields: 'Bollen pellen tot middernacht.' };
  for (const [name, text] of Object.entries(texts)) await office.report(name, { text });
  [one, other] = [await office.sitDown('coordinator'), await office.sitDown('deputy')];
  await one.counts('new', 3);
  for (let i = 0; i < 3; i += 1) {
    const name = await one.next();
    const text = await one.page.locator('.story').innerText();
    names[Object.keys(texts).find((each) => text.includes(texts[each]))] = name;
  }
  await one.counts('mine', 3);
  await other.counts('mine', 0);
  await assign(one, names.kitchen, 'deputy');
  await other.counts('mine', 1);
  await one.counts('mine', 2);
  await other.toCase(names.kitchen, 'mine');
  await other.has('Een kok slaapt in de keuken.');
  await other.part('audit');
  await other.page.locator('#part td', { hasText: 'steward' }).first().waitFor();
  await other.picture('team_1_handed_over');
});

test('of somebody on leave every case is found by name, and goes to a colleague', async () => {
  await other.go('list');
  await other.page.getByLabel(t['list.find'], { exact: true }).fill('steward');
  await other.page.getByText(t['list.total'].replace('{count}', '2'), { exact: true }).waitFor();
  for (const name of [names.nails, names.fields]) await assign(other, name, 'deputy');
  await one.counts('mine', 0);
  await other.counts('mine', 3);
});

let erased; // the row that held the key of the case, as it was

function filesThatHold(hexadecimal) {
  const key = Buffer.from(hexadecimal.slice(-128), 'hex');
  return everyFile(join(office.region.place, 'data')).filter((file) => readFileSync(file).includes(key));
}

async function search(desk, words) {
  await desk.go('search');
  await desk.page.getByLabel(t['search.words']).fill(words);
  await desk.page.keyboard.press('Enter');
}

test('a case is erased by two, and the server holds nothing that opens it', async () => {
  await other.toCase(names.nails);
  await other.answer('Wij wissen wat u ons schreef.');
  const before = slotsOf(office.region);
  await other.part('closing');
  await other.page.getByLabel(t['erasure.reason']).fill('De melder vroeg erom.');
  await other.press(t['erasure.propose']);
  await other.confirm(t['erasure.propose']);
  await other.page.getByRole('status').filter({ hasText: t['erasure.proposed'] }).waitFor();
  await other.go('approvals');
  await other.has(t['approvals.own']);
  await one.go('approvals');
  await one.has(t['approval_kind.erasure']);
  await one.has(t['approval_what.erasure']);
  await one.has('De melder vroeg erom.');
  await one.picture('team_2_erasure_to_sign');
  await one.press(t['approvals.sign.of'].replace('{name}', names.nails));
  await one.confirm(t['approvals.sign']);
  await one.has(t['empty.approvals']);

  const now = slotsOf(office.region);
  const gone = before.filter(({ name }) => !now.some((slot) => slot.name === name && slot.bytes));
  assert.equal(gone.length, 1);
  [erased] = gone;
  for (const desk of [one, other]) {
    await desk.list('open');
    await desk.page.getByText(t['list.total'].replace('{count}', '2'), { exact: true }).waitFor({ timeout: 30_000 });
  }
});

test('how far the erasure is stands on the screen, until the vault has changed and every device was open since', async () => {
  await one.list('all');
  await one.press(names.nails);
  await one.has(t['erased.head']);
  await one.has(t['erased.vault']);
  assert.ok(!(await one.page.content()).includes('geen ramen'));
  await office.region.coordinator('steward renew', '--now');
  await one.has(t['erased.backups'].split('{')[0]);
  await one.lacks(t['erased.vault']);
  await one.lacks(t['erased.devices'].split('{')[0]); // both consoles are open: they heard of it by themselves
  await one.picture('team_3_erased');
  const now = slotsOf(office.region);
  const kept = now.find(({ bytes }) => bytes);
  assert.ok(!now.some(({ name, bytes }) => name === erased.name && bytes));
  // The database's log is taken in within a minute or two; then not one byte of it is in any file.
  await until('the key of what was erased leaves the disk', 150, () => filesThatHold(erased.bytes).length === 0);
  assert.notEqual(filesThatHold(kept.bytes).length, 0); // the control: the key of a case that lives is found
  for (const desk of [one, other]) {
    await search(desk, 'bollen');
    await desk.has(t['search.found'].replace('{count}', '1'));
    await search(desk, 'nagelstudio');
    await desk.has(t['empty.search']);
  }
});

test('a colleague who is removed is told so and reads nothing more; the cases go to somebody else', async () => {
  await other.toCase(names.fields);
  await office.region.coordinator('steward revoke', 'deputy');
  await other.go('start');
  await other.has(t['alarm.removed'], 60_000);
  await other.picture('team_4_removed');
  await office.report('later', { text: 'Dit kwam na het vertrek.' });
  await one.counts('new', 1);
  await other.go('start');
  await other.press(t['start.sync']);
  await other.page.getByRole('alert').first().waitFor({ timeout: 60_000 });
  assert.ok(!(await other.page.content()).includes('Dit kwam na het vertrek.'));
  await assert.rejects(office.region.program('meldpunt', ['cases', ...office.home('deputy'), '--timeout', '3']));
  await one.list('open');
  await assign(one, names.fields, 'steward');
  await assign(one, names.kitchen, 'steward');
  await one.counts('mine', 2);
});

test('a lost laptop: from paper, root key and server a new one, and its console shows every case', async () => {
  const { region } = office;
  const place = (...parts) => join(region.place, ...parts);
  await region.coordinator('steward paper', ...office.root(), '--recovery-file', place('paper'));
  assert.deepEqual(one.trouble, []);
  await one.context.close();
  await office.stopConsole('coordinator');
  await region.kill('duty', 'SIGTERM');
  rmSync(place('coordinator'), { recursive: true });
  await region.kill('daemon', 'SIGTERM');
  await region.program('meldpuntd', [...region.daemonWords(), '--write-authority', place('authority')]);
  await region.coordinator('steward recover', ...office.root(), ...office.pin(), '--authority', place('authority'), '--name', 'laptop 2', '--out', place('recovered'));
  copyFileSync(place('recovered/recovery'), place('region/founding'));
  await region.startDaemon();
  await region.coordinator('steward recover', '--recovery-file', place('paper'));
  region.start('duty', 'meldpunt', ['duty', ...region.desk()]);

  const restored = await office.sitDown('coordinator');
  for (const [name, text] of [['kitchen', 'Een kok slaapt in de keuken.'], ['fields', 'Bollen pellen tot middernacht.']]) {
    await restored.toCase(names[name], 'open');
    await restored.has(text);
  }
  await restored.list('open');
  await restored.page.getByText(t['list.total'].replace('{count}', '3'), { exact: true }).waitFor();
  await restored.picture('team_5_restored');
  await office.report('again', { text: 'Dit kwam na het herstel.' });
  await restored.counts('new', 2);
  assert.deepEqual([...other.trouble, ...restored.trouble], []);
});
