// The daemon of the tests (tests/support/page_daemon.cpp), as a child process: one command, one line back.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { env } from 'node:process';

export class Daemon {
  #child = spawn(env.MELDPUNT_PAGE_DAEMON, { stdio: ['pipe', 'pipe', 'inherit'] });
  #waiting = [];

  constructor() {
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      if (line.startsWith('> ')) this.#waiting.shift()(line.slice(2));
    });
  }

  ask(command, argument = '') {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin.write(`${command} ${argument}\n`);
    });
  }

  async frame(bytes) {
    return new Uint8Array(Buffer.from(await this.ask('frame', Buffer.from(bytes).toString('hex')), 'hex'));
  }
  async reports() {
    return JSON.parse(await this.ask('reports'));
  }
  async enclosed(number) {
    const list = JSON.parse(await this.ask('parts', number));
    return list.map(([kind, whole]) => ({ kind, whole: Buffer.from(whole, 'hex') }));
  }
  reply(wanted) {
    return this.ask('reply', JSON.stringify(wanted));
  }
  close() {
    this.#child.stdin.end();
  }
}
