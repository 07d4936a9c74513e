// A list of ways on: large buttons with an icon, a name and a line below it.

import { button, element, row, type Child } from './dom.ts';
import { icon } from './icons.ts';
import { t } from './language.ts';
import type { Page } from './page.ts';

export interface Choice {
  icon: string;
  label: string;
  hint: string;
  chosen: () => void;
}

export function choices(...offered: Choice[]): HTMLElement {
  return element('ul', { class: 'choices' }, ...offered.map((one) =>
    element('li', {}, element('button', { type: 'button', class: 'choice', click: one.chosen },
      icon(one.icon),
      element('span', {}, element('strong', {}, one.label), element('span', { class: 'hint' }, one.hint))))));
}

// Back, on every screen that something lies before: the browser's own Back leaves the page.
export function backButton(page: Page): Child {
  if (!page.hasBefore()) return null;
  return element('p', { class: 'back' },
    element('button', { type: 'button', class: 'utrecht-button utrecht-button--subtle', click: () => page.back() },
      element('span', { class: 'arrow', 'aria-hidden': 'true' }, '←'), ' ', t('nav.back')));
}

export function homeButton(page: Page): HTMLElement {
  return row(button(t('nav.home'), 'subtle', () => page.restart()));
}
