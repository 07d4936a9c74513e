// The answers under a code, newest first, with gaps named; and what can be done there: add a message,
// answer a consent question, erase.

import { backButton } from './choices.ts';
import { consentPart } from './consent_part.ts';
import { alertBox, button, element, freshId, heading, paragraph, row, unspoilt, type Child } from './dom.ts';
import { doors } from './doors.ts';
import { date, has, t } from './language.ts';
import { lineState, maySend } from './line.ts';
import type { Page, Screen } from './page.ts';
import { startSending } from './sending_screen.ts';
import { storyScreen } from './story_screen.ts';
import type { Reply } from './visit.ts';

export const threadScreen: Screen = {
  name: 'thread',
  draw: (page) => {
    let spoken = '';
    page.watch(() => {
      const said = countLine(page);
      if (said !== spoken) page.announce((spoken = said));
    });
    return [
      backButton(page),
      heading(1, t('thread.head')),
      page.live(() => answers(page)),
      page.live(() => (maySend(page) ? [deeds(page)] : [])),
      lineState(page),
    ];
  },
};

function countLine(page: Page): string {
  const { looked, replies } = page.visit.thread;
  if (replies.length) return t('thread.many', { count: replies.length });
  return t(looked ? 'thread.none' : 'thread.looking');
}

function answers(page: Page): Child[] {
  const { replies, unreadable, burned } = page.visit.thread;
  const gone = [...new Set([...page.report.burning, ...burned])].sort((a, b) => b - a);
  return [
    paragraph(countLine(page), 'lead'),
    unreadable > 0 ? alertBox('error', paragraph(t('thread.unreadable'))) : null,
    ...gone.map((index) => paragraph(
      t(burned.includes(index) ? 'thread.burned' : 'thread.burning', { number: index + 1 }), 'hint')),
    ...replies.filter((reply) => !gone.includes(reply.index)).map((reply) => replyPart(page, reply)),
  ];
}

function replyPart(page: Page, reply: Reply): HTMLElement {
  const status = `status.${reply.status}`;
  const title = heading(2, t('thread.number', { number: reply.index + 1 }));
  title.id = `reply-${reply.index}`;
  return element('article', { class: 'reply', 'aria-labelledby': title.id },
    title,
    reply.link === 'broken' ? alertBox('error', paragraph(t('thread.broken'))) : null,
    element('p', { class: 'status' }, has(status) ? t(status) : reply.status),
    moduleText(reply),
    reply.text ? element('p', { class: 'own-text', dir: 'auto', translate: 'no' }, reply.text) : null,
    reply.consent ? consentPart(page, reply.consent) : null,
    reply.expires ? paragraph(t('thread.expires', { date: date(reply.expires) }), 'hint') : null,
    paragraph(t('thread.burn_hint'), 'hint'),
    button(t('thread.burn'), 'secondary-action', () => burn(page, reply.index),
      { 'data-key': `burn-${reply.index}`, 'aria-label': `${t('thread.burn')} (${t('thread.number', { number: reply.index + 1 })})` }),
    reply.link === 'unknown' ? element('p', { class: 'gap' }, t('thread.gap')) : null);
}

function moduleText(reply: Reply): Child {
  if (!reply.textModule) return null;
  const key = `module.${reply.textModule}`;
  return paragraph(has(key) ? t(key) : t('thread.module_unknown', { code: reply.textModule }));
}

function burn(page: Page, index: number): void {
  page.report.burning.add(index);
  page.visit.burn(index);
  page.changed();
}

function deeds(page: Page): HTMLElement {
  return row(
    button(t('thread.add'), 'primary-action', () => {
      page.report.begin(doors.message);
      page.show(storyScreen());
    }, { 'data-key': 'add' }),
    button(t('thread.erase'), 'secondary-action', () => page.show(eraseScreen), { 'data-key': 'erase' }));
}

const eraseScreen: Screen = {
  name: 'erase',
  draw: (page) => {
    const id = freshId('why');
    const field = element('textarea', { id, class: 'utrecht-textarea', rows: 4, dir: 'auto', ...unspoilt });
    return [
      backButton(page),
      heading(1, t('thread.erase_head')),
      paragraph(t('thread.erase_lead')),
      element('div', { class: 'field' }, element('label', { for: id }, t('thread.erase_text')), field),
      row(
        button(t('thread.erase_send'), 'primary-action', () => {
          const why = field.value;
          startSending(page, () => page.visit.requestErase(why), 'erase');
        }),
        button(t('nav.cancel'), 'subtle', () => page.back())),
    ];
  },
};
