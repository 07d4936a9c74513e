// The interruption before the first question: what Leave does, what stays behind, 112, and that there
// are other ways. Read once in a visit.

import { backButton } from './choices.ts';
import { button, element, heading, row } from './dom.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { otherWays, whoReads } from './region.ts';
import { safetyScreen } from './safety_screen.ts';

export function beforeFirst(page: Page, next: Screen): void {
  page.show(page.report.warned ? next : beforeScreen(next));
}

function beforeScreen(next: Screen): Screen {
  return {
    name: 'before',
    draw: (page) => [
      backButton(page),
      heading(1, t('before.head')),
      element('ul', { class: 'spaced' },
        element('li', {}, element('strong', {}, t('before.danger'))),
        element('li', {}, t('before.exit', { exit: t('exit.button') })),
        element('li', {}, t('before.history')),
        element('li', {}, t('nav.browser_back')),
        element('li', {}, t('before.ways'))),
      row(
        button(t('before.agree'), 'primary-action', () => {
          page.report.warned = true;
          page.instead(next);
        }),
        button(t('home.safety'), 'secondary-action', () => page.show(safetyScreen))),
      whoReads(page.built.region),
      otherWays(page.built.region),
    ],
  };
}
