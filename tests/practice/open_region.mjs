// open_region.mjs --bin DIR --cache DIR [--check]: makes the practice region if it is not there or too old, starts its
// server and the consoles of its people, prints where to look, and stays up. --check ends when all consoles answer.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { listens, until } from '../support/listening.mjs';
import { Programs } from './programs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({ options: { bin: { type: 'string' }, cache: { type: 'string' }, check: { type: 'boolean', default: false } } });
const bin = resolve(options.bin);
const oldest = 14; // days: its bundles are made five weeks ahead

// The same plan and the same programs give the same region.
function nameOfRegion() {
  const hash = createHash('sha256');
  const inputs = [...readdirSync(here).filter((file) => file !== 'open_region.mjs').sort().map((file) => join(here, file)),
    join(bin, 'meldpunt'), join(bin, 'meldpuntd')];
  for (const file of inputs) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const place = join(resolve(options.cache), nameOfRegion());
const described = () => JSON.parse(readFileSync(join(place, 'region.json'), 'utf8'));
const isFresh = () => existsSync(join(place, 'region.json')) && Date.now() - Date.parse(described().made) < oldest * 86_400_000;

if (!isFresh()) {
  console.log('making the practice region: a year of forty cases, once');
  rmSync(resolve(options.cache), { recursive: true, force: true });
  const made = spawnSync(process.execPath, [join(here, 'make_region.mjs'), '--bin', bin, '--out', place], { stdio: 'inherit' });
  if (made.status !== 0) process.exit(1);
}

const region = described();
const passphrase = join(place, 'passphrase');
const clock = { environment: process.env };
const programs = new Programs(bin, place, clock);
const at = (...names) => join(place, ...names);

async function startServer() {
  for (const port of [region.reportersPort, region.staffPort]) {
    if (await listens(port)) throw new Error(`port ${port} is in use: is the practice region open already? Otherwise remove ${place}`);
  }
  rmSync(at('run'), { recursive: true, force: true });
  programs.start('daemon', 'meldpuntd', ['--pin', at('region/pin'), '--keys', at('server/daemon.keys'),
    '--founding', at('region/founding'), '--data', at('data'), '--run', at('run'), '--metrics', '0', '--tick-seconds', '2']);
  await until('the daemon', 20, () => existsSync(at('run/staff.sock')));
  for (const [name, port, words] of [['reporters', region.reportersPort, []], ['staff', region.staffPort, ['--instance', 'staff']]]) {
    programs.start(name, 'meldpunt-gateway', [...words, '--listen', `tcp://127.0.0.1:${port}`,
      '--daemon', `ipc://${at('run', `${name}.sock`)}`, '--metrics-port', '0']);
    await until(`the gateway of ${name}`, 10, () => listens(port));
  }
}

// A link opens a console once; the next is printed when it has been used.
function openConsole(home, words) {
  const child = spawn(join(bin, 'meldpunt'), ['console', '--home', at(home), '--passphrase-file', passphrase, '--json', ...words],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  programs.running.push(child);
  return new Promise((done, fail) => {
    child.stdout.on('data', (data) => {
      for (const line of String(data).split('\n').filter((each) => each.startsWith('{'))) {
        const { link } = JSON.parse(line);
        if (link) { console.log(`  ${home.padEnd(12)} ${link}`); done(link); }
      }
    });
    child.once('exit', (code) => fail(new Error(`the console of ${home} ended with ${code}`)));
  });
}

async function stop(code) {
  await programs.stopAll();
  process.exit(code);
}
process.once('SIGINT', () => stop(0));
process.once('SIGTERM', () => stop(0));

try {
  await startServer();
  console.log(`\nA practice region: ${region.cases} cases over a year; nothing in it is real. Open in a browser on this machine:\n`);
  await openConsole(region.coordinators[0], ['--duty']);
  for (const home of region.coordinators.slice(1)) await openConsole(home, []);
  if (options.check) await stop(0);
  console.log('\nEach link opens once; the next one is printed here. The passphrase is "practice". Ctrl-C ends it.');
} catch (error) {
  console.error(error.message);
  await stop(1);
}
