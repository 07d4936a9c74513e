// Leaving, at any moment: by the link at the top, by Shift three times, by closing or by Back. First
// a cover, then everything is wiped, then another address takes this one's place in the history: with
// a plain link Back would show the typed text again.
//
// A browser may keep the whole page alive to bring it back (back/forward cache) whatever the headers
// say. So it is wiped whenever it is hidden, and one that comes back leaves at once.

import { element } from './dom.ts';
import { t } from './language.ts';

const shiftWindow = 5000; // milliseconds for three presses

export class Exit {
  shiftWorks = true;
  private presses: number[] = [];
  private readonly link = document.getElementById('exit') as HTMLAnchorElement;

  constructor(
    private readonly url: string,
    private readonly wipe: () => void,
    private readonly announce: (line: string) => void,
  ) {
    this.link.addEventListener('click', (event) => {
      event.preventDefault();
      this.leave();
    });
    document.addEventListener('keydown', (event) => this.pressed(event));
    window.addEventListener('pagehide', () => this.wipe());
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.leave();
    });
  }

  label(): void {
    this.link.textContent = t('exit.button');
    this.link.dir = 'auto';
  }

  leave(): void {
    const cover = element('div', { class: 'cover' });
    document.documentElement.appendChild(cover);
    this.wipe();
    window.location.replace(this.url);
  }

  // Another key between two presses means that Shift was for typing.
  private pressed(event: KeyboardEvent): void {
    if (!this.shiftWorks || event.repeat) return;
    if (event.key !== 'Shift') {
      this.presses = [];
      return;
    }
    const now = Date.now();
    this.presses = [...this.presses.filter((then) => now - then < shiftWindow), now];
    if (this.presses.length >= 3) this.leave();
    else this.announce(t(this.presses.length === 1 ? 'exit.first' : 'exit.second'));
  }
}
