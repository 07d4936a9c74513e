// What will be sent, all of it, before anything leaves the device: with a gentle scan for what may give
// the reporter away.

import { photoList } from './attach_part.ts';
import { backButton } from './choices.ts';
import { alertBox, button, element, heading, paragraph, row, type Child } from './dom.ts';
import { language, labelOf, t } from './language.ts';
import { lineState, maySend } from './line.ts';
import type { Page, Screen } from './page.ts';
import { questionScreen } from './question_screen.ts';
import { startSending } from './sending_screen.ts';
import { slipsIn } from './slips.ts';
import { roomLeft, storyScreen } from './story_screen.ts';

const backHere = (page: Page): void => page.back();

export const summaryScreen: Screen = {
  name: 'summary',
  draw: (page) => {
    const report = page.report;
    const trouble = element('div', { role: 'alert' });
    return [
      backButton(page),
      heading(1, t('summary.head')),
      paragraph(t('summary.lead'), 'lead'),
      report.door?.questions.length ? heading(2, t('summary.answers')) : null,
      report.door?.questions.length ? answers(page) : null,
      heading(2, t('summary.text')),
      report.text.trim()
        ? element('p', { class: 'own-text', dir: 'auto', translate: 'no' }, report.text)
        : paragraph(t('summary.no_text'), 'hint'),
      row(button(t('summary.change'), 'subtle', () => page.show(storyScreen(backHere)),
        { 'aria-label': `${t('summary.change')}: ${t('summary.text')}` })),
      ...photos(page),
      ...slips(page),
      paragraph(t(report.wayBack ? 'summary.way_back' : 'summary.no_way_back')),
      lineState(page),
      trouble,
      page.live(() => maySend(page)
        ? [row(button(t('summary.send'), 'primary-action', () => send(page, trouble)))] : []),
    ];
  },
};

function send(page: Page, trouble: HTMLElement): void {
  const report = page.report;
  const tooLong = -roomLeft(report.text);
  trouble.textContent = '';
  if (report.isEmpty()) trouble.append(alertBox('warning', paragraph(t('summary.empty'))));
  else if (tooLong > 0) trouble.append(alertBox('warning', paragraph(t('story.full', { count: tooLong }))));
  else {
    // The same draft each time: a retry is the same report.
    const draft = report.draft(language());
    startSending(page, () => page.visit.send(draft, report.wayBack), 'report');
  }
}

function answers(page: Page): HTMLElement {
  const door = page.report.door;
  const rows = (door?.questions ?? []).map((question, i) => {
    const codes = page.report.answered(question.scheme);
    const labels = codes.map((code) => placeName(page, code) ?? labelOf(question.scheme, code));
    const name = t(`scheme.${question.scheme}`);
    return element('div', {},
      element('dt', {}, name),
      element('dd', {}, labels.length ? labels.join('; ') : '–'),
      element('dd', { class: 'deed' }, button(t('summary.change'), 'subtle',
        () => page.show(questionScreen(i, backHere)), { 'aria-label': `${t('summary.change')}: ${name}` })));
  });
  return element('dl', { class: 'answers' }, ...rows);
}

function placeName(page: Page, code: string): string | undefined {
  return page.built.municipalities.find((one) => one.code === code)?.label;
}

function photos(page: Page): Child[] {
  if (!page.report.photos.length) return [];
  return [heading(2, t('summary.images')), photoList(page)];
}

function slips(page: Page): Child[] {
  const found = slipsIn(page.report.text);
  const hasPhotos = page.report.photos.length > 0;
  if (!page.report.text.trim() && !hasPhotos) return [];
  return [heading(2, t('slips.head')), alertBox('info',
    paragraph(t(found.length ? 'slips.lead' : 'slips.none')),
    found.length ? element('ul', {}, ...found.map((slip) =>
      element('li', {}, element('mark', { dir: 'auto', translate: 'no' }, slip.found), ` – ${t(`slips.${slip.kind}`)}`))) : null,
    hasPhotos ? paragraph(t('slips.image')) : null)];
}
