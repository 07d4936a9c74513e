// make_region.mjs --bin DIR --out DIR: a region with a year behind it (README.md).
//
// Writes into --out: the homes of two coordinators, an approver and three partners, the daemon's data, and region.json,
// which says how to start it. The passphrase of every home is in the file `passphrase`.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { freePort, listens, until } from '../support/listening.mjs';
import { event, Programs, sleep, WalkingClock } from './programs.mjs';
import { merges, year } from './year.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values: options } = parseArgs({ options: { bin: { type: 'string' }, out: { type: 'string' } } });
const out = resolve(options.out);
const folder = `${out}.unfinished`;
const firstDay = 52 * 7;
const partners = ['KADERA', 'ISZW', 'VT'];
const coordinators = ['coordinator', 'deputy'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'reports'), { recursive: true, mode: 0o700 });

const reports = new Map(['tests/samples/reports.jsonl', 'tests/practice/reports.jsonl']
  .flatMap((file) => readFileSync(join(root, file), 'utf8').trim().split('\n'))
  .map((line) => [JSON.parse(line).id, line]));

const clock = new WalkingClock(folder, firstDay);
const programs = new Programs(resolve(options.bin), folder, clock);
const [reportersPort, staffPort] = [await freePort(), await freePort()];
const place = (...names) => join(folder, ...names);

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

async function found() {
  writeFileSync(place('passphrase'), 'practice\n', { mode: 0o600 });
  await programs.meldpunt(['steward', 'init', '--demonstration', '--home', place('coordinator'), '--name', 'coordinator',
    '--daemon-public', place('server/daemon.public'), '--reporters', `tcp://127.0.0.1:${reportersPort}`,
    '--staff', `tcp://127.0.0.1:${staffPort}`, '--out', place('region'), '--passphrase-file', place('passphrase')]);
}

async function startServer() {
  programs.start('daemon', 'meldpuntd', ['--pin', place('region/pin'), '--keys', place('server/daemon.keys'),
    '--founding', place('region/founding'), '--data', place('data'), '--run', place('run'), '--metrics', '0', '--tick-seconds', '1']);
  await until('the daemon', 20, () => existsSync(place('run/staff.sock')));
  programs.start('reporters', 'meldpunt-gateway', ['--listen', `tcp://127.0.0.1:${reportersPort}`,
    '--daemon', `ipc://${place('run/reporters.sock')}`, '--metrics-port', '0']);
  programs.start('staff', 'meldpunt-gateway', ['--instance', 'staff', '--listen', `tcp://127.0.0.1:${staffPort}`,
    '--daemon', `ipc://${place('run/staff.sock')}`, '--metrics-port', '0']);
  await until('the gateways', 20, async () => await listens(reportersPort) && listens(staffPort));
}

async function enrol(home, name, role) {
  const made = event(await programs.meldpunt(['device', 'init', '--home', place(home), '--pin', place('region/pin'), '--name', name,
    '--passphrase-file', place('passphrase')]), 'device_made');
  await programs.device('coordinator', ['steward enrol', '--enrolment', place(home, 'enrolment'), '--role', role,
    '--five-words', made.five_words]);
}

// ---- one week

const cases = new Map(); // report -> case

async function send(id) {
  const file = place('reports', `${id}.json`);
  writeFileSync(file, `${reports.get(id)}\n`);
  const sent = await programs.meldpunt(['report', '--pin', place('region/pin'), '--answers', file, '--beat', '50', '--beats', '4']);
  writeFileSync(place('reports', `${id}.words`), `${event(sent, 'code').words}\n`);
}

// The case of a report, by its text: nobody else knows which reporter is whose.
async function recognise(ids) {
  const known = new Set(cases.values());
  const listed = event(await programs.device('coordinator', ['cases']), 'cases').cases;
  await Promise.all(listed.filter(({ case: id, readable }) => readable && !known.has(id)).map(async (entry) => {
    const shown = event(await programs.device('coordinator', ['case', entry.case]), 'case');
    const text = shown.story.find(({ what }) => what === 'report').text;
    const report = ids.find((id) => JSON.parse(reports.get(id)).text === text);
    if (report) cases.set(report, entry.case);
  }));
}

async function act(report, { by, command, words, input }) {
  const subject = cases.get(report);
  const fields = input && typeof input === 'object';
  const more = fields ? ['--fields-file', '-'] : [];
  const operands = command === 'countersign' ? [] : [subject]; // it signs whatever waits
  await programs.device(by, [command, ...operands, ...words, ...more], fields ? JSON.stringify(input) : input ?? '');
}

// Steps of one coordinator go one after the other, those of both beside each other, as in an office of two; what waits
// for the other's comes after it.
async function work(steps) {
  const rounds = [steps.filter(({ step }) => !isSecond(step)), steps.filter(({ step }) => isSecond(step))];
  for (const round of rounds) {
    await Promise.all(coordinators.map(async (who) => {
      for (const { report, step } of round.filter((each) => each.step.by === who)) await act(report, step);
    }));
  }
}
const isSecond = ({ command, words }) => command === 'countersign' || words.includes('--second');

// A device's new keys are confirmed by the steward.
async function renewDevices(homes) {
  await Promise.all(homes.map((home) => programs.device(home, ['device renew'])));
  await takeIn();
}

async function keepKeysAlive(daysAgo) {
  const week = Math.round((firstDay - daysAgo) / 7);
  const staff = week % 6 === 0 ? [...coordinators, 'approver'] : [];
  const homes = [...staff, ...(week % 24 === 0 ? partners : [])];
  if (homes.length > 0) await renewDevices(homes);
  const withRoot = week % 20 === 0 ? ['--root-key', place('region/root.key'), '--root-passphrase-file', place('passphrase')] : [];
  if (homes.length > 0 || week % 4 === 0) await programs.device('coordinator', ['steward renew', '--confirm', 'all', ...withRoot]);
  await Promise.all(homes.map((home) => programs.device(home, [partners.includes(home) ? 'inbox' : home === 'approver' ? 'countersign' : 'cases',
    ...(home === 'approver' ? ['--list'] : [])])));
}

async function merge(daysAgo) {
  const due = (entry, after) => year.find(({ report }) => report === entry.member).daysAgo - after === daysAgo;
  for (const entry of merges) {
    if (due(entry, entry.after)) {
      await programs.device(entry.who, ['merge', cases.get(entry.member), cases.get(entry.head), '--reason', entry.reason]);
    }
    if (entry.split && due(entry, entry.split)) await programs.device(entry.who, ['split', cases.get(entry.member)]);
  }
}

async function partnersAnswer() {
  await Promise.all(partners.map(async (home) => {
    const came = event(await programs.device(home, ['inbox']), 'inbox');
    for (const item of came?.escalations ?? []) {
      if (item.answers?.length || item.withdrawn) continue;
      await programs.device(home, ['accept', item.escalation, '--text-file', '-'], 'Ontvangen. Wij nemen contact op.\n');
    }
  }));
}

async function takeIn() {
  await programs.device('coordinator', ['duty', '--once']);
}

// The daemon has noticed the new day when a coordinator's device takes its notice.
async function newDay(daysAgo) {
  clock.set(daysAgo);
  await sleep(300);
  let why = '';
  const noticed = await until('the notice of the day', 20, () => takeIn().then(() => true, (error) => { why = error.message; }))
    .catch((late) => late);
  if (noticed !== true) throw new Error(`${noticed.message}: ${why}`);
}

// Reports come in while the coordinators are at what they know already.
async function week(daysAgo) {
  await newDay(daysAgo);
  const come = year.filter((entry) => entry.daysAgo === daysAgo).map(({ report }) => report);
  const due = year.flatMap((entry) => entry.steps
    .filter((step) => entry.daysAgo - step.after === daysAgo)
    .map((step) => ({ report: entry.report, step })));
  const known = async () => {
    await keepKeysAlive(daysAgo);
    await work(due.filter(({ report }) => !come.includes(report)));
  };
  await Promise.all([known(), ...come.map(send)]);
  if (come.length > 0) {
    await takeIn();
    await recognise(come);
    await work(due.filter(({ report }) => come.includes(report)));
  }
  await merge(daysAgo);
  if (due.some(({ step }) => step.command === 'escalate')) {
    await takeIn();
    await partnersAnswer();
  }
}

async function wholeYear() {
  for (const [home, role] of [['deputy', 'coordinator'], ['approver', 'approver']]) await enrol(home, home, role);
  for (const home of partners) await enrol(home, `${home} desk`, 'partner');
  for (let daysAgo = firstDay - 7; daysAgo >= 0; daysAgo -= 7) {
    await week(daysAgo);
    if (daysAgo % 28 === 0) say(`  ${daysAgo / 7} weeks before today: ${cases.size} cases`);
  }
}

try {
  programs.start('keys', 'meldpuntd', ['--make-keys', place('server')]);
  await until('the daemon\'s keys', 10, () => existsSync(place('server/daemon.public')));
  await found();
  await startServer();
  await wholeYear();
} finally {
  await programs.stopAll();
}
writeFileSync(place('region.json'), `${JSON.stringify({ made: new Date().toISOString(), reportersPort, staffPort, coordinators, partners, cases: cases.size })}\n`);
rmSync(out, { recursive: true, force: true });
renameSync(folder, out);
copyFileSync(join(here, 'README.md'), join(out, 'README.md'));
say(`${cases.size} cases over a year`);
