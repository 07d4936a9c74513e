// The region file (docs/page.md): who can be reached, when and where. Nothing is invented: an empty
// field is left out of every screen. The only telephone number that is built in is 112.

import { element, heading, paragraph, webAddress, type Child } from './dom.ts';
import { localised, t, type Localised } from './language.ts';

export interface Contact {
  label?: Localised;
  number?: string;
  lines?: string[];
  hours?: Localised;
}

export interface Region {
  name?: string;
  exitUrl?: string;
  publicUrl?: string;
  onionUrl?: string;
  clientUrl?: string;
  readers?: Localised;
  answerTime?: Localised;
  telephones?: Contact[];
  addresses?: Contact[];
}

// Without an address of the operator's choice: the browser's own empty page.
export function exitOf(region: Region): string {
  return region.exitUrl || 'about:blank';
}

function inOwnLanguage(value: Localised | undefined, className = ''): HTMLElement | null {
  const found = localised(value);
  if (!found) return null;
  const attributes = { class: className || undefined, lang: found.language || undefined, dir: 'auto' };
  return element('span', attributes, found.text);
}

function hoursOf(contact: Contact): Child {
  const hours = inOwnLanguage(contact.hours);
  return hours && element('span', { class: 'hours' }, `${t('ways.hours')}: `, hours);
}

function telephone(contact: Contact): HTMLElement | null {
  if (!contact.number) return null;
  const digits = contact.number.replace(/[^0-9+]/g, '');
  const link = element('a', { class: 'utrecht-link', href: `tel:${digits}`, dir: 'ltr' }, contact.number);
  const label = inOwnLanguage(contact.label);
  return element('li', {}, `${t('ways.telephone')} `, label, label ? ' ' : null, link, hoursOf(contact));
}

function address(contact: Contact): HTMLElement | null {
  if (!contact.lines?.length) return null;
  const label = inOwnLanguage(contact.label);
  return element('li', {}, `${t('ways.visit')} `, label, label ? ': ' : null,
    element('span', { dir: 'auto' }, contact.lines.join(', ')), hoursOf(contact));
}

function client(region: Region): HTMLElement | null {
  if (!region.clientUrl) return null;
  return element('li', {}, `${t('ways.client')} `, webAddress('span', region.clientUrl));
}

// Telephone, visit, native client; 112 always.
export function otherWays(region: Region, level: 2 | 3 = 2): HTMLElement {
  const known = [
    ...(region.telephones ?? []).map(telephone),
    ...(region.addresses ?? []).map(address),
    client(region),
  ].filter((item) => item !== null);
  const emergency = element('li', {}, element('a', { class: 'utrecht-link', href: 'tel:112' }, t('ways.danger')));
  return element('section', { class: 'ways' }, heading(level, t('ways.head')),
    element('ul', {}, emergency, ...known), known.length ? null : paragraph(t('ways.nothing')));
}

// Who reads, and how soon an answer may come, said beforehand.
export function whoReads(region: Region): HTMLElement | null {
  const readers = inOwnLanguage(region.readers);
  const answer = inOwnLanguage(region.answerTime);
  if (!readers && !answer) return null;
  return element('dl', { class: 'facts' },
    readers && element('div', {}, element('dt', {}, t('ways.who')), element('dd', {}, readers)),
    answer && element('div', {}, element('dt', {}, t('ways.answer_time')), element('dd', {}, answer)));
}
