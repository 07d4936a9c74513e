// A consent question within a reply: to whom, what for, exactly which fields; answered or taken back at
// any visit. No answer is marked as the right one.

import { alertBox, button, element, heading, paragraph, row, unspoilt, type Child } from './dom.ts';
import { has, labelOf, t } from './language.ts';
import type { Page } from './page.ts';
import type { ConsentDeed } from './report.ts';
import type { ConsentChoice, ConsentQuestion } from './visit.ts';

const offered: readonly ConsentChoice[] = ['given', 'refused', 'later'];

export function consentPart(page: Page, question: ConsentQuestion): HTMLElement {
  const deed = deedOf(page, question.id);
  const field = element('textarea', { class: 'utrecht-textarea', rows: 2, dir: 'auto', ...unspoilt,
    'aria-label': t('consent.text'), 'data-key': `text-${question.id}`, input: () => (deed.text = field.value) });
  field.value = deed.text;
  return element('section', { class: 'consent' },
    heading(3, t('consent.head')),
    paragraph(t('consent.lead')),
    element('dl', { class: 'facts' },
      fact('consent.to', [labelOf('partner', question.recipient)]),
      fact('consent.for', [labelOf('consent_purpose', question.purpose)]),
      fact('consent.fields', question.fields.map(fieldLabel))),
    element('p', { class: 'hint', 'aria-hidden': 'true' }, t('consent.text')),
    field,
    row(...offered.map((choice) => choiceButton(page, question.id, choice))),
    paragraph(t('consent.withdraw_hint'), 'hint'),
    row(choiceButton(page, question.id, 'withdrawn')),
    stateOf(deed));
}

function deedOf(page: Page, id: string): ConsentDeed {
  const known = page.report.consents.get(id);
  if (known) return known;
  const fresh: ConsentDeed = { choice: null, sending: null, text: '' };
  page.report.consents.set(id, fresh);
  return fresh;
}

function fact(key: string, values: string[]): HTMLElement {
  return element('div', {}, element('dt', {}, t(key)), ...values.map((value) => element('dd', {}, value)));
}

function fieldLabel(code: string): string {
  if (has(`field.${code}`)) return t(`field.${code}`);
  return has(`scheme.${code}`) ? t(`scheme.${code}`) : code;
}

function choiceButton(page: Page, id: string, choice: ConsentChoice): HTMLButtonElement {
  const deed = deedOf(page, id);
  return button(t(`consent.${choice}`), 'secondary-action', () => {
    deed.choice = choice;
    deed.sending = page.sending = page.visit.answerConsent(id, choice, deed.text);
    page.changed();
  }, { 'data-key': `${choice}-${id}`, 'aria-pressed': String(deed.choice === choice) });
}

function stateOf(deed: ConsentDeed): Child {
  if (!deed.choice || !deed.sending) return null;
  const choice = t(`consent.${deed.choice}`);
  const box = (kind: 'ok' | 'info' | 'warning', line: string): HTMLElement =>
    element('div', { role: 'status' }, alertBox(kind, paragraph(line)));
  if (deed.sending.state === 'arrived') return box('ok', t('consent.sent', { choice }));
  if (deed.sending.state === 'failed') return box('warning', t('consent.failed'));
  return box('info', t('consent.sending', { choice }));
}
