// What the core tells, in the words of visit.ts; and drafts in the bytes of page_core.h.
import { ByteWriter, type ByteReader } from './bytes';
import type { Code, ConsentChoice, ConsentQuestion, Draft, LineState, Reply, Thread } from './visit';

const notices = ['waiting', 'taken', 'refused', 'unreachable'] as const;
const links = ['first', 'follows', 'unknown', 'broken'] as const;
// The names and values of crypto/reply.h and crypto/report.h.
export const statuses = ['', 'read', 'answer', 'question', 'working', 'handed_over', 'closed', 'consent'] as const;
export const kinds = { report: 1, message: 2, advice: 3 } as const;
export const choices = { given: 1, refused: 2, later: 3, withdrawn: 4 } as const;

export function readLine(reader: ByteReader): LineState {
  return {
    notice: notices[reader.number(1)] ?? 'waiting',
    clockIsOff: reader.number(1) === 1,
    busySeconds: reader.number(2),
    daemonTime: reader.number(8),
    alarm: reader.number(1) === 1,
  };
}

// And the errand for its keys.
export function readNewCode(reader: ByteReader): { errand: Uint8Array; code: Code } {
  const errand = reader.bytes(44);
  const [en, nl, digits] = reader.list(3, () => reader.text().split(' '));
  return { errand, code: { words: { en: en ?? [], nl: nl ?? [] }, digits: digits ?? [] } };
}

export function readThread(reader: ByteReader): Thread {
  const looked = reader.number(1) === 1;
  const unreadable = reader.number(2);
  const burned = reader.list(reader.number(2), () => reader.number(2));
  const replies = reader.list(reader.number(2), () => readReply(reader));
  return { looked, unreadable, burned, replies };
}

function readReply(reader: ByteReader): Reply {
  const index = reader.number(2);
  const status = statuses[reader.number(1)] ?? '';
  const textModule = reader.text();
  const text = reader.text();
  const expires = reader.number(8);
  const link = links[reader.number(1)] ?? 'unknown';
  const consent = reader.number(1) === 1 ? readConsent(reader) : null;
  return { index, status, textModule, text, consent, expires, link };
}

function readConsent(reader: ByteReader): ConsentQuestion {
  const id = Array.from(reader.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const recipient = reader.text();
  const purpose = reader.text();
  return { id, recipient, purpose, fields: reader.list(reader.number(1), () => reader.text()) };
}

export function draftBytes(draft: Draft): Uint8Array {
  const writer = new ByteWriter().number(kinds[draft.kind], 1).text(draft.language);
  writer.number(draft.answers.length, 1);
  for (const { question, codes } of draft.answers) {
    writer.text(question).number(codes.length, 1);
    for (const code of codes) writer.text(code);
  }
  writer.text(draft.text).number(draft.images.length, 1);
  for (const image of draft.images) writer.blob(image);
  return writer.written();
}

// An id that is none gives zeros: a question that nobody asked.
export function consentBytes(id: string, choice: ConsentChoice, text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  if (/^[0-9a-f]{32}$/.test(id)) bytes.set(bytes.map((_, i) => Number.parseInt(id.slice(2 * i, 2 * i + 2), 16)));
  return new ByteWriter().bytes(bytes).number(choices[choice], 1).text(text).written();
}
