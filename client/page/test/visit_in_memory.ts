// A visit that answers from memory: what drives the screens in tests, and never travels with the page.
// A test changes it through `globalThis.visit`.

import type {
  Code, CodeEntry, ConsentChoice, Draft, LineState, Sending, SendingState, Thread, Visit,
} from '../source/visit.ts';

const words = {
  nl: ['appel', 'boterham', 'cirkel', 'dromen', 'eekhoorn', 'fluiten', 'groente'],
  en: ['acorn', 'butter', 'candle', 'dragon', 'eleven', 'fabric', 'garden'],
};
const digits = ['0123', '4567', '8901', '2345', '6789', '0123', '4567'];

export class SendingInMemory implements Sending {
  state: SendingState = 'waiting';
  acknowledged = 0;
  why: Sending['why'] = '';
  cancelled = false;
  constructor(public total: number) {}
  cancel(): void {
    this.cancelled = true;
  }
}

export class VisitInMemory implements Visit {
  line: LineState = { notice: 'taken', clockIsOff: false, busySeconds: 0, daemonTime: 1800000000, alarm: false };
  thread: Thread = { looked: false, replies: [], unreadable: 0, burned: [] };
  room = true; // for the derivation of keys
  wiped = false;
  paused = false;
  beat = 5000;
  sent: { draft: Draft; wayBack: boolean }[] = [];
  consents: { id: string; choice: ConsentChoice; text: string }[] = [];
  erased: string[] = [];
  sendings: SendingInMemory[] = [];
  private listeners: (() => void)[] = [];

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  newCode(): Code {
    return { words, digits };
  }

  async useCode(typed: string): Promise<CodeEntry> {
    const bare = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (!this.room) return 'no_memory';
    if ([words.nl.join(''), words.en.join(''), digits.join('')].includes(bare)) return 'ok';
    return typed.trim().split(/\s+/).length === 7 || /^\d{28}$/.test(bare) ? 'checksum' : 'not_a_code';
  }

  async useNewCode(): Promise<CodeEntry> {
    return this.room ? 'ok' : 'no_memory';
  }

  complete(prefix: string, list: 'en' | 'nl', limit: number): string[] {
    return words[list].filter((word) => word.startsWith(prefix)).slice(0, limit);
  }

  send(draft: Draft, wayBack: boolean): Sending {
    this.sent.push({ draft, wayBack });
    return this.sending(1 + draft.images.length * 18);
  }

  read(): void {
    this.thread = { ...this.thread, looked: true };
    this.changed();
  }

  burn(index: number): void {
    this.thread = {
      ...this.thread,
      burned: [...this.thread.burned, index],
      replies: this.thread.replies.filter((reply) => reply.index !== index),
    };
    this.changed();
  }

  answerConsent(id: string, choice: ConsentChoice, text: string): Sending {
    this.consents.push({ id, choice, text });
    return this.sending(1);
  }

  requestErase(text: string): Sending {
    this.erased.push(text);
    return this.sending(1);
  }

  faster(on: boolean): void {
    this.beat = on ? 1000 : 5000;
    this.changed();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  wipe(): void {
    this.wiped = true;
    this.sent = [];
  }

  // For tests: the last send goes on to another state.
  becomes(state: SendingState, change: Partial<SendingInMemory> = {}): void {
    const last = this.sendings[this.sendings.length - 1];
    if (last) Object.assign(last, change, { state });
    this.changed();
  }

  private sending(total: number): Sending {
    const made = new SendingInMemory(total);
    this.sendings.push(made);
    return made;
  }
}
