// The six stories that hold in every browser, on a phone and on a desk, each from the first screen to what the
// coordinator reads and back.
import assert from 'node:assert/strict';

import { catalogue } from './browser.mjs';
import { Journey } from './journey.mjs';
import { until } from '../support/listening.mjs';
import { comeBack, keepCode, patience, send, shows, tell } from './reporter.mjs';

const nl = catalogue('nl');

// Where they are told: open() begins a visit of one size in one browser. What is told and kept there no log may hold.
export class Stage {
  constructor(region, open, secrets = []) {
    Object.assign(this, { region, open, secrets });
  }

  story(about) {
    const story = `${about}, verhaal ${this.secrets.length + 1}`;
    this.secrets.push(story);
    return story;
  }
  keepSecret(code) {
    this.secrets.push(code.words, code.digits, code.digits.replaceAll(' ', ''));
    return code;
  }
}

async function done({ trouble, close }) {
  assert.deepEqual(trouble, []);
  await close();
}

async function reportOf(stage, story) {
  const visit = await stage.open();
  await tell(visit.page, 0, story);
  const code = stage.keepSecret(await keepCode(visit.page));
  await send(visit.page);
  await done(visit);
  return code;
}

// A visit that has come back with this, and sees the answer. It may take a tick, and a visit looks once a minute.
export async function visitWithAnswer(stage, typed, answer) {
  return until('the answer', 120, async () => {
    const visit = await stage.open();
    await comeBack(visit.page, typed);
    const seen = await shows(visit.page, answer, 10_000).then(() => true, () => false);
    if (seen) return visit;
    await visit.close();
    return null;
  });
}

export const coreStories = {
  'a report goes through a door and is what the coordinator reads': async (stage) => {
    const story = stage.story('een melding');
    await reportOf(stage, story);
    await stage.region.caseWith(story);
  },

  'the words of the code bring back to what was sent': async (stage) => {
    const code = await reportOf(stage, stage.story('terug met woorden'));
    const visit = await stage.open();
    await comeBack(visit.page, code.words);
    await visit.page.waitForSelector('main[data-screen="thread"]', patience);
    await shows(visit.page, nl['thread.none']);
    await done(visit);
  },

  'an answer is read, burned, and gone for the server too': async (stage) => {
    const story = stage.story('kom terug');
    const code = await reportOf(stage, story);
    const { id } = await stage.region.caseWith(story);
    const answer = `Donderdag kan ook, bij ${story}.`;
    await stage.region.reply(id, answer);
    const visit = await visitWithAnswer(stage, code.words, answer);
    await visit.page.locator('[data-key^="burn"]').first().click();
    await shows(visit.page, nl['thread.burned'].split('{number}').at(-1));
    await done(visit);

    // Once the notice has changed. Answers come newest first: nothing stands there, or the word that somebody has read it.
    await new Promise((wait) => setTimeout(wait, 5000));
    const again = await stage.open();
    await comeBack(again.page, code.words);
    await again.page.waitForFunction((none) => document.querySelector('.reply')
      || document.querySelector('main')?.textContent.includes(none), nl['thread.none'], patience);
    assert.ok(!(await again.page.content()).includes(answer));
    await done(again);
  },

  'a message is added to the report, in the same case': async (stage) => {
    const story = stage.story('eerst dit');
    const code = await reportOf(stage, story);
    const visit = await stage.open();
    await comeBack(visit.page, code.digits);
    await visit.page.waitForSelector('main[data-screen="thread"]', patience);
    await visit.page.locator('[data-key="add"]').click();
    const more = stage.story('en nog dit');
    await visit.page.locator('textarea').fill(more);
    await new Journey(visit.page).go();
    await send(visit.page);
    const { told } = await stage.region.caseWith(more);
    assert.ok(told.includes(story));
    await done(visit);
  },

  'a wrong code finds nothing, and says what to check': async (stage) => {
    const visit = await stage.open();
    await comeBack(visit.page, '1111 2222 3333 4444 5555 6666 7777');
    await visit.page.waitForSelector('[role=alert] .utrecht-alert', patience);
    assert.equal(await visit.page.locator('main').getAttribute('data-screen'), 'return');
    await done(visit);
  },

  'leaving by button and by Shift goes to the neutral place; Back brings nothing back': async (stage) => {
    for (const leave of [
      (page) => page.locator('#exit').click(),
      async (page) => {
        for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
      },
    ]) {
      const visit = await stage.open();
      await tell(visit.page, 0, 'dit mag niet blijven');
      await leave(visit.page);
      await visit.page.waitForURL(stage.region.neutral);
      await visit.page.goBack().catch(() => null);
      assert.ok(!(await visit.page.content()).includes('dit mag niet blijven'));
      await visit.close();
    }
  },
};
