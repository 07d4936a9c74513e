// The languages of the page, each in its own script. A disclosure with buttons: a list that opens by
// itself would move the page under the finger.

import { element } from './dom.ts';
import { icon } from './icons.ts';
import { choose, language, offered, t } from './language.ts';
import type { Page } from './page.ts';

export function languagePicker(page: Page): HTMLElement {
  const now = offered().find((one) => one.language === language());
  const items = offered().map((one) =>
    element('li', {}, element('button', {
      type: 'button',
      class: 'utrecht-button utrecht-button--subtle',
      lang: one.language,
      dir: one.direction,
      'aria-pressed': String(one.language === language()),
      click: () => {
        choose(one.language);
        page.languageChanged();
      },
    }, one.name)));
  const panel = element('ul', { id: 'languages', hidden: true });
  panel.append(...items);
  const toggle = element('button', {
    type: 'button',
    class: 'utrecht-button utrecht-button--subtle language',
    'aria-expanded': 'false',
    'aria-controls': 'languages',
    click: () => {
      panel.hidden = !panel.hidden;
      toggle.setAttribute('aria-expanded', String(!panel.hidden));
    },
  }, icon('language'), element('span', { class: 'spoken' }, `${t('language.choose')}: ${now?.name ?? ''}`),
    element('span', { class: 'language-name', 'aria-hidden': 'true' }, now?.name ?? ''),
    element('span', { class: 'language-code', 'aria-hidden': 'true', dir: 'ltr' }, language().toUpperCase()));
  return element('div', { class: 'picker' }, toggle, panel);
}
