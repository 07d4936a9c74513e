// The page that is delivered, in a time that only a test moves on and with the jitter that it draws: what somebody on
// the line sees is then exact. `watched` is the test's: the draws, and how late this page is while it reports.
import { partsOfDocument } from '../../client/page/source/document.ts';
import { startPage } from '../../client/page/source/page.ts';
import { makeVisit, type Clock } from '../../client/page/source/visit.ts';

declare const watched: { draws: number[]; late: number };

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

class TimeOfTest implements Clock {
  isLate = (): boolean => false;
  private now = 0;
  private timers: Timer[] = [];
  private isSet = (): void => undefined;
  private readonly began = Math.floor(Date.now() / 1000);

  steady(): number {
    return this.now;
  }
  unix(): number {
    return this.began + Math.floor(this.now / 1000);
  }
  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.now + milliseconds + (this.isLate() ? watched.late : 0), run };
    this.timers.push(timer);
    this.isSet();
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }

  // When the next timer is due; while a frame is on its way there is none.
  async due(): Promise<number> {
    while (this.timers.length === 0) await new Promise<void>((set) => (this.isSet = set));
    return Math.min(...this.timers.map(({ at }) => at));
  }
  becomes(now: number): void {
    this.now = now;
    const due = this.timers.filter(({ at }) => at <= now);
    this.timers = this.timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
  }
}

async function start(): Promise<void> {
  const time = new TimeOfTest();
  Object.assign(globalThis, { time });
  const visit = await makeVisit({ ...partsOfDocument(), clock: time, draw: () => watched.draws.shift() ?? 0 });
  const send = visit.send.bind(visit);
  visit.send = (draft, wayBack) => {
    const sending = send(draft, wayBack);
    time.isLate = () => sending.state === 'sending';
    return sending;
  };
  startPage(visit);
}
void start();
