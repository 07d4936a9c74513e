// Ten minutes without a touch: the page warns for the last one, then wipes itself and leaves. A send
// in progress is waited for, and the page says so.

import { alertBox, button, element, heading, paragraph, replaceChildren } from './dom.ts';
import { t } from './language.ts';
import type { Page } from './page.ts';

const idleLimit = 10 * 60 * 1000; // milliseconds
const warning = 60 * 1000;
const spokenAt = [60, 30, 10]; // seconds left

export class Idle {
  private last = Date.now();
  private box: HTMLElement | null = null;
  private before: HTMLElement | null = null;
  private readonly timer = window.setInterval(() => this.look(), 1000);

  constructor(private readonly page: Page) {
    for (const sign of ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart', 'scroll']) {
      window.addEventListener(sign, () => this.touched(), { passive: true, capture: true });
    }
  }

  stop(): void {
    window.clearInterval(this.timer);
  }

  // Once the warning is up only its button, or typing on, takes it away: a scroll by itself does not.
  private touched(): void {
    if (!this.box) this.last = Date.now();
  }

  private look(): void {
    const left = idleLimit - (Date.now() - this.last);
    if (left > warning) return;
    const sending = this.page.sending;
    const busy = sending !== null && sending.state !== 'arrived' && sending.state !== 'failed';
    if (left <= 0 && !busy) {
      this.page.exit.leave();
      return;
    }
    this.warn(Math.max(0, Math.ceil(left / 1000)), busy);
  }

  private warn(seconds: number, busy: boolean): void {
    const line = busy ? t('idle.sending') : t('idle.body', { seconds });
    if (!this.box) {
      this.before = document.activeElement as HTMLElement | null;
      this.box = element('section', { class: 'idle', 'aria-labelledby': 'idle-head' });
      document.getElementById('main')?.before(this.box);
      this.draw(line);
      window.scrollTo(0, 0);
      this.box.querySelector('button')?.focus({ preventScroll: true });
      this.page.announce(line);
    } else {
      const shown = this.box.querySelector('p');
      if (shown && shown.textContent !== line) shown.textContent = line;
      if (!busy && spokenAt.includes(seconds)) this.page.announce(line);
    }
  }

  private draw(line: string): void {
    const head = heading(2, t('idle.head'));
    head.id = 'idle-head';
    const stay = button(t('idle.stay'), 'primary-action', () => this.stay());
    if (this.box) replaceChildren(this.box, alertBox('warning', head, paragraph(line), stay));
  }

  private stay(): void {
    this.last = Date.now();
    this.box?.remove();
    this.box = null;
    this.before?.focus();
  }
}
