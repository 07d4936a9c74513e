// The expertise half: signs, rights, what happens, who is who, a page for professionals, things to
// print. It lies in the same document, so that reading cannot be told from writing.

import { beforeFirst } from './before_screen.ts';
import { schemeOfSign } from './built.ts';
import { cardsScreen } from './cards_screen.ts';
import { backButton, choices } from './choices.ts';
import { button, element, heading, list, paragraph, row, type Child } from './dom.ts';
import { doorScreen } from './door_screen.ts';
import { date, labelOf, t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { otherWays } from './region.ts';
import { signsScreen } from './signs_screen.ts';

const topics: readonly [string, string, () => Screen][] = [
  ['signs', 'saw', () => signsScreen],
  ['rights', 'safety', () => rightsScreen],
  ['after', 'need', () => afterScreen],
  ['who', 'reporter', () => whoScreen],
  ['what', 'read', () => whatScreen],
  ['work', 'work', () => workScreen],
  ['cards', 'story', () => cardsScreen],
];

export const expertiseScreen: Screen = {
  name: 'expertise',
  draw: (page) => [
    backButton(page),
    heading(1, t('expertise.head')),
    paragraph(t('expertise.lead'), 'lead'),
    choices(...topics.map(([name, icon, screen]) => ({
      icon,
      label: t(`expertise.${name}.head`),
      hint: t(`expertise.${name}.teaser`),
      chosen: () => page.show(screen()),
    }))),
  ],
};

// Where each page comes from, its date, and that a person has yet to review it.
export function sourceLine(page: Page, source: 'note' | 'vocabulary', sections: string): HTMLElement {
  // Kept together from left to right, also where the text runs the other way.
  const where = sections ? ` \u2066(${sections})\u2069` : '';
  const name = `${t(`expertise.source.${source}`)}${where}`;
  return element('footer', { class: 'source' },
    paragraph(t('expertise.source', { source: name, date: date(Date.parse(page.built.expertise.date) / 1000) })),
    paragraph(t('expertise.review')));
}

export function lines(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => t(`expertise.${name}.${i + 1}`));
}

function topic(name: string, sections: string, body: (page: Page) => Child[]): Screen {
  return {
    name: `expertise_${name}`,
    draw: (page) => [
      backButton(page),
      element('article', { class: 'printable' },
        heading(1, t(`expertise.${name}.head`)),
        ...body(page),
        sourceLine(page, 'note', sections)),
      row(button(t('expertise.print'), 'secondary-action', () => window.print())),
      otherWays(page.built.region),
    ],
  };
}

const whatScreen = topic('what', '1.1, 1.2', () => [
  ...lines('what', 5).map((line) => paragraph(line)),
  paragraph(t('expertise.what.difference')),
]);

const rightsScreen = topic('rights', '2.7, 3.2, 3.3, 3.5, 4.1, bijlage 1', () => [
  paragraph(t('expertise.rights.lead'), 'lead'),
  ...[4, 3, 3].flatMap((count, i): Child[] => [
    heading(2, t(`expertise.rights.${i + 1}.head`)),
    list(lines(`rights.${i + 1}`, count)),
  ]),
]);

const afterScreen = topic('after', '3.7, bijlage 1', (page) => [
  list(lines('after', 5), true),
  paragraph(t('expertise.after.times')),
  row(button(t('home.report'), 'secondary-action', () => beforeFirst(page, doorScreen), { class: 'utrecht-button utrecht-button--secondary-action unprinted' })),
]);

const region = ['COORD', 'VT', 'VHH', 'KADERA', 'LDH', 'WIJK', 'GGD', 'MUN', 'POLICE'];
const country = ['COMENSHA', 'OM', 'ISZW', 'IND'];

const whoScreen = topic('who', '2.7, 3.1, 3.2, 3.3, 3.5, 4.1, bijlage 1', () => [
  paragraph(t('expertise.who.lead'), 'lead'),
  heading(2, t('expertise.who.region')),
  list(region.map((code) => t(`expertise.who.${code}`))),
  heading(2, t('expertise.who.country')),
  list(country.map((code) => t(`expertise.who.${code}`))),
]);

const workScreen = topic('work', '1.3, 2.3, 2.5, 2.8', (page) => [
  paragraph(t('expertise.work.lead'), 'lead'),
  heading(2, t('expertise.work.do')),
  list(lines('work.do', 4)),
  heading(2, t('expertise.work.dont')),
  list(lines('work.dont', 3)),
  ...page.built.expertise.cards.flatMap(({ place, signs }): Child[] => [
    heading(2, t(`expertise.work.${place}`)),
    paragraph(t(`expertise.work.${place}.1`)),
    list(signs.map((code) => labelOf(schemeOfSign(code), code))),
  ]),
  paragraph(t('expertise.work.more')),
]);
