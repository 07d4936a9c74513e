// What the page does and, as plainly, what it cannot do. No false security.

import { backButton } from './choices.ts';
import { element, freshId, heading, list, paragraph, webAddress } from './dom.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { otherWays } from './region.ts';

const lines = (part: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => t(`safety.${part}.${i + 1}`));

export const safetyScreen: Screen = {
  name: 'safety',
  draw: (page) => [
    backButton(page),
    heading(1, t('safety.head')),
    heading(2, t('safety.cannot.head')),
    list([...lines('cannot', 5), t('nav.browser_back')]),
    heading(2, t('safety.can.head')),
    list(lines('can', 4)),
    heading(2, t('safety.tips.head')),
    list(lines('tips', 3)),
    page.built.region.onionUrl
      ? element('p', {}, `${t('safety.onion')} `, webAddress('span', page.built.region.onionUrl))
      : null,
    heading(2, t('safety.limits.head')),
    paragraph(t('safety.limits.body')),
    heading(2, t('safety.keys.head')),
    shiftSwitch(page),
    otherWays(page.built.region),
  ],
};

function shiftSwitch(page: Page): HTMLElement {
  const hint = freshId('hint');
  const box = element('input', { type: 'checkbox', checked: page.exit.shiftWorks, 'aria-describedby': hint,
    change: () => (page.exit.shiftWorks = box.checked) });
  return element('div', {},
    element('label', { class: 'option' }, box, element('span', {}, t('exit.shift'))),
    element('p', { class: 'hint', id: hint }, t('exit.shift_hint')));
}
