// A region out of the real programs, with the page behind its gateway: what the stories on the line walk through.
// Everything lies in a folder of its own, listens on loopback, and ends with close().
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePort, listens, until } from '../support/listening.mjs';
import { aRegion, installed, root } from './browser.mjs';

const run = promisify(execFile);
const programs = process.env.MELDPUNT_PROGRAMS ?? join(root, 'build/dev/bin');
const passphrase = 'een zin die niemand raadt';

export class RealRegion {
  // entry: of the page; tick: of the daemon, in seconds; name: of the region.
  static async open(entry = 'main_quick_beat.ts', tick = 2, name = 'Demonstration') {
    const region = new RealRegion(mkdtempSync(join(tmpdir(), 'meldpunt-line-')), entry, tick, name);
    await region.found();
    await region.startDaemon();
    await region.startGateways();
    region.start('duty', 'meldpunt', ['duty', ...region.desk()]);
    return region;
  }

  constructor(place, entry, tick, name) {
    this.place = place;
    this.name = name;
    this.tick = tick;
    this.entry = entry;
    this.running = new Map();
    this.known = new Set(); // cases that were looked at
    this.lastCommand = Promise.resolve();
    writeFileSync(join(place, 'passphrase'), passphrase, { mode: 0o600 });
  }

  get url() {
    return `http://127.0.0.1:${this.ports.web}/`;
  }

  async found() {
    this.ports = { reporters: await freePort(), staff: await freePort(), web: await freePort() };
    await this.program('meldpuntd', ['--make-keys', join(this.place, 'server')]);
    await this.program('meldpunt', ['steward', 'init', '--demonstration', '--name', this.name,
      '--daemon-public', join(this.place, 'server/daemon.public'),
      '--reporters', `tcp://127.0.0.1:${this.ports.reporters}`, '--staff', `tcp://127.0.0.1:${this.ports.staff}`,
      '--out', join(this.place, 'region'), ...this.desk()]);
    await this.openNeutral();
    writeFileSync(join(this.place, 'region.json'), JSON.stringify({ ...aRegion, exitUrl: this.neutral }));
    mkdirSync(join(this.place, 'page'));
    await run('node', [join(root, 'client/page/build.mjs'), '--pin', join(this.place, 'region/pin'),
      '--region', join(this.place, 'region.json'), '--core', join(programs, 'page_core.wasm'),
      '--packages', join(installed, 'node_modules'), '--entry', join(root, 'tests/e2e', this.entry),
      '--out', join(this.place, 'page')]);
  }

  // Where the way out leads: what anybody could be reading.
  async openNeutral() {
    this.neutralServer = http.createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<title>Weather</title><h1>Weather</h1>');
    }).listen(0, '127.0.0.1');
    await once(this.neutralServer, 'listening');
    this.neutral = `http://127.0.0.1:${this.neutralServer.address().port}/`;
  }

  daemonWords() {
    return ['--pin', join(this.place, 'region/pin'),
      '--keys', join(this.place, 'server/daemon.keys'), '--founding', join(this.place, 'region/founding'),
      '--data', join(this.place, 'data'), '--run', join(this.place, 'run'), '--metrics', '0', '--tick-seconds', String(this.tick)];
  }

  async startDaemon() {
    this.start('daemon', 'meldpuntd', this.daemonWords());
    await until('the daemon', 20, () => existsSync(join(this.place, 'run/staff.sock')));
  }

  async startGateways() {
    const { reporters, staff, web } = this.ports;
    this.start('reporters', 'meldpunt-gateway', ['--listen', `tcp://127.0.0.1:${reporters}`,
      '--daemon', `ipc://${this.place}/run/reporters.sock`, '--metrics-port', '0',
      '--http-listen', `tcp://127.0.0.1:${web}`, '--page', join(this.place, 'page'), '--pin', join(this.place, 'region/pin')]);
    this.start('staff', 'meldpunt-gateway', ['--instance', 'staff', '--listen', `tcp://127.0.0.1:${staff}`,
      '--daemon', `ipc://${this.place}/run/staff.sock`, '--metrics-port', '0']);
    await until('the gateways', 20, async () => (await listens(web)) && (await listens(staff)));
  }

  start(name, program, words) {
    const log = openSync(join(this.place, `${name}.log`), 'a');
    this.running.set(name, spawn(join(programs, program), words, { stdio: ['ignore', log, log] }));
  }

  async kill(name, signal = 'SIGKILL') {
    const child = this.running.get(name);
    this.running.delete(name);
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async program(name, words) {
    const { stdout } = await run(join(programs, name), words, { maxBuffer: 1 << 26 });
    return stdout;
  }

  desk() {
    return ['--home', join(this.place, 'coordinator'), '--passphrase-file', join(this.place, 'passphrase')];
  }

  // One at a time: it is one person at one desk.
  coordinator(command, ...words) {
    const result = this.lastCommand.then(() => this.program('meldpunt', [...command.split(' '), ...words, ...this.desk()]));
    this.lastCommand = result.catch(() => undefined);
    return result;
  }

  // The case in which this text stands, as the coordinator reads it.
  async caseWith(text, seconds = 30) {
    return until(`a case with "${text}"`, seconds, async () => {
      const { cases } = JSON.parse(await this.coordinator('cases', '--json'));
      // It is mostly a new one.
      const isKnown = ({ case: id }) => Number(this.known.has(id));
      for (const { case: id } of cases.sort((one, other) => isKnown(one) - isKnown(other))) {
        this.known.add(id);
        const told = await this.coordinator('case', id);
        if (told.includes(text)) return { id, told };
      }
      return null;
    });
  }

  async reply(id, text) {
    const file = join(this.place, `answer-${id}`);
    writeFileSync(file, text);
    await this.coordinator('reply', id, '--text-file', file);
  }

  log(name) {
    return readFileSync(join(this.place, `${name}.log`), 'utf8');
  }

  async close() {
    this.neutralServer?.close();
    for (const name of ['duty', 'staff', 'reporters', 'daemon']) await this.kill(name, 'SIGTERM');
    rmSync(this.place, { recursive: true, force: true });
  }
}
