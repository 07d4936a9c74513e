// Three doors: about me, I saw something, professional; the last one opens on two.

import { backButton, choices } from './choices.ts';
import { heading, paragraph } from './dom.ts';
import { doors, type DoorName } from './doors.ts';
import { lineNotice } from './line.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { questionScreen } from './question_screen.ts';
import { whoReads } from './region.ts';

export function enter(page: Page, name: DoorName): void {
  page.report.begin(doors[name]);
  page.show(questionScreen(0));
}

export const doorScreen: Screen = {
  name: 'doors',
  draw: (page) => [
    backButton(page),
    heading(1, t('door.head')),
    paragraph(t('door.lead'), 'lead'),
    lineNotice(page),
    choices(
      { icon: 'self', label: t('door.self'), hint: t('door.self_hint'), chosen: () => enter(page, 'self') },
      { icon: 'saw', label: t('door.saw'), hint: t('door.saw_hint'), chosen: () => enter(page, 'saw') },
      { icon: 'work', label: t('door.work'), hint: t('door.work_hint'), chosen: () => page.show(workScreen) },
    ),
    paragraph(t('door.who_reads')),
    whoReads(page.built.region),
  ],
};

const workScreen: Screen = {
  name: 'work',
  draw: (page) => [
    backButton(page),
    heading(1, t('door.work')),
    lineNotice(page),
    choices(
      { icon: 'story', label: t('door.work_report'), hint: t('door.work_report_hint'), chosen: () => enter(page, 'work') },
      { icon: 'advice', label: t('door.work_advice'), hint: t('door.work_advice_hint'), chosen: () => enter(page, 'advice') },
    ),
    paragraph(t('door.who_reads')),
  ],
};
