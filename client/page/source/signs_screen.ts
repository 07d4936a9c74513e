// The signs of the vocabulary, by form; the reader ticks which combination they see and may take it
// into a report. No score, no conclusion. Ticks live in the report and are wiped with it.

import { beforeFirst } from './before_screen.ts';
import { schemeOfSign } from './built.ts';
import { backButton } from './choices.ts';
import { button, element, freshId, heading, paragraph, replaceChildren, row } from './dom.ts';
import { doors } from './doors.ts';
import { sourceLine } from './expertise_screen.ts';
import { labelOf, t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { questionScreen } from './question_screen.ts';

export const signsScreen: Screen = {
  name: 'expertise_signs',
  draw: (page) => {
    const counted = element('div', { class: 'combination', role: 'status' });
    combination(page, counted);
    const shown = element('div', {}, ...signs(page, '', counted));
    const picker = formPicker(page, (form) => replaceChildren(shown, ...signs(page, form, counted)));
    return [
      backButton(page),
      heading(1, t('expertise.signs.head')),
      paragraph(t('expertise.signs.lead'), 'lead'),
      picker,
      shown,
      heading(2, t('expertise.signs.combination')),
      counted,
      paragraph(t('expertise.signs.caution')),
      row(
        button(t('expertise.signs.report'), 'primary-action', () => takeAlong(page, 'saw')),
        button(t('expertise.signs.advice'), 'secondary-action', () => takeAlong(page, 'advice'))),
      sourceLine(page, 'vocabulary', '2.3, 3.1'),
    ];
  },
};

// The ticks go along into a report: its own questions show them as answers. A question for advice
// asks for none, and carries none.
function takeAlong(page: Page, door: 'saw' | 'advice'): void {
  page.report.begin(doors[door]);
  beforeFirst(page, questionScreen(0));
}

function formPicker(page: Page, picked: (name: string) => void): HTMLElement {
  const id = freshId('form');
  const select = element('select', { id, class: 'utrecht-textbox', autocomplete: 'off', change: () => picked(select.value) },
    element('option', { value: '' }, t('expertise.signs.all')),
    ...page.built.expertise.forms.map(({ form: code }) => element('option', { value: code }, labelOf('exploitation_form', code))));
  return element('div', { class: 'field' }, element('label', { for: id }, t('expertise.signs.form')), select);
}

// Those of one form, or of all.
function signs(page: Page, name: string, counted: HTMLElement): HTMLElement[] {
  const { forms, always, foreign, silent } = page.built.expertise;
  const shown = forms.filter((one) => !name || one.form === name);
  const all = [...new Set([...always, ...shown.flatMap((one) => one.signs)])].sort();
  const group = (title: string, codes: string[]): HTMLElement[] => {
    const head = heading(2, t(`expertise.signs.${title}`));
    head.id = freshId('group');
    return [head, element('div', { class: 'options', role: 'group', 'aria-labelledby': head.id },
      ...codes.map((code) => tick(page, schemeOfSign(code), code, counted)))];
  };
  return [
    // What keeps someone silent is for reading; a report asks for what was seen.
    ...group('general', all.filter((code) => schemeOfSign(code) === 'signal_general')),
    ...group('foreign', foreign),
    ...plain('other', 'signal_other', silent),
    ...plain('places', 'sector', [...new Set(shown.flatMap((one) => one.places))]),
  ];
}

function plain(name: string, scheme: string, codes: string[]): HTMLElement[] {
  if (!codes.length) return [];
  return [heading(2, t(`expertise.signs.${name}`)),
    element('ul', {}, ...codes.map((code) => element('li', {}, labelOf(scheme, code))))];
}

function tick(page: Page, scheme: string, code: string, counted: HTMLElement): HTMLElement {
  const box = element('input', { type: 'checkbox', value: code, autocomplete: 'off', change: () => {
    const others = page.report.answered(scheme).filter((one) => one !== code);
    page.report.answer(scheme, box.checked ? [...others, code] : others);
    combination(page, counted);
  } });
  box.checked = page.report.answered(scheme).includes(code);
  return element('label', { class: 'option' }, box, element('span', {}, labelOf(scheme, code)));
}

function combination(page: Page, place: HTMLElement): void {
  const ticked = ['signal_general', 'signal_foreign'].flatMap((scheme) =>
    page.report.answered(scheme).map((code) => labelOf(scheme, code)));
  place.textContent = '';
  const line = ticked.length === 0 ? t('expertise.signs.none')
    : ticked.length === 1 ? t('expertise.signs.one') : t('expertise.signs.some', { count: ticked.length });
  place.append(paragraph(line));
  if (ticked.length) place.append(element('ul', {}, ...ticked.map((label) => element('li', {}, label))));
}
