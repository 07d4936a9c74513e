// The first hour of a new coordinator, and a minor with a loverboy: what two people see of it on their own screens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { RealOffice, t } from './real_office.mjs';

let office;
let one;
let other;
before(async () => {
  office = await RealOffice.open();
});
after(() => office?.close());

const today = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('who has just been enrolled opens a console, and the empty screens say what comes next', async () => {
  await office.enrol('newcomer');
  one = await office.sitDown('newcomer');
  await one.has(t['empty.urgent']);
  await one.has(t['empty.urgent.next']);
  await one.press(t['start.next']);
  await one.has(t['start.next.none']);
  await one.picture('hour_1_start_empty');
  await one.go('list');
  await one.has(t['empty.list']);
  await one.has(t['empty.list.next']);
  await one.go('approvals');
  await one.has(t['empty.approvals.next']);
  await one.go('audit');
  await one.page.getByText('newcomer').first().waitFor(); // everybody sees who was enrolled
});

test('reports arrive while the screen is open, and the acute one is given first', async () => {
  await one.go('start');
  await office.report('calm', { text: 'Bij een autowasserij werkt een man zonder loon.' });
  await office.report('acute', { text: 'Zij wordt nu vastgehouden boven een winkel.', answers: { urgency: ['ACUTE'], exploitation_form: ['SEX'] } });
  await one.counts('new', 2);
  await one.page.locator('.card.acute').getByText(t['badge.acute']).waitFor();
  await one.picture('hour_2_start_two_reports');
  await one.next();
  await one.has('Zij wordt nu vastgehouden');
  await one.has(t['badge.acute']);
});

test('an answer is written, says when it goes out, and is read by who reported', async () => {
  const { region } = office;
  await region.kill('duty', 'SIGTERM'); // nobody is on duty: it waits where it can be looked at
  await one.answer('Wij bellen u niet; wij schrijven hier.', 'SEEN');
  const written = one.page.locator('.entry-reply').filter({ hasText: 'Wij bellen u niet' });
  await written.getByText(t['thread.goes_out_at'].split('{')[0]).waitFor();
  await one.picture('hour_3_answered');
  region.start('duty', 'meldpunt', ['duty', ...region.desk()]);
  await office.reads('acute', 'Wij bellen u niet; wij schrijven hier.');
  await written.getByText(t['thread.expires'].split('{')[0]).waitFor({ timeout: 30_000 });
  assert.ok(!(await office.check('calm')).includes('Wij bellen u niet'));
});

test('it is coded, gets a phase, a date to look again and a need, and the list shows so', async () => {
  const name = await one.caseName();
  await one.part('file');
  await one.write('Fase', { 'Lopende fasen': ['Aanmelding en risicoscreening', 'Hulpverlening'] });
  await one.write('Volgend overleg', { 'Volgende keer': today(7), Intensiteit: 'HIGH' });
  const need = await one.write('Hulpvraag', { Hulpvraag: 'P1.SHELTER', Stand: 'ASKED' });
  await need.getByText('Aangevraagd').first().waitFor();
  const coding = await one.section(t['coding.head']);
  await coding.getByLabel(/[Vv]orm/).first().selectOption('SEX');
  await coding.getByRole('button', { name: t['coding.save'], exact: true }).click();
  await one.page.getByRole('status').filter({ hasText: t['file.saved'] }).waitFor();
  await one.picture('hour_4_file');
  await one.part('tasks');
  await one.has(t['task.review_date']);
  await one.list('mine');
  const row = one.page.locator('tr', { has: one.page.getByRole('button', { name, exact: true }) });
  for (const shown of ['Hulpverlening', 'newcomer', t['badge.acute']]) await row.getByText(shown).first().waitFor();
  await one.picture('hour_5_list');
  await one.go('statistics');
  await one.picture('hour_6_statistics');
});

test('of a minor: signals are a combination, who consents is no parent, and help is proposed with its source', async () => {
  await office.report('girl', { reporter: 'PROFESSIONAL', text: 'Een meisje van vijftien op school heeft een oudere vriend die haar laat betalen.', answers: { age_class: ['MINOR'], modus: ['LOVERBOY'], gender: ['F'] } });
  await one.counts('new', 2);
  await one.page.locator('.card').getByText(t['badge.minor']).waitFor();
  const name = await one.next();
  await one.has('Een meisje van vijftien'); // before the one that has waited longer
  await one.part('file');
  const risk = await one.write('Risicoscreening', { Urgentie: 'HIGH', Signalen: ['Dreiging met geweld', 'Aanwijzing voor loverboymethodiek'] });
  assert.ok(!/\b\d+ ?(%|punten|van de \d+)/.test(await risk.innerText()), 'a score');
  const giver = await one.section('Wie toestemming geeft');
  await giver.getByRole('button', { name: t['file.add'].replace('{kind}', 'Wie toestemming geeft') }).click();
  const offered = await giver.locator('select').first().locator('option').allTextContents();
  assert.ok(offered.every((each) => !/\b(ouders|de ouder|een ouder|vader|moeder)\b/i.test(each)), offered.join());
  await one.part('consents');
  await one.has(t['consent.minor']);
  await one.picture('minor_1_consent');
  await one.part('proposals');
  const routes = await one.page.locator('#part').innerText();
  for (const wanted of ['Jeugd', 'Veilig Thuis', 'R02', 'A:2.7']) assert.match(routes, new RegExp(wanted));
  await one.picture('minor_2_routes');
  assert.equal(await one.caseName(), name);
});

test('a minor\'s case is closed by two: asked at one desk, confirmed at the other', async () => {
  const name = await one.caseName();
  await office.enrol('deputy');
  other = await office.sitDown('deputy');
  await one.answer('Wij bellen morgen met u op school.');
  await one.part('closing');
  await one.press(t['file.add'].replace('{kind}', 'Afsluiting'));
  const form = one.page.locator('#part form').first();
  await form.getByLabel(/^Reden/).selectOption('HANDOVER');
  await form.getByRole('button', { name: t['file.save'], exact: true }).click();
  await one.go('approvals');
  await one.has(t['approvals.own']);
  await other.page.getByRole('navigation').locator('.count', { hasText: '1' }).waitFor({ timeout: 30_000 });
  await other.list('open');
  await other.page.getByRole('button', { name, exact: true }).waitFor(); // not closed by one
  await other.go('approvals');
  await other.has(t['approval_kind.closing']);
  await other.picture('minor_3_second_person');
  await other.press(t['approvals.sign.of'].replace('{name}', name));
  await other.confirm(t['approvals.sign']);
  await other.has(t['empty.approvals']);
  for (const desk of [one, other]) {
    await desk.list('closed');
    await desk.page.getByRole('button', { name, exact: true }).waitFor();
  }
  assert.deepEqual([...one.trouble, ...other.trouble], []);
});
