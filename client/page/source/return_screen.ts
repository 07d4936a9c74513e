// Coming back with the code.

import { backButton } from './choices.ts';
import { CodeEntryField } from './code_entry.ts';
import { alertBox, button, element, heading, paragraph, row } from './dom.ts';
import { t } from './language.ts';
import { lineNotice } from './line.ts';
import type { Page, Screen } from './page.ts';
import { threadScreen } from './thread_screen.ts';

export const returnScreen: Screen = {
  name: 'return',
  draw: (page) => {
    const trouble = element('div', { role: 'alert' });
    const entry = new CodeEntryField(page, () => void open(page, entry, trouble));
    return [
      backButton(page),
      heading(1, t('return.head')),
      paragraph(t('return.lead')),
      lineNotice(page),
      entry.draw(),
      trouble,
      row(button(t('return.button'), 'primary-action', () => void open(page, entry, trouble))),
      heading(2, t('return.lost.head')),
      paragraph(t('return.lost.body')),
    ];
  },
};

async function open(page: Page, entry: CodeEntryField, trouble: HTMLElement): Promise<void> {
  const typed = entry.value();
  trouble.textContent = typed ? t('entry.working') : '';
  const entered = typed ? await page.visit.useCode(typed) : 'empty';
  if (entered === 'ok') {
    page.report.codeInUse = true;
    page.report.wayBack = true;
    page.visit.read();
    page.instead(threadScreen);
    return;
  }
  trouble.textContent = '';
  trouble.append(alertBox('warning', paragraph(t(`entry.${entered}`))));
}
