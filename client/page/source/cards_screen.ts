// Things to print: a signal card for at work, a poster with a QR code of the region's public address,
// and a small card that does not say what it is for.

import { backButton, choices } from './choices.ts';
import { button, element, heading, paragraph, row, webAddress, type Child } from './dom.ts';
import { sourceLine } from './expertise_screen.ts';
import { drawing } from './icons.ts';
import { labelOf, t } from './language.ts';
import type { Page, Screen } from './page.ts';

export const cardsScreen: Screen = {
  name: 'expertise_cards',
  draw: (page) => [
    backButton(page),
    heading(1, t('expertise.cards.head')),
    choices(...(['signal', 'poster', 'small'] as const).map((name) => ({
      icon: 'story',
      label: t(`expertise.cards.${name}`),
      hint: t(`expertise.cards.${name}_hint`),
      chosen: () => page.show(cards[name]),
    }))),
  ],
};

function card(name: string, body: (page: Page) => Child[]): Screen {
  return {
    name: `card_${name}`,
    draw: (page) => [
      backButton(page),
      heading(1, t(`expertise.cards.${name}`)),
      paragraph(t(`expertise.cards.${name}_hint`), 'hint'),
      row(button(t('expertise.print'), 'primary-action', () => window.print())),
      element('div', { class: `printable card card-${name}` }, ...body(page)),
    ],
  };
}

const signsOn = (scheme: string, codes: string[]): HTMLElement =>
  element('ul', {}, ...codes.map((code) => element('li', {}, labelOf(scheme, code))));

const cards = {
  signal: card('signal', (page) => [
    heading(2, t('expertise.signs.teaser')),
    paragraph(t('expertise.signs.lead')),
    signsOn('signal_general', ['G01', 'G02', 'G03', 'G04', 'G05', 'G06', 'G07', 'G08', 'G09', 'G10', 'G11', 'G12', 'G13']),
    heading(3, t('expertise.signs.foreign')),
    signsOn('signal_foreign', ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09']),
    paragraph(t('expertise.signs.caution')),
    ...publicAddress(page),
    sourceLine(page, 'vocabulary', '2.3'),
  ]),
  poster: card('poster', (page) => [
    element('p', { class: 'call' }, t('expertise.cards.poster_text')),
    element('p', { class: 'call second' }, t('expertise.cards.poster_saw')),
    ...qrCode(page),
    ...publicAddress(page),
    element('p', { class: 'call second' }, t('home.danger')),
  ]),
  small: card('small', (page) => [
    element('p', { class: 'small-title' }, t('expertise.cards.small_text')),
    ...publicAddress(page),
    element('div', { class: 'writing', 'aria-hidden': 'true' }, ...Array.from({ length: 4 }, () => element('div', {}))),
  ]),
};

function publicAddress(page: Page): Child[] {
  const address = page.built.region.publicUrl;
  return address ? [webAddress('p', address)] : [];
}

function qrCode(page: Page): Child[] {
  const qr = page.built.qr;
  if (!qr) return [paragraph(t('expertise.cards.no_address'), 'hint unprinted')];
  const picture = drawing(`-4 -4 ${qr.size + 8} ${qr.size + 8}`, qr.path, 'qr');
  return [element('div', { role: 'img', 'aria-label': t('expertise.cards.qr') }, picture)];
}
