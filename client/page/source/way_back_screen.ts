// Whether there will be a way back. Who only saw something may choose that there is none; whoever it is
// about, or asks for advice, gets a code.

import { backButton, choices } from './choices.ts';
import { codeScreen } from './code_screen.ts';
import { heading, paragraph } from './dom.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { summaryScreen } from './summary_screen.ts';

// A message goes under the code that is in use already.
export function afterStory(page: Page): void {
  const { door, codeInUse } = page.report;
  if (codeInUse || !door?.mayGoOneWay) page.report.wayBack = true;
  if (codeInUse) page.show(summaryScreen);
  else page.show(door?.mayGoOneWay ? wayBackScreen : codeScreen());
}

const wayBackScreen: Screen = {
  name: 'way_back',
  draw: (page) => [
    backButton(page),
    heading(1, t('way_back.head')),
    paragraph(t('way_back.lead'), 'lead'),
    choices(
      { icon: 'code', label: t('way_back.yes'), hint: t('way_back.yes_hint'), chosen: () => choose(page, true) },
      { icon: 'saw', label: t('way_back.no'), hint: t('way_back.no_hint'), chosen: () => choose(page, false) },
    ),
  ],
};

function choose(page: Page, wayBack: boolean): void {
  page.report.wayBack = wayBack;
  page.show(wayBack ? codeScreen() : summaryScreen);
}
