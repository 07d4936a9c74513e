// The programs of a region under a clock that walks: each command is run as a person would type it.
import { execFile, spawn } from 'node:child_process';
import { existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
// The one for programs with threads: in the other, threads now and then see the real time.
const faketime = ['/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1', '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1']
  .find((file) => existsSync(file));

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Days before today. Every program that runs lives in that time.
export class WalkingClock {
  constructor(folder, daysAgo) {
    if (!faketime) throw new Error('libfaketime is missing: install the package faketime');
    this.file = join(folder, 'offset');
    this.set(daysAgo);
  }
  set(daysAgo) {
    this.daysAgo = daysAgo;
    writeFileSync(this.file, daysAgo === 0 ? '+0\n' : `-${daysAgo}d\n`);
  }
  get environment() {
    return { ...process.env, LD_PRELOAD: faketime, FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  }
}

export class Programs {
  constructor(bin, folder, clock) {
    Object.assign(this, { bin, folder, clock, passphrase: join(folder, 'passphrase'), running: [] });
  }

  start(name, program, words, environment = this.clock.environment) {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(join(this.bin, program), words, { stdio: ['ignore', log, log], env: environment });
    this.running.push(child);
    return child;
  }
  async stopAll() {
    for (const child of this.running.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    }
  }

  // What `meldpunt` prints as JSON, a list of objects. `input`: its standard input.
  async meldpunt(words, input = '') {
    const promise = run(join(this.bin, 'meldpunt'), [...words, '--json'],
      { env: this.clock.environment, maxBuffer: 1 << 26 });
    promise.child.stdin.end(input);
    try {
      const { stdout } = await promise;
      return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    } catch (error) {
      throw new Error(`meldpunt ${words.join(' ')}: ${error.stdout ?? ''}${error.stderr ?? error.message}`);
    }
  }
  // A command of a device: the first word or two, then its operands and options.
  device(home, words, input) {
    const [command, ...rest] = words;
    return this.meldpunt([...command.split(' '), '--home', join(this.folder, home), '--passphrase-file', this.passphrase, ...rest], input);
  }
}

export const event = (objects, name) => objects.find((object) => object.event === name);
