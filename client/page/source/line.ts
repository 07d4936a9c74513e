// Whether something can be sent now, said before anybody relies on it: that nothing was sent, that the
// text stays, and the other ways.

import { alertBox, element, heading, paragraph, type Child } from './dom.ts';
import { t } from './language.ts';
import type { Page } from './page.ts';
import { otherWays } from './region.ts';

function stateOf(page: Page): Child[] {
  const line = page.visit.line;
  if (line.alarm) {
    return [alertBox('error', paragraph(t('thread.alarm'))), otherWays(page.built.region)];
  }
  if (line.notice === 'no_core') {
    return [alertBox('error', heading(2, t('page.no_core.head')), paragraph(t('page.no_core.body'))),
      otherWays(page.built.region)];
  }
  if (line.notice === 'refused' || line.notice === 'unreachable') {
    return [alertBox('warning', paragraph(t(`line.${line.notice}`))), otherWays(page.built.region)];
  }
  return [];
}

// Shows trouble only.
export function lineNotice(page: Page): HTMLElement {
  return page.live(() => stateOf(page));
}

// The same, and one calm line when all is well.
export function lineState(page: Page): HTMLElement {
  return page.live(() => {
    const trouble = stateOf(page);
    if (trouble.length) return trouble;
    const line = page.visit.line;
    return [element('p', { class: 'hint' }, t(line.busySeconds > 0 ? 'line.busy' : `line.${line.notice}`)),
      line.clockIsOff ? element('p', { class: 'hint' }, t('line.clock')) : null];
  });
}

export function maySend(page: Page): boolean {
  return page.visit.line.notice !== 'no_core' && !page.visit.line.alarm;
}
