// The page: one document, one address, one screen at a time. It holds what the reporter is writing,
// in memory only, and forgets all of it on leaving.

import type { Built } from './built.ts';
import { element, replaceChildren, type Child } from './dom.ts';
import { Exit } from './exit.ts';
import { Idle } from './idle.ts';
import { languagePicker } from './language_picker.ts';
import { loadTexts, t, type Language } from './language.ts';
import { exitOf } from './region.ts';
import { Report } from './report.ts';
import { homeScreen } from './home_screen.ts';
import type { Sending, Visit } from './visit.ts';

export interface Screen {
  readonly name: string;
  // Called when it comes up, and again when the language changes: what is typed lives in the report.
  draw(page: Page): Child[];
}

export class Page {
  readonly report = new Report();
  readonly exit: Exit;
  // The one that the idle wipe waits for.
  sending: Sending | null = null;
  private stack: Screen[] = [];
  private watchers: (() => void)[] = [];
  private readonly main: HTMLElement;
  private readonly status: HTMLElement;
  private readonly idle: Idle;
  private picker: HTMLElement;
  private over = false;

  constructor(readonly visit: Visit, readonly built: Built) {
    const found = document.getElementById('main');
    if (!found) throw new Error('the document has no main part');
    this.main = found;
    this.status = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
    this.picker = element('div', { class: 'picker' });
    document.getElementById('top')?.appendChild(this.picker);
    document.body.appendChild(this.status);
    this.exit = new Exit(exitOf(built.region), () => this.wipe(), (line) => this.announce(line));
    this.idle = new Idle(this);
    visit.onChange(() => this.changed());
    document.addEventListener('visibilitychange', () => {
      if (!this.over) document.hidden ? visit.pause() : visit.resume();
    });
    this.drawFrame();
  }

  show(screen: Screen): void {
    this.stack.push(screen);
    this.draw(true);
  }

  // Takes the place of the screen that shows: Back does not return to it.
  instead(screen: Screen): void {
    this.stack.pop();
    this.show(screen);
  }

  // Nothing lies before it.
  restart(screen: Screen = homeScreen): void {
    this.stack = [];
    this.show(screen);
  }

  back(): void {
    if (this.stack.length > 1) this.stack.pop();
    this.draw(true);
  }

  hasBefore(): boolean {
    return this.stack.length > 1;
  }

  // Draws the part again whenever the visit changes it, for as long as this screen is up. Focus stays
  // on what has the same data-key.
  live(part: () => Child[], attributes = {}): HTMLElement {
    const place = element('div', attributes, ...part());
    this.watchers.push(() => {
      const next = element('div', attributes, ...part());
      if (next.isEqualNode(place)) return;
      const active = document.activeElement;
      const key = active instanceof HTMLElement && place.contains(active) ? active.dataset['key'] : undefined;
      place.replaceChildren(...next.childNodes);
      if (key) place.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
    });
    return place;
  }

  watch(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  // Something that live parts show is another than before.
  changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  // Spoken by a screen reader; not shown.
  announce(line: string): void {
    this.status.textContent = '';
    window.setTimeout(() => (this.status.textContent = line), 50);
  }

  languageChanged(): void {
    this.drawFrame();
    this.draw(false);
    this.announce(t('language.name'));
    this.picker.querySelector('button')?.focus();
  }

  private draw(moved: boolean): void {
    const screen = this.stack[this.stack.length - 1];
    if (!screen || this.over) return;
    this.watchers = [];
    this.main.dataset['screen'] = screen.name;
    replaceChildren(this.main, ...screen.draw(this));
    if (!moved) return;
    window.scrollTo(0, 0);
    if (this.stack.length > 1 || document.activeElement !== document.body) {
      this.main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    }
  }

  private drawFrame(): void {
    this.exit.label();
    const next = languagePicker(this);
    this.picker.replaceWith(next);
    this.picker = next;
  }

  // Bytes are zeroed; text, which JavaScript cannot overwrite, is let go of.
  private wipe(): void {
    if (this.over) return;
    this.over = true;
    this.idle.stop();
    this.sending = null;
    this.report.wipe();
    this.visit.wipe();
    this.stack = [];
    this.watchers = [];
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
      if (field.type !== 'file') field.value = '';
    }
    document.body.textContent = '';
  }
}

function dataOf<Value>(id: string): Value {
  return JSON.parse(document.getElementById(id)?.textContent ?? '{}') as Value;
}

export function startPage(visit: Visit): Page {
  loadTexts(dataOf<Record<Language, Record<string, string>>>('page-texts'), navigator.languages);
  const page = new Page(visit, dataOf<Built>('page-built'));
  page.restart();
  return page;
}
