// The signs of the vocabulary, by form; the reader ticks which combination they see and may take it
// into a report. No score, no conclusion. Ticks live in the report and are wiped with it.

import { beforeFirst } from './before_screen.ts';
import { backButton } from './choices.ts';
import { button, element, freshId, heading, paragraph, replaceChildren, row } from './dom.ts';
import { doors } from './doors.ts';
import { sourceLine } from './expertise_screen.ts';
import { labelOf, t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { questionScreen } from './question_screen.ts';

// Which signs the memorandum names with which form; where it makes no difference, all.
const all = ['G01', 'G02', 'G03', 'G04', 'G07', 'G08', 'G09', 'G10', 'G11', 'G12', 'G13'];
interface Form { general: string[]; foreign: string[]; other: string[]; places: string[] }
const foreign = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'];
export const forms: Record<string, Form> = {
  SEX: { general: [...all, 'G05', 'G06'], foreign, other: ['O01', 'O02', 'O03', 'O04', 'O05'],
    places: ['SX.AD', 'SX.MASS', 'SX.BROTH', 'SX.HOME', 'HOTEL', 'HOLPARK'] },
  LAB: { general: all, foreign, other: ['O02', 'O03', 'O04', 'O05'],
    places: ['HORECA', 'AGR', 'CONS', 'SHIP', 'IND', 'DOM', 'AGENCY', 'HOTEL'] },
  CRIM: { general: ['G01', 'G02', 'G03', 'G04', 'G06', 'G07', 'G10', 'G12'], foreign,
    other: ['O02', 'O03', 'O04', 'O05'], places: ['RETAIL', 'TELECOM', 'HOUSE'] },
};

const everything: Form = {
  general: [...all, 'G05', 'G06'].sort(), foreign, other: ['O01', 'O02', 'O03', 'O04', 'O05'],
  places: [...new Set(Object.values(forms).flatMap((form) => form.places))],
};

export const signsScreen: Screen = {
  name: 'expertise_signs',
  draw: (page) => {
    const counted = element('div', { class: 'combination', role: 'status' });
    combination(page, counted);
    const shown = element('div', {}, ...signs(page, everything, counted));
    const picker = formPicker((name) =>
      replaceChildren(shown, ...signs(page, forms[name] ?? everything, counted)));
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

function formPicker(picked: (name: string) => void): HTMLElement {
  const id = freshId('form');
  const select = element('select', { id, class: 'utrecht-textbox', autocomplete: 'off', change: () => picked(select.value) },
    element('option', { value: '' }, t('expertise.signs.all')),
    ...Object.keys(forms).map((code) => element('option', { value: code }, labelOf('exploitation_form', code))));
  return element('div', { class: 'field' }, element('label', { for: id }, t('expertise.signs.form')), select);
}

function signs(page: Page, form: Form, counted: HTMLElement): HTMLElement[] {
  const group = (name: string, scheme: string, codes: string[]): HTMLElement[] => {
    const id = freshId('group');
    const title = heading(2, t(`expertise.signs.${name}`));
    title.id = id;
    return [title, element('div', { class: 'options', role: 'group', 'aria-labelledby': id },
      ...codes.map((code) => tick(page, scheme, code, counted)))];
  };
  return [
    ...group('general', 'signal_general', form.general),
    ...group('foreign', 'signal_foreign', form.foreign),
    ...plain('other', 'signal_other', form.other),
    ...plain('places', 'sector', form.places),
  ];
}

function plain(name: string, scheme: string, codes: string[]): HTMLElement[] {
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
