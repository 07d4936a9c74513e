// A visit on a stage: the real core and the real daemon, in a time that passes when nobody has anything to do.
import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { Daemon } from './daemon.mjs';
import { drawsOf } from './draws.mjs';
import './web_crypto.mjs';

export const { makeVisit } = await import(pathToFileURL(`${env.MELDPUNT_PAGE}/visit.mjs`));
export const coreBytes = readFileSync(env.MELDPUNT_CORE);
const wordFolder = new URL('../../../config/words/', import.meta.url);
export const words = {
  en: readFileSync(new URL('en.txt', wordFolder), 'utf8'),
  nl: readFileSync(new URL('nl.txt', wordFolder), 'utf8'),
};

export const latency = 250;
const patience = 60_000; // of real time, for an answer of the daemon

export class Stage {
  daemon = new Daemon();
  time = 0;
  seen = []; // what somebody on the line sees: moment, direction, size
  frames = new Set();
  lose = 0; // so many frames get no answer
  lateForReports = 0; // the mistake that must be seen on the line
  #timers = [];
  #began = 0;
  #idleSince = 0;

  async open({ seed = 1, pin, ...options } = {}) {
    this.#began = Number(await this.daemon.ask('time'));
    this.clock = {
      steady: () => this.time,
      unix: () => this.#began + Math.floor(this.time / 1000),
      after: (milliseconds, run) => {
        const timer = { at: this.time + milliseconds, run };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter((other) => other !== timer));
      },
    };
    this.visit = await makeVisit({
      pin: pin ?? new Uint8Array(Buffer.from(await this.daemon.ask('pin'), 'hex')),
      core: coreBytes,
      words,
      post: (frame) => this.#post(frame),
      clock: this.clock,
      draw: drawsOf(seed),
      ...options,
    });
    return this.visit;
  }

  async #post(frame) {
    const key = Buffer.from(frame).toString('base64');
    if (this.frames.has(key)) throw new Error('a frame was sent twice');
    this.frames.add(key);
    this.seen.push([this.time, 'out', frame.length]);
    const lost = this.lose > 0 && this.lose--;
    const answer = lost ? null : await this.daemon.frame(frame);
    this.time += latency;
    if (lost) throw new Error('lost');
    this.seen.push([this.time, 'in', answer.length]);
    return answer;
  }

  // Lets time pass until it holds; a thousand beats are too many.
  async until(holds, beats = 1000) {
    const end = this.time + beats * 5000;
    while (!holds()) {
      if (this.time >= end) throw new Error('it never came to hold');
      await this.#step();
    }
  }
  async pass(milliseconds) {
    const end = this.time + milliseconds;
    await this.until(() => this.time >= end);
  }

  async #step() {
    await new Promise((resolve) => setImmediate(resolve));
    this.#timers.sort((a, b) => a.at - b.at);
    const next = this.#timers.shift();
    if (!next) return this.#wait(); // somebody is still at it
    this.#idleSince = 0;
    this.time = Math.max(this.time, next.at);
    next.run();
  }

  // A story in which nothing moves any more has failed, and says so.
  #wait() {
    this.#idleSince ||= Date.now();
    if (Date.now() - this.#idleSince > patience) throw new Error('nothing moves any more');
  }

  close() {
    this.visit?.wipe();
    this.daemon.close();
  }
}

// A stage for one story, closed when it is over.
export async function story(tell, options) {
  const stage = new Stage();
  try {
    await tell(await stage.open(options), stage);
  } finally {
    stage.close();
  }
}

export const aDraft = (more = {}) => ({
  kind: 'report',
  language: 'nl',
  answers: [{ question: 'sector', codes: ['AGR', 'HOTEL'] }],
  text: 'Ik werk zestien uur per dag.',
  images: [],
  ...more,
});

export const arrived = (sending) => () => {
  if (sending.state === 'failed') throw new Error(`it failed: ${sending.why}`);
  return sending.state === 'arrived';
};
