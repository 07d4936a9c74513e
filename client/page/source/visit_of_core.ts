// A visit over one instance of the core: keys from the workshop, beats from the metronome, and what the screens see read
// anew after every beat and every deed.
import { Core, CoreError, systemRandom } from './core';
import { Metronome } from './metronome';
import { consentBytes, draftBytes, readLine, readNewCode, readThread } from './readings';
import { SendingOfCore } from './sendings';
import { browserClock, postToOwnPath } from './surroundings';
import type { Clock, Code, CodeEntry, ConsentChoice, Draft, LineState, Sending, Thread, Visit, VisitOptions } from './visit';
import { openWorkshop, type Workshop } from './workshop';

const usualBeat = 5000;
const usualFastBeat = 1000;
const emptyThread: Thread = { looked: false, replies: [], unreadable: 0, burned: [] };
const noLine: LineState = { notice: 'waiting', clockIsOff: false, busySeconds: 0, daemonTime: 0, alarm: false };

// Independent of everything that is sent: the jitter of one beat.
function systemDraw(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

interface Parts {
  readonly core: Core;
  readonly workshop: Workshop;
  readonly metronome: Metronome;
}

class VisitOfCore implements Visit {
  line: LineState = noLine;
  thread: Thread = emptyThread;
  private parts: Parts | null = null;
  private readonly listeners: (() => void)[] = [];
  private readonly sendings: SendingOfCore[] = [];
  private readonly clock: Clock;
  private newErrand: Uint8Array | null = null; // for the keys of the code that newCode() made
  private puzzle = 0; // the number of the one that the workshop is at
  private told = '';

  constructor(private readonly options: VisitOptions) {
    this.clock = options.clock ?? browserClock;
  }

  async begin(): Promise<void> {
    const { pin, words, beat = usualBeat } = this.options;
    try {
      const module = await WebAssembly.compile(this.options.core as Uint8Array<ArrayBuffer>);
      const core = await Core.open(module, this.options.random ?? systemRandom);
      core.start({ pin, ...words, unix: this.clock.unix(), steady: this.clock.steady(), beat });
      const post = this.options.post ?? postToOwnPath;
      const metronome = new Metronome(core, post, this.clock, this.options.draw ?? systemDraw, beat, () => this.refresh());
      this.parts = { core, workshop: openWorkshop(module, this.options.worker), metronome };
      metronome.start();
    } catch {
      this.line = { ...noLine, notice: 'no_core' };
    }
  }

  get beat(): number {
    return this.parts?.metronome.beat ?? this.options.beat ?? usualBeat;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  newCode(): Code {
    if (!this.parts) return { words: { en: [], nl: [] }, digits: [] };
    const { errand, code } = readNewCode(this.parts.core.newCode());
    this.newErrand = errand;
    return code;
  }

  async useNewCode(): Promise<CodeEntry> {
    return this.newErrand ? this.derive(this.newErrand) : 'not_a_code';
  }

  async useCode(typed: string): Promise<CodeEntry> {
    if (!this.parts) return 'no_memory';
    try {
      return await this.derive(this.parts.core.parseCode(typed));
    } catch (error) {
      return error instanceof CoreError && error.failure === 'checksum' ? 'checksum' : 'not_a_code';
    }
  }

  complete(prefix: string, list: 'en' | 'nl', limit: number): string[] {
    return this.parts?.core.complete(prefix, list === 'en' ? 0 : 1, limit) ?? [];
  }

  send(draft: Draft, wayBack: boolean): Sending {
    return this.hand((core) => core.send(draftBytes(draft), wayBack));
  }
  answerConsent(id: string, answer: ConsentChoice, text: string): Sending {
    return this.hand((core) => core.consent(consentBytes(id, answer, text)));
  }
  requestErase(text: string): Sending {
    return this.hand((core) => core.erase(text));
  }

  read(): void {
    this.quietly((core) => core.read());
  }
  burn(index: number): void {
    this.quietly((core) => core.burn(index));
  }

  faster(on: boolean): void {
    const { beat = usualBeat, fastBeat = usualFastBeat } = this.options;
    this.parts?.metronome.setBeat(on ? Math.min(fastBeat, beat) : beat);
  }
  pause(): void {
    this.parts?.metronome.pause();
  }
  resume(): void {
    this.parts?.metronome.resume();
  }

  wipe(): void {
    this.parts?.metronome.close();
    this.parts?.workshop.close();
    this.parts?.core.wipe();
    this.parts = null;
    this.newErrand?.fill(0);
    this.newErrand = null;
    this.sendings.length = this.listeners.length = 0;
    this.thread = emptyThread;
    this.line = noLine;
  }

  // In an instance that is dropped after it; what crosses is 144 bytes, wiped here as soon as the core has them.
  private async derive(errand: Uint8Array): Promise<CodeEntry> {
    if (!this.parts) return 'no_memory';
    let keys: Uint8Array;
    try {
      keys = await this.parts.workshop.derive(errand.slice());
    } catch {
      return 'no_memory';
    }
    this.quietly((core) => {
      core.takeKeys(keys);
      keys.fill(0);
    });
    return this.parts ? 'ok' : 'no_memory';
  }

  private hand(compose: (core: Core) => number): Sending {
    const sending = new SendingOfCore(
      () => this.parts?.core ?? null,
      () => {
        this.parts?.metronome.prepareAgain();
        this.refresh();
      },
    );
    if (!this.parts) {
      sending.fail('');
      return sending;
    }
    this.sendings.push(sending);
    this.quietly((core) => sending.hand(() => compose(core)));
    return sending;
  }

  private quietly(deed: (core: Core) => void): void {
    this.parts?.metronome.quietly(() => {
      if (!this.parts) return;
      try {
        deed(this.parts.core);
      } catch (error) {
        // No code yet, or no such reply: nothing happens.
        if (!(error instanceof CoreError)) throw error;
      }
      this.refresh();
    });
  }

  // Reads what the core knows, sees to its puzzle, and tells whoever listens when something changed.
  private refresh(): void {
    if (!this.parts) return;
    const { core } = this.parts;
    this.line = readLine(core.line(this.clock.unix()));
    const thread = core.thread();
    this.thread = thread ? readThread(thread) : emptyThread;
    for (const sending of this.sendings) sending.refresh(this.line);
    this.seeToPuzzle(this.parts);
    const { daemonTime: _moves, ...line } = this.line;
    const now = JSON.stringify([line, this.beat, this.thread, this.sendings.map((s) => [s.state, s.acknowledged, s.total, s.why])]);
    if (now === this.told) return;
    this.told = now;
    for (const listener of this.listeners) listener();
  }

  private seeToPuzzle({ core, workshop }: Parts): void {
    const wanted = core.puzzle();
    if (this.puzzle === (wanted?.number ?? 0)) return;
    this.puzzle = wanted?.number ?? 0;
    if (!wanted) {
      workshop.stop();
      return;
    }
    workshop.solve(wanted.errand).then(
      (answer) => this.quietly((visiting) => visiting.solved(wanted.number, answer)),
      () => undefined, // stopped: nobody wants it any more
    );
  }
}

// Begins at once: the first beat asks for the notice.
export async function makeVisit(options: VisitOptions): Promise<Visit> {
  const visit = new VisitOfCore(options);
  await visit.begin();
  return visit;
}
