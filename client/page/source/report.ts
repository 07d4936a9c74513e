// What a reporter is writing: in memory, until it has arrived or the page is left.

import type { Door } from './doors.ts';
import type { Answer, Code, ConsentChoice, Draft, Sending } from './visit.ts';

export interface Photo {
  bytes: Uint8Array; // re-encoded JPEG
  before: number; // bytes of the file that was chosen
}

// What was answered to a consent question in this visit.
export interface ConsentDeed {
  choice: ConsentChoice | null;
  sending: Sending | null;
  text: string;
}

export class Report {
  door: Door | null = null;
  answers = new Map<string, string[]>();
  text = '';
  photos: Photo[] = [];
  wayBack = true;
  code: Code | null = null;
  // The thread's keys are derived: a report can be answered.
  codeInUse = false;
  consents = new Map<string, ConsentDeed>();
  burning = new Set<number>(); // replies that were asked to be erased
  warned = false; // the interruption page was read

  begin(door: Door): void {
    this.door = door;
    this.answers.delete('reporter');
    for (const [scheme, code] of Object.entries(door.fixed)) this.answers.set(scheme, [code]);
    // An answer to a question that this door does not ask would be sent unseen.
    const asked = new Set([...Object.keys(door.fixed), ...door.questions.map((one) => one.scheme)]);
    for (const scheme of [...this.answers.keys()]) if (!asked.has(scheme)) this.answers.delete(scheme);
  }

  answered(scheme: string): string[] {
    return this.answers.get(scheme) ?? [];
  }

  answer(scheme: string, codes: string[]): void {
    if (codes.length) this.answers.set(scheme, codes);
    else this.answers.delete(scheme);
  }

  // Nothing that a person has written or chosen: the door alone is no report.
  isEmpty(): boolean {
    const chosen = this.door?.questions.some((one) => this.answers.has(one.scheme)) ?? false;
    return !chosen && !this.text.trim() && !this.photos.length;
  }

  draft(language: string): Draft {
    const answers: Answer[] = [...this.answers].map(([question, codes]) => ({ question, codes }));
    return {
      kind: this.door?.kind ?? 'report',
      language,
      answers,
      text: this.text,
      images: this.photos.map((photo) => photo.bytes),
    };
  }

  // After it has arrived: the code stays, what was written goes.
  forgetContent(): void {
    for (const photo of this.photos) photo.bytes.fill(0);
    this.photos = [];
    this.text = '';
    this.answers.clear();
    this.door = null;
  }

  wipe(): void {
    this.forgetContent();
    this.consents.clear();
    this.burning.clear();
    this.code = null;
    this.codeInUse = false;
    this.wayBack = true;
  }
}
