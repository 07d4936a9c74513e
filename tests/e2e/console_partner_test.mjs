// Sharing with a partner, told from four desks: two coordinators, a partner's front desk and an approver. What each of them
// sees of consent that is refused, given and withdrawn, of sharing without it, and of what is refused or lapses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { faketime, RealOffice, t } from './real_office.mjs';

const front = 'KADERA balie';
const summaryField = 'een samenvatting die de coördinator schrijft';
let office;
let one;
let other;
let partner;
let approver;
before(async () => {
  office = await RealOffice.open();
  await office.enrol('deputy');
  await office.enrol(front, 'partner');
  await office.enrol('approver', 'approver');
  one = await office.sitDown('coordinator');
  other = await office.sitDown('deputy');
  partner = await office.sitDown(front, t['empty.inbox.next']);
  approver = await office.sitDown('approver', t['empty.approvals.next']);
});
after(() => office?.close());

const untroubled = () => assert.deepEqual([one, other, partner, approver].flatMap((desk) => desk.trouble), []);
const opened = async (desk, head) => {
  const found = desk.page.locator('details.kind').filter({ has: desk.page.locator('h2', { hasText: new RegExp(`^${t[head]}$`) }) });
  if (!(await found.evaluate((each) => each.open))) await found.locator('summary').first().click();
  return found;
};

// A new case, taken by `one`: its name.
async function newCase(name, fields) {
  await one.go('start');
  const before = Number(await one.count('new'));
  await office.report(name, fields);
  await one.counts('new', before + 1);
  return one.next();
}

async function choose(form) {
  await form.getByLabel(t['sharing.recipient']).selectOption('KADERA');
  await form.getByLabel(t['sharing.purpose']).selectOption('REFER');
  await form.locator('.ticks').getByText(summaryField, { exact: true }).click();
}

async function askConsent(text) {
  await one.part('consents');
  const form = await opened(one, 'consent.ask.head');
  await choose(form);
  await form.getByLabel(t['consent.text']).fill(text);
  await form.getByRole('button', { name: t['consent.ask'], exact: true }).click();
  await one.page.locator('.consent-open').waitFor();
}
const stands = (desk, choice) => desk.page.locator(`.consent-${choice}`).waitFor({ timeout: 60_000 });

// Chooses, looks at what goes, and sends it or puts it before a second person.
async function share(summary, { reason = '', in_haste = false, days = '30' } = {}) {
  await one.part('escalations');
  const form = await opened(one, 'escalation.head');
  await choose(form);
  await form.getByLabel(summaryField).last().fill(summary);
  await form.getByLabel(t['escalation.answer_within']).selectOption('1');
  await form.getByLabel(t['escalation.valid_for']).selectOption(days);
  if (reason) {
    await form.getByText(t['escalation.without'], { exact: true }).click();
    await form.getByLabel(t['escalation.ground']).fill('VITAL');
    await form.getByLabel(t['escalation.reason']).fill(reason);
    if (in_haste) await form.getByText(t['escalation.in_haste'], { exact: true }).click();
  }
  await form.getByRole('button', { name: t['escalation.prepare'], exact: true }).click();
}
async function goes(button) {
  await one.page.locator('.preview').waitFor();
  const name = await one.page.locator('.preview dt', { hasText: t['escalation.name'] }).locator('xpath=following-sibling::dd').textContent();
  await one.press(t[button]);
  await one.page.locator('.preview').waitFor({ state: 'detached' });
  return name;
}
const partnerOpens = async (name) => {
  if (!(await partner.page.getByRole('heading', { level: 1, name: t['screen.inbox.head'], exact: true }).count())) await partner.press(t['inbox.back']);
  const way = partner.page.getByRole('button', { name: new RegExp(`^${name}: `) });
  await way.click({ timeout: 60_000 });
  await partner.has(t['inbox.said']);
};
const coordinatorSees = (desk, state) => desk.page.locator('#part h3', { hasText: state }).first().waitFor({ timeout: 60_000 });
const alarm = (desk, kind) => desk.page.getByText(t[`alarm.next.${kind}`], { exact: true }).first();

async function withdraw(desk, text) {
  await desk.part('escalations');
  const told = desk.page.locator('#part .item details').first();
  await told.locator('summary').click();
  await told.getByLabel(t['escalation.withdraw.text']).fill(text);
  await told.getByRole('button', { name: t['escalation.withdraw'], exact: true }).click();
  await desk.confirm(t['escalation.withdraw']);
}

test('a labour case without consent to share: refusal is normal, and the case goes on', async () => {
  const name = await newCase('labour', { text: 'Een man in de kas krijgt geen loon.', answers: { exploitation_form: ['LAB'] } });
  await askConsent('Mogen wij dit met een opvang delen?');
  await office.consent('labour', await office.question('labour'), 'refused');
  await stands(one, 'refused');
  await share('Zoekt een slaapplaats.');
  await one.has(t['said.no_consent']);
  await one.picture('partner_1_refused');
  assert.equal(await one.page.locator('.preview').count(), 0);
  await one.answer('Dat is goed. Wij helpen u zonder iets te delen.');
  await office.reads('labour', 'Wij helpen u zonder iets te delen.');
  await other.toCase(name, 'open');
  await other.part('consents');
  await stands(other, 'refused');
  assert.equal(await partner.page.locator('.items .way').count(), 0);
  untroubled();
});

let shared; // what the partner calls the case
let attic;

test('consent is asked and given in the thread: exactly that is shared, and the partner reads it', async () => {
  await newCase('nails', { text: 'Zij werkt in een nagelstudio.' });
  await askConsent('Mogen wij dit met de opvang delen?');
  await office.consent('nails', await office.question('nails'), 'given');
  await stands(one, 'given');
  await share('Zoekt een veilige plek.');
  shared = await goes('escalation.send');
  await partnerOpens(shared);
  await partner.has('Zoekt een veilige plek.');
  await partner.page.locator('dt', { hasText: t['basis.given'] }).waitFor();
  assert.ok(!(await partner.page.content()).includes('nagelstudio')); // never what the reporter wrote
  await partner.picture('partner_2_received');
  await one.part('escalations');
  await coordinatorSees(one, t['escalation_state.received']);
  untroubled();
});

test('she withdraws in the thread: an alarm at both desks, and the partner sees that it is withdrawn', async () => {
  const said = await office.check('nails');
  await office.consent('nails', said.match(/([0-9a-f]{32}) given \| refused/)[1], 'withdrawn');
  await one.go('start');
  await other.go('start');
  for (const desk of [one, other]) await alarm(desk, 'consent_withdrawn').waitFor({ timeout: 60_000 });
  await other.picture('partner_3_alarm');
  await other.page.locator('.utrecht-alert .way').first().click();
  await withdraw(other, 'Zij heeft zich bedacht.');
  await partner.has(t['inbox.withdrawn'], 60_000);
  await partner.has('Zij heeft zich bedacht.');
  for (const gone of ['inbox.say.accepted', 'print.print']) assert.equal(await partner.page.getByRole('button', { name: t[gone], exact: true }).count(), 0);
  await partner.picture('partner_4_withdrawn');
  await alarm(one, 'consent_withdrawn').waitFor({ state: 'detached', timeout: 60_000 });
  untroubled();
});

test('without consent it takes two: the approver reads all of it and signs, and only then it goes', async () => {
  attic = await newCase('attic', { text: 'Iemand wordt vastgehouden op een zolder.' });
  await share('Wordt vastgehouden; nu plek nodig.', { reason: 'Direct gevaar voor haar leven.' });
  shared = await goes('escalation.propose');
  await coordinatorSees(one, t['escalation_state.proposed']);
  await one.go('approvals');
  await one.has(t['approvals.own']);
  assert.equal(await partner.page.getByRole('button', { name: new RegExp(`^${shared}: `) }).count(), 0);
  await approver.has('Direct gevaar voor haar leven.', 60_000);
  await approver.has('Wordt vastgehouden; nu plek nodig.');
  await approver.has('VITAL');
  assert.ok(!(await approver.page.content()).includes('zolder'));
  await approver.picture('partner_5_approver');
  await approver.press(t['approvals.sign.of'].replace('{name}', shared));
  await approver.confirm(t['approvals.sign']);
  await approver.has(t['empty.approvals']);
  await partnerOpens(shared);
  await partner.has(t['inbox.without.what']);
  await partner.picture('partner_6_without_consent');
  untroubled();
});

test('the partner takes it on, prints, and says when it is done; the coordinator sees each', async () => {
  await partner.page.evaluate(() => { window.print = () => { document.body.dataset.printed = 'yes'; }; });
  await partner.page.getByLabel(t['inbox.text']).fill('Er is vanavond plaats.');
  await partner.press(t['inbox.say.accepted']);
  await partner.page.getByRole('button', { name: t['inbox.say.done'], exact: true }).waitFor();
  await one.toCase(attic, 'mine');
  await one.part('escalations');
  await coordinatorSees(one, t['escalation_state.accepted']);
  await one.has('Er is vanavond plaats.');
  await partner.press(t['print.print']);
  await partner.confirm(t['print.print']);
  await partner.page.waitForFunction(() => document.body.dataset.printed === 'yes');
  await partner.has(t['inbox.printed'].replace('{count}', '1'));
  await one.page.locator('#part strong', { hasText: t['escalation_state.printed'] }).waitFor({ timeout: 60_000 });
  await coordinatorSees(one, t['escalation_state.accepted']); // paper changes nothing
  await partner.press(t['inbox.say.done']);
  await coordinatorSees(one, t['escalation_state.done']);
  await one.picture('partner_7_done');
  await one.part('audit');
  await one.page.locator('#part td', { hasText: t['event.escalation_answer'] }).first().waitFor();
  untroubled();
});

test('the approver says no and why, and who proposed it reads that', async () => {
  await newCase('shop', { text: 'Achter een winkel slapen mensen.' });
  await share('Slapen achter een winkel.', { reason: 'Misschien gevaar.' });
  const name = await goes('escalation.propose');
  await approver.has('Misschien gevaar.', 60_000);
  await approver.page.locator('summary', { hasText: t['approvals.decline'] }).click();
  await approver.page.getByLabel(t['approvals.decline.reason']).fill('Vraag eerst om toestemming.');
  await approver.press(t['approvals.decline.of'].replace('{name}', name));
  await approver.has(t['empty.approvals']);
  await one.go('start');
  await alarm(one, 'second_refused').waitFor({ timeout: 60_000 });
  await one.go('approvals');
  await one.has('Vraag eerst om toestemming.');
  await one.picture('partner_8_said_no');
  await one.go('start');
  await one.page.locator('.utrecht-alert .way').first().click();
  await withdraw(one, '');
  await one.go('start');
  await alarm(one, 'second_refused').waitFor({ state: 'detached', timeout: 60_000 });
  untroubled();
});

test('in haste it goes at once, and the partner refuses with a reason', async () => {
  await newCase('farm', { text: 'Op een erf staat een caravan.' });
  await share('Nu plek nodig voor een gezin.', { reason: 'Zij zijn vannacht buiten.', in_haste: true });
  const name = await goes('escalation.send');
  await partnerOpens(name);
  await partner.has(t['inbox.in_haste']);
  await partner.press(t['inbox.say.refused']);
  await partner.has(t['inbox.text.lacks']);
  await partner.page.getByLabel(t['inbox.text']).fill('Wij hebben geen plaats voor een gezin.');
  await partner.press(t['inbox.say.refused']);
  await one.go('start');
  await alarm(one, 'partner_refused').waitFor({ timeout: 60_000 });
  await one.picture('partner_9_alarm_refused');
  await one.page.locator('.utrecht-alert .way').first().click();
  await coordinatorSees(one, t['escalation_state.refused']);
  await one.has('Wij hebben geen plaats voor een gezin.');
  await one.has(t['escalation.refused.next']);
  untroubled();
});

test('what nobody answers in the agreed time lapses, at the partner\'s and at the coordinator\'s', { skip: faketime ? false : 'libfaketime is missing' }, async () => {
  await newCase('office', { text: 'Schoonmakers slapen op kantoor.' });
  await share('Zoeken een plek.', { reason: 'Zij zijn bang.', in_haste: true, days: '1' });
  const name = await goes('escalation.send');
  await partnerOpens(name);
  await partner.has('Zoeken een plek.');
  await coordinatorSees(one, t['escalation_state.received']);
  untroubled();
  for (const [desk, home] of [[partner, front], [one, 'coordinator']]) {
    await desk.context.close();
    await office.stopConsole(home);
  }
  partner = await office.sitDown(front, t['screen.inbox.purpose'], 2);
  await partnerOpens(name);
  await partner.has(t['inbox.lapsed.next']);
  assert.ok(!(await partner.page.content()).includes('Zoeken een plek.'));
  await partner.picture('partner_10_lapsed');
  one = await office.sitDown('coordinator', t['start.counts'], 2);
  await alarm(one, 'lapsed').waitFor({ timeout: 60_000 });
  await one.picture('partner_11_alarm_lapsed');
  untroubled();
});
