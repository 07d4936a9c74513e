// The code: shown as words and as digits before anything is sent, copied, printed, written down; then
// asked back once, which may be skipped.

import { backButton } from './choices.ts';
import { CodeEntryField } from './code_entry.ts';
import { alertBox, button, element, heading, paragraph, row, type Child } from './dom.ts';
import { language, t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { summaryScreen } from './summary_screen.ts';
import type { Code } from './visit.ts';

// `after`: where to go when the code is kept; without it the check comes first.
export function codeScreen(after?: (page: Page) => void): Screen {
  return {
    name: 'code',
    draw: (page) => {
      if (page.visit.line.notice === 'no_core') return noCode(page);
      page.report.code ??= page.visit.newCode();
      const code = page.report.code;
      return [
        backButton(page),
        heading(1, t('code.head')),
        paragraph(t('code.lead')),
        codeCard(page, code),
        paragraph(t('code.neutral')),
        row(button(t(after ? 'nav.continue' : 'code.kept'), 'primary-action', () =>
          after ? after(page) : page.show(checkScreen))),
      ];
    },
  };
}

type List = 'nl' | 'en';
let shownList: List | null = null;

// Dutch words for who reads Dutch, English for everybody else; the other list is one press away.
function listNow(): List {
  return shownList ?? (language() === 'nl' ? 'nl' : 'en');
}

export function codeCard(page: Page, code: Code): HTMLElement {
  const status = element('p', { class: 'hint', role: 'status' });
  const card = element('div', { class: 'code printable' });
  const draw = (): void => {
    const list = listNow();
    const other: List = list === 'nl' ? 'en' : 'nl';
    card.textContent = '';
    card.append(
      element('h2', {}, t('code.words')),
      element('ol', { class: 'words', lang: list, dir: 'ltr', translate: 'no' },
        ...code.words[list].map((word) => element('li', {}, word))),
      element('h2', {}, t('code.digits')),
      element('p', { class: 'digits', dir: 'ltr', translate: 'no' }, ...digitGroups(code)),
      element('p', { class: 'hint unprinted' }, t('code.either')),
      row(
        button(t('code.copy_words'), 'secondary-action', () => copy(code.words[list].join(' '), status)),
        button(t('code.copy_digits'), 'secondary-action', () => copy(code.digits.join(' '), status)),
        button(t('code.print'), 'secondary-action', () => window.print()),
        button(`${t('code.list')}: ${t(`code.list_${other}`)}`, 'subtle', () => {
          shownList = other;
          draw();
          page.announce(t(`code.list_${other}`));
        })));
    card.append(status);
  };
  draw();
  return card;
}

function digitGroups(code: Code): Child[] {
  return code.digits.map((group) => element('span', {}, group));
}

function copy(text: string, status: HTMLElement): void {
  const done = (key: string): void => void (status.textContent = t(key));
  if (!navigator.clipboard) {
    done('code.copy_failed');
    return;
  }
  navigator.clipboard.writeText(text).then(() => done('code.copied'), () => done('code.copy_failed'));
}

const checkScreen: Screen = {
  name: 'code_check',
  draw: (page) => {
    const trouble = element('div', { role: 'alert' });
    const entry = new CodeEntryField(page, () => check());
    const check = (): void => {
      if (isSame(entry.value(), page.report.code)) {
        page.announce(t('code.check.good'));
        void keep(page, trouble);
      } else {
        trouble.textContent = '';
        trouble.append(alertBox('warning', paragraph(t(entry.value() ? 'code.check.differs' : 'entry.empty'))));
      }
    };
    return [
      backButton(page),
      heading(1, t('code.check.head')),
      paragraph(t('code.check.lead')),
      entry.draw(),
      trouble,
      row(
        button(t('nav.continue'), 'primary-action', check),
        button(t('nav.skip'), 'subtle', () => void keep(page, trouble))),
      row(button(t('code.check.again'), 'subtle', () => page.back())),
    ];
  },
};

// Letters and digits only, so that spaces, dashes and capitals do not matter.
const bare = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '');

function isSame(typed: string, code: Code | null): boolean {
  if (!code) return false;
  const wanted = [code.words.en.join(''), code.words.nl.join(''), code.digits.join('')];
  return wanted.includes(bare(typed));
}

async function keep(page: Page, place: HTMLElement): Promise<void> {
  place.textContent = t('code.making');
  const entered = page.report.codeInUse ? 'ok' : await page.visit.useNewCode();
  if (entered === 'ok') {
    page.report.codeInUse = true;
    page.show(summaryScreen);
    return;
  }
  place.textContent = '';
  page.instead(noMemoryScreen);
}

const noMemoryScreen: Screen = { name: 'no_memory', draw: (page) => noCode(page) };

function noCode(page: Page): Child[] {
  return [
    backButton(page),
    heading(1, t('code.no_memory.head')),
    paragraph(t('code.no_memory.body')),
    row(button(t('code.no_memory.send'), 'primary-action', () => {
      page.report.wayBack = false;
      page.report.code = null;
      page.show(summaryScreen);
    })),
  ];
}
