// What was handed in for sending, as the screens see it.
import type { Core, CoreError } from './core';
import type { LineState, Sending, SendingState } from './visit';

const states = ['waiting', 'sending', 'solving', 'arrived', 'failed', 'failed'] as const;
const refused = 4; // by the server

export class SendingOfCore implements Sending {
  state: SendingState = 'waiting';
  acknowledged = 0;
  total = 0;
  why: Sending['why'] = '';
  private number: number | null = null; // with the core, once it is composed

  constructor(
    private readonly core: () => Core | null,
    private readonly withdrawn: () => void,
  ) {}

  // compose: hands it to the core and gives back its number.
  hand(compose: () => number): void {
    if (this.over()) return;
    try {
      this.number = compose();
    } catch (error) {
      this.fail((error as CoreError).failure === 'too_long' ? 'too_long' : '');
    }
  }

  fail(why: 'refused' | 'too_long' | ''): void {
    this.state = 'failed';
    this.why = why;
  }

  cancel(): void {
    if (this.over()) return;
    const core = this.core();
    if (core && this.number !== null) core.cancel(this.number);
    this.fail('');
    this.withdrawn();
  }

  refresh(line: LineState): void {
    const core = this.core();
    if (this.over() || !core) return;
    this.why = reasonToWait(line);
    if (this.number === null) return;
    const read = core.sending(this.number);
    const state = read.number(1);
    this.acknowledged = read.number(2);
    this.total = read.number(2);
    this.state = states[state] ?? 'failed';
    if (this.state === 'arrived') this.why = '';
    if (this.state === 'failed') this.why = state === refused ? 'refused' : '';
  }

  private over(): boolean {
    return this.state === 'arrived' || this.state === 'failed';
  }
}

function reasonToWait(line: LineState): Sending['why'] {
  if (line.notice === 'unreachable') return 'unreachable';
  if (line.notice === 'refused') return 'no_notice';
  return line.busySeconds > 0 ? 'busy' : '';
}
