// One visit: from opening the page to leaving it. Everything is in memory; wipe() ends it.
//
// The screens are written against this file; visit_of_core.ts does what it says.
export { makeVisit } from './visit_of_core';

// no_core: WebAssembly cannot run here. Nothing can be sent, and every call does nothing.
export type NoticeState = 'waiting' | 'taken' | 'refused' | 'unreachable' | 'no_core';

export interface LineState {
  readonly notice: NoticeState;
  readonly clockIsOff: boolean;
  readonly busySeconds: number;
  readonly daemonTime: number; // seconds since 1970; 0: unknown
  readonly alarm: boolean; // the server shows an older state than it did before
}

export interface Code {
  readonly words: { readonly en: string[]; readonly nl: string[] };
  readonly digits: string[]; // 7 groups of 4
}

export type CodeEntry = 'ok' | 'not_a_code' | 'checksum' | 'no_memory';

export interface Answer {
  readonly question: string;
  readonly codes: string[];
}

export interface Draft {
  readonly kind: 'report' | 'advice' | 'message';
  readonly language: string;
  readonly answers: Answer[];
  readonly text: string;
  readonly images: Uint8Array[]; // JPEG, made anew on this device
}

export type SendingState = 'waiting' | 'sending' | 'solving' | 'arrived' | 'failed';

// failed: no more of it is sent; `why` is refused or too_long, or empty when it was cancelled or had no code. In every
// other state it is tried again for as long as the visit lasts, and `why` says what it waits for.
export interface Sending {
  readonly state: SendingState;
  readonly acknowledged: number; // frames
  readonly total: number; // 0 while it is not composed
  readonly why: '' | 'unreachable' | 'no_notice' | 'busy' | 'refused' | 'too_long';
  cancel(): void; // what was acknowledged has arrived; a frame on its way, or due in a moment, may arrive too
}

// read, answer, question, working, handed_over, closed, consent: the names of crypto/reply.h.
export type ReplyStatus = string;

export interface ConsentQuestion {
  readonly id: string; // hexadecimal
  readonly recipient: string;
  readonly purpose: string;
  readonly fields: string[];
}

export interface Reply {
  readonly index: number;
  readonly status: ReplyStatus;
  readonly textModule: string;
  readonly text: string; // empty when it is burned
  readonly consent: ConsentQuestion | null;
  readonly expires: number; // seconds since 1970
  readonly link: 'first' | 'follows' | 'unknown' | 'broken';
}

export interface Thread {
  readonly looked: boolean; // once to the end
  readonly replies: Reply[]; // newest first
  readonly unreadable: number;
  readonly burned: number[];
}

export type ConsentChoice = 'given' | 'refused' | 'later' | 'withdrawn';

export interface Visit {
  readonly line: LineState;
  readonly beat: number; // milliseconds from one frame to the next, as it is kept now
  onChange(listener: () => void): void; // anything here changed
  newCode(): Code; // made on this device, shown before sending
  useCode(typed: string): Promise<CodeEntry>; // derives the thread's keys
  useNewCode(): Promise<CodeEntry>; // the one newCode() made; no_memory: only one-way is possible
  complete(prefix: string, list: 'en' | 'nl', limit: number): string[];
  send(draft: Draft, wayBack: boolean): Sending; // wayBack=false: under a code that nobody keeps
  read(): void; // looks for replies at the next beats; again with every new notice
  readonly thread: Thread;
  burn(index: number): void; // a reply that was read
  answerConsent(id: string, answer: ConsentChoice, text: string): Sending;
  requestErase(text: string): Sending;
  faster(on: boolean): void; // for large attachments: shorter beats
  pause(): void; // hidden
  resume(): void; // visible
  wipe(): void; // zeroes the core's memory; nothing works after
}

// Sends one frame and gives back one, or fails.
export type Post = (frame: Uint8Array) => Promise<Uint8Array>;

// Time as the visit sees it.
export interface Clock {
  steady(): number; // milliseconds; never runs backwards
  unix(): number; // seconds since 1970
  after(milliseconds: number, run: () => void): () => void; // gives back what cancels it
}

export interface VisitOptions {
  readonly pin: Uint8Array;
  readonly core: Uint8Array; // page_core.wasm
  readonly words: { readonly en: string; readonly nl: string }; // one word a line
  // worker.ts as one script. Without it, what takes long runs on the page's own thread.
  readonly worker?: string;
  readonly beat?: number; // milliseconds; 5,000
  readonly fastBeat?: number; // 1,000
  // Tests hand in their own; the page leaves them out.
  readonly post?: Post;
  readonly clock?: Clock;
  readonly random?: (bytes: Uint8Array) => void; // the core's randomness
  readonly draw?: () => number; // 32 random bits for the jitter of one beat
}
