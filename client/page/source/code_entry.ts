// The field for a code: words complete as they are typed, from both lists; pasting and digits work; the
// words that were understood stand below it.

import { element, freshId, replaceChildren, unspoilt } from './dom.ts';
import { t } from './language.ts';
import type { Page } from './page.ts';

const shortest = 2; // letters before anything is offered
const offeredMost = 6;

export class CodeEntryField {
  private readonly listId = freshId('words');
  private readonly fieldId = freshId('code');
  private readonly input = element('input', {
    type: 'text', id: this.fieldId, class: 'utrecht-textbox', dir: 'ltr', role: 'combobox', inputmode: 'text',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.listId,
    ...unspoilt,
    input: () => this.typed(),
    keydown: (event) => this.pressed(event as KeyboardEvent),
    blur: () => this.leave(),
  });
  private readonly list = element('ul', { id: this.listId, class: 'suggestions', role: 'listbox', dir: 'ltr', hidden: true });
  private readonly understood = element('ol', { class: 'words understood', dir: 'ltr', translate: 'no', hidden: true });
  private offered: string[] = [];
  private active = -1;

  constructor(private readonly page: Page, private readonly done: () => void) {}

  draw(): HTMLElement {
    const hint = freshId('hint');
    this.input.setAttribute('aria-describedby', hint);
    this.list.setAttribute('aria-label', t('entry.suggestions'));
    return element('div', { class: 'field' },
      element('label', { for: this.fieldId }, t('entry.label')),
      element('p', { class: 'hint', id: hint }, t('entry.hint')),
      element('div', { class: 'combobox' }, this.input, this.list),
      this.understood);
  }

  value(): string {
    return this.input.value.trim();
  }

  private words(): string[] {
    return this.input.value.toLowerCase().split(/[\s,.-]+/).filter((word) => word);
  }

  private typed(): void {
    const words = this.words();
    replaceChildren(this.understood, ...words.slice(0, 7).map((word) => element('li', {}, word)));
    this.understood.hidden = words.length < 2;
    const atEnd = this.input.selectionStart === this.input.value.length;
    const last = /[a-z]+$/i.exec(this.input.value)?.[0]?.toLowerCase() ?? '';
    const fits = atEnd && last.length >= shortest
      ? [...this.page.visit.complete(last, 'nl', offeredMost), ...this.page.visit.complete(last, 'en', offeredMost)] : [];
    const known = [...new Set(fits)].slice(0, offeredMost);
    this.offer(known.length === 1 && known[0] === last ? [] : known);
  }

  private offer(words: string[]): void {
    this.offered = words;
    this.active = -1;
    this.list.classList.remove('leaving');
    this.list.hidden = words.length === 0;
    this.input.setAttribute('aria-expanded', String(words.length > 0));
    this.input.removeAttribute('aria-activedescendant');
    replaceChildren(this.list, ...words.map((word, i) => element('li', {
      role: 'option', id: `${this.listId}-${i}`, 'aria-selected': 'false', translate: 'no',
      // Before the field loses the focus, which closes the list.
      pointerdown: (event) => {
        event.preventDefault();
        this.take(i);
      },
    }, word)));
    if (words.length) this.page.announce(t('entry.count', { count: words.length }));
  }

  // The list gives its room back only after the press or the key that took the focus away: otherwise the button below
  // would move while it is pressed, and the press would be lost.
  private leave(): void {
    if (this.list.hidden) return;
    this.offered = [];
    this.active = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.list.classList.add('leaving');
    const left = (): void => {
      if (this.list.classList.contains('leaving')) this.offer([]);
    };
    for (const sign of ['click', 'keyup']) window.addEventListener(sign, left, { once: true });
  }

  private move(step: number): void {
    const count = this.offered.length;
    this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === this.active)));
    this.input.setAttribute('aria-activedescendant', `${this.listId}-${this.active}`);
    this.list.children[this.active]?.scrollIntoView({ block: 'nearest' });
  }

  private take(index: number): void {
    const word = this.offered[index];
    if (!word) return;
    this.input.value = this.input.value.replace(/[a-z]+$/i, `${word} `);
    this.input.focus();
    this.typed();
  }

  private pressed(event: KeyboardEvent): void {
    const open = this.offered.length > 0;
    const deeds: Record<string, (() => void) | undefined> = {
      ArrowDown: open ? () => this.move(1) : undefined,
      ArrowUp: open ? () => this.move(-1) : undefined,
      Escape: open ? () => this.offer([]) : undefined,
      Enter: this.active >= 0 ? () => this.take(this.active) : this.done,
      // One that fits is taken with Tab too; otherwise Tab goes on as everywhere.
      Tab: this.active >= 0 && !event.shiftKey ? () => this.take(this.active) : undefined,
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }
}
