// While it is sent, when it has arrived, and when it has not: the reporter always knows which.

import { alertBox, button, element, heading, list, paragraph, row, type Child } from './dom.ts';
import { codeCard } from './code_screen.ts';
import { expertiseScreen } from './expertise_screen.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { otherWays, whoReads } from './region.ts';
import { threadScreen } from './thread_screen.ts';
import type { Sending } from './visit.ts';

export type What = 'report' | 'message' | 'erase';

const largeFrom = 4; // parts: from here on it is worth going faster

// `make` sends once more what was sent before: the core recognises the same report.
export function startSending(page: Page, make: () => Sending, what: What): void {
  const sending = make();
  page.sending = sending;
  page.show(sendingScreen(sending, make, page.report.door?.name === 'message' ? 'message' : what));
}

function sendingScreen(sending: Sending, make: () => Sending, what: What): Screen {
  let hurried = false;
  const hurry = (page: Page, on: boolean): void => {
    hurried = on;
    page.visit.faster(on);
  };
  return {
    name: 'sending',
    draw: (page) => {
      // One live line and one bar; the buttons stay where they are, so that the focus does too.
      const line = element('p', {});
      const parts = element('p', { class: 'hint' });
      const bar = element('progress', { max: Math.max(1, sending.total), 'aria-label': t('sending.head') });
      const fast = fasterPart(hurried, (on) => hurry(page, on));
      let spoken = '';
      const update = (): void => {
        if (sending.state === 'arrived') return finish(page, () => arrivedScreen(what));
        if (sending.state === 'failed') return finish(page, () => failedScreen(sending, make, what));
        const said = sending.why && sending.state !== 'solving'
          ? t('sending.again', { reason: t(`failed.${sending.why}`) })
          : t(`sending.${sending.state}`);
        if (said !== spoken) page.announce(said);
        line.textContent = spoken = said;
        showParts(sending, page.visit.beat, bar, parts);
        fast.hidden = sending.total < largeFrom;
      };
      page.watch(update);
      update();
      return [
        heading(1, t('sending.head')),
        line, bar, parts,
        alertBox('info', paragraph(t('sending.keep_open'))),
        fast,
        row(button(t('sending.cancel'), 'subtle', () => {
          sending.cancel();
          page.visit.faster(false);
          page.sending = null;
          page.back();
        })),
      ];
    },
  };
}

function showParts(sending: Sending, beat: number, bar: HTMLProgressElement, parts: HTMLElement): void {
  bar.max = Math.max(1, sending.total);
  bar.value = sending.acknowledged;
  const left = Math.ceil(((sending.total - sending.acknowledged) * beat) / 60_000);
  parts.textContent = sending.total < 2 ? ''
    : `${t('sending.progress', { done: sending.acknowledged, total: sending.total })}. ${t('sending.time', { minutes: left })}`;
}

function fasterPart(hurried: boolean, hurry: (on: boolean) => void): HTMLElement {
  const box = element('input', { type: 'checkbox', checked: hurried, change: () => hurry(box.checked) });
  return element('div', { hidden: true },
    element('label', { class: 'option' }, box, element('span', {}, t('sending.faster'))),
    paragraph(t('sending.faster_hint'), 'hint'));
}

// Not within the drawing that found it out.
function finish(page: Page, next: () => Screen): void {
  if (!page.sending) return;
  page.sending = null;
  page.visit.faster(false);
  window.setTimeout(() => page.instead(next()), 0);
}

function arrivedScreen(what: What): Screen {
  let forgotten = false;
  return {
    name: 'arrived',
    draw: (page) => {
      if (!forgotten && what !== 'erase') page.report.forgetContent();
      forgotten = true;
      page.announce(t(what === 'erase' ? 'thread.erase_done' : 'arrived.head'));
      return [
        heading(1, t(what === 'erase' ? 'thread.erase_done' : 'arrived.head')),
        what === 'erase' ? null : paragraph(t('arrived.message')),
        ...next(page),
        row(button(t('arrived.leave'), 'primary-action', () => page.exit.leave()),
          page.report.code ? null : threadButton(page),
          button(t('nav.home'), 'subtle', () => page.restart())),
        otherWays(page.built.region),
      ];
    },
  };
}

function threadButton(page: Page): Child {
  if (!page.report.codeInUse) return null;
  return button(t('thread.head'), 'secondary-action', () => {
    page.restart();
    page.show(threadScreen);
  });
}

function next(page: Page): Child[] {
  const { code, wayBack } = page.report;
  const steps = wayBack ? [1, 2, 3].map((i) => t(`arrived.next.${i}`)) : [t('arrived.next.one_way'), t('arrived.next.3')];
  return [
    wayBack && code ? codeCard(page, code) : null,
    heading(2, t('arrived.next.head')),
    list(steps, true),
    whoReads(page.built.region),
    heading(2, t('arrived.mean.head')),
    element('ul', {},
      element('li', {}, t('arrived.mean.1')),
      element('li', {}, element('button', { type: 'button', class: 'utrecht-link utrecht-link--html-a link', click: () => page.show(expertiseScreen) }, t('arrived.mean.2'))),
      wayBack ? element('li', {}, t('arrived.mean.3')) : null),
  ];
}

function failedScreen(sending: Sending, make: () => Sending, what: What): Screen {
  return {
    name: 'failed',
    draw: (page) => {
      page.announce(t('failed.head'));
      return [
        heading(1, t('failed.head')),
        alertBox('warning',
          sending.why ? paragraph(t(`failed.${sending.why}`)) : null,
          paragraph(t(sending.acknowledged > 0 ? 'failed.partly' : 'failed.nothing'))),
        row(
          button(t('failed.again'), 'primary-action', () => {
            const again = make();
            page.sending = again;
            page.instead(sendingScreen(again, make, what));
          }),
          button(t('failed.change'), 'secondary-action', () => page.back())),
        otherWays(page.built.region),
      ];
    },
  };
}
