// Four visits that together see every screen of the page.
import { aConsent, aReply } from './journey.mjs';

const replies = [
  aReply(3, { status: 'consent', consent: aConsent, text: '' }),
  aReply(2, { status: 'question', textModule: 'MORE', link: 'unknown' }),
  aReply(0, { status: 'read', text: '' }),
];

export const ways = {
  async report(journey, page) {
    await journey.toDoor(1);
    await journey.answer(7, 'Ik zag dat Maria niet naar buiten mag. Bel 06 12345678.');
    await journey.at('way_back');
    await journey.choose(0);
    await journey.keepCode();
    await journey.at('summary');
    await journey.go();
    await journey.at('sending');
    await journey.becomes('failed', { why: 'refused' });
    await journey.at('failed');
    await journey.go();
    await journey.becomes('sending', { total: 20, acknowledged: 3 });
    await page.waitForFunction(() => document.querySelector('progress')?.value === 3);
    await journey.at('sending', 'sending_large');
    await journey.becomes('arrived');
    await journey.at('arrived');
  },
  async thread(journey, page) {
    await journey.comeBack(replies, { unreadable: 1 });
    await page.locator('[data-key="erase"]').click();
    await journey.at('erase');
  },
  async reading(journey, page) {
    await journey.at('home');
    await page.locator('.choice').nth(3).click();
    await journey.at('safety');
    await page.locator('.back button').click();
    await page.locator('.choice').nth(2).click();
    await journey.at('expertise');
    for (const [i, name] of ['signs', 'rights', 'after', 'who', 'what', 'work'].entries()) {
      await page.locator('.choice').nth(i).click();
      if (i === 0) await page.locator('.option').nth(2).click();
      await journey.at(`expertise_${name}`);
      await page.locator('.back button').click();
    }
    await page.locator('.choice').nth(6).click();
    await journey.at('expertise_cards');
    for (const [i, name] of ['signal', 'poster', 'small'].entries()) {
      await page.locator('.choice').nth(i).click();
      await journey.at(`card_${name}`);
      await page.locator('.back button').click();
    }
  },
  async languages(journey, page) {
    await journey.at('home');
    await page.locator('.language').click();
    await journey.atEachStep('languages', page);
    await page.evaluate(() => {
      globalThis.visit.line = { ...globalThis.visit.line, notice: 'unreachable' };
    });
    await page.locator('.language').click();
    await page.locator('.choice').nth(0).click();
    await page.locator('main .utrecht-button--primary-action').first().click();
    await journey.at('doors', 'unreachable');
  },
};
