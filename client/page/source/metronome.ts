// Keeps the beats of one visit: one frame out and one in, at the moments that the core names, whatever is in them.
//
// Everything that takes time happens right after an answer, or long before the next beat, never when one is due:
// otherwise a beat that carries something would leave later than one that carries nothing.
import type { Core } from './core';
import type { Clock, Post } from './visit';

export class Metronome {
  private frame: Uint8Array | null = null;
  private cancelTimer: () => void = () => undefined;
  private onTheWay = false;
  private paused = false;
  private closed = false;
  private readonly afterAnswer: (() => void)[] = [];

  constructor(
    private readonly core: Core,
    private readonly post: Post,
    private readonly clock: Clock,
    private readonly draw: () => number,
    private interval: number, // milliseconds from one beat to the next
    private readonly beatIsOver: () => void,
  ) {}

  get beat(): number {
    return this.interval;
  }

  start(): void {
    this.makeReady();
  }

  // Runs it now when the next beat is far enough, otherwise after its answer; in the order of the calls.
  quietly(run: () => void): void {
    if (this.closed) return;
    const left = this.core.due() - this.clock.steady();
    const isNear = !this.paused && !this.onTheWay && left < this.interval / 4;
    if (isNear || this.afterAnswer.length > 0) {
      this.afterAnswer.push(run);
    } else {
      run();
    }
  }

  // What the next beat was to carry is not wanted any more: another frame takes its place, unless it is due in a moment.
  prepareAgain(): void {
    this.quietly(() => {
      if (!this.paused && !this.onTheWay) this.makeReady();
    });
  }

  setBeat(milliseconds: number): void {
    if (this.closed) return;
    if (this.onTheWay) {
      this.afterAnswer.push(() => this.setBeat(milliseconds));
      return;
    }
    if (milliseconds === this.interval) return;
    this.interval = milliseconds;
    this.core.beat(milliseconds, this.clock.steady(), this.draw());
    if (!this.paused) this.makeReady();
  }

  pause(): void {
    this.paused = true;
    this.cancelTimer();
    if (!this.onTheWay) this.runWhatWaits(); // no beat comes that it could follow
  }

  resume(): void {
    if (!this.paused || this.closed) return;
    this.paused = false;
    if (this.onTheWay) return; // its answer goes on with the beats
    this.core.resume(this.clock.steady(), this.draw());
    this.makeReady();
  }

  close(): void {
    this.closed = true;
    this.cancelTimer();
    this.frame?.fill(0);
    this.frame = null;
  }

  private runWhatWaits(): void {
    for (const run of this.afterAnswer.splice(0)) run();
  }

  private makeReady(): void {
    this.cancelTimer();
    this.frame = this.core.prepare();
    this.cancelTimer = this.clock.after(Math.max(0, this.core.due() - this.clock.steady()), () => void this.exchange());
    this.beatIsOver();
  }

  private async exchange(): Promise<void> {
    const frame = this.frame;
    if (this.closed || this.onTheWay || !frame) return;
    this.frame = null;
    this.onTheWay = true;
    const answer = await this.post(frame).catch(() => null);
    this.onTheWay = false;
    if (this.closed) return;
    if (answer) {
      this.core.take(answer, this.clock.unix(), this.clock.steady(), this.draw());
    } else {
      this.core.notDelivered(this.clock.steady(), this.draw());
    }
    this.runWhatWaits();
    if (this.paused) {
      this.beatIsOver();
    } else {
      this.makeReady();
    }
  }
}
