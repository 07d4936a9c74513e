// What the screens may ask of the protocol core. One visit lasts from opening the page to leaving
// it; everything of it is in memory, and wipe() ends it.

export type NoticeState = 'waiting' | 'taken' | 'refused' | 'unreachable' | 'no_core';

export interface LineState {
  notice: NoticeState;
  clockIsOff: boolean;
  busySeconds: number;
  daemonTime: number; // seconds since 1970; 0: unknown
  alarm: boolean;
}

export interface Code {
  words: { en: string[]; nl: string[] };
  digits: string[]; // seven groups of four
}

export type CodeEntry = 'ok' | 'not_a_code' | 'checksum' | 'no_memory';

export interface Answer {
  question: string;
  codes: string[];
}

export interface Draft {
  kind: 'report' | 'advice' | 'message';
  language: string;
  answers: Answer[];
  text: string;
  images: Uint8Array[]; // re-encoded JPEG
}

export type SendingState = 'waiting' | 'sending' | 'solving' | 'arrived' | 'failed';
export type FailureReason = '' | 'unreachable' | 'no_notice' | 'busy' | 'refused' | 'too_long';

export interface Sending {
  readonly state: SendingState;
  readonly acknowledged: number;
  readonly total: number;
  readonly why: FailureReason;
  cancel(): void;
}

export type ReplyStatus = string; // the names of crypto/reply.h's ReplyStatus

export interface ConsentQuestion {
  id: string; // hex
  recipient: string;
  purpose: string;
  fields: string[];
}

export interface Reply {
  index: number;
  status: ReplyStatus;
  urgent: boolean;
  textModule: string;
  text: string;
  consent: ConsentQuestion | null;
  expires: number; // seconds
  link: 'first' | 'follows' | 'unknown' | 'broken';
}

export interface Thread {
  looked: boolean;
  replies: Reply[]; // newest first
  unreadable: number;
  burned: number[];
}

export type ConsentChoice = 'given' | 'refused' | 'later' | 'withdrawn';

export interface Visit {
  readonly line: LineState;
  // Anything that this interface shows has changed.
  onChange(listener: () => void): void;
  // Made on this device, shown before sending.
  newCode(): Code;
  // Derives the thread's keys, in a disposable instance.
  useCode(typed: string): Promise<CodeEntry>;
  // The one that newCode() made; no_memory: only a report without a way back is possible.
  useNewCode(): Promise<CodeEntry>;
  complete(prefix: string, list: 'en' | 'nl', limit: number): string[];
  // wayBack false: under a code that nobody keeps.
  send(draft: Draft, wayBack: boolean): Sending;
  // Looks for replies at the next beats, and again with every new notice.
  read(): void;
  readonly thread: Thread;
  // A reply that was read.
  burn(index: number): void;
  answerConsent(id: string, choice: ConsentChoice, text: string): Sending;
  requestErase(text: string): Sending;
  // For large attachments: shorter beats. The screen says what that gives away.
  faster(on: boolean): void;
  pause(): void;
  resume(): void;
  // Zeroes the core's memory; nothing works after.
  wipe(): void;
}
