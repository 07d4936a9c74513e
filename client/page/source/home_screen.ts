// Where the page opens: tell, come back, read, and how safe it is.

import { choices } from './choices.ts';
import { doorScreen } from './door_screen.ts';
import { element, heading, paragraph } from './dom.ts';
import { expertiseScreen } from './expertise_screen.ts';
import { beforeFirst } from './before_screen.ts';
import { t } from './language.ts';
import type { Screen } from './page.ts';
import { otherWays, whoReads } from './region.ts';
import { returnScreen } from './return_screen.ts';
import { safetyScreen } from './safety_screen.ts';

export const homeScreen: Screen = {
  name: 'home',
  draw: (page) => [
    heading(1, t('home.head')),
    paragraph(t('home.lead'), 'lead'),
    element('p', { class: 'danger' }, element('a', { class: 'utrecht-link', href: 'tel:112' }, t('home.danger'))),
    choices(
      { icon: 'story', label: t('home.report'), hint: t('home.report_hint'), chosen: () => beforeFirst(page, doorScreen) },
      { icon: 'code', label: t('home.return'), hint: t('home.return_hint'), chosen: () => beforeFirst(page, returnScreen) },
      { icon: 'read', label: t('home.read'), hint: t('home.read_hint'), chosen: () => page.show(expertiseScreen) },
      { icon: 'safety', label: t('home.safety'), hint: t('home.safety_hint'), chosen: () => page.show(safetyScreen) },
    ),
    whoReads(page.built.region),
    otherWays(page.built.region),
    buildLine(),
  ],
};

// The published hash stands beside each release; docs/verify-page.md says how to check it.
function buildLine(): HTMLElement {
  const hash = document.querySelector('meta[name="page-hash"]')?.getAttribute('content') ?? '';
  const groups = hash.match(/.{8}/g) ?? [];
  return element('details', { class: 'build' },
    element('summary', {}, t('page.build', { hash: groups[0] ?? '' })),
    element('p', { class: 'hash', dir: 'ltr', translate: 'no' }, groups.join(' ')));
}
