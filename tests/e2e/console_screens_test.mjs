// The coordinator's screens in a browser, over a region that never was: every screen in both languages and two sizes,
// under axe, and what each is for.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { atTheDesk, axeFindings, browser, coordinator_ways, faultsOf, laptop, look, MockRegion, small } from './console_desk.mjs';

after(() => browser.close());

// They stand over their screen, and go before the next.
const hasDialog = new Set(['help', 'trends_draw']);

// What else a partner and an approver come to.
const opened = (n) => async (desk, size, language) => {
  const item = desk.region.inbox[n];
  await desk.page.getByRole('button', { name: new RegExp(`^${item.name}: `) }).click();
  await desk.page.getByRole('button', { name: desk.t['inbox.back'] }).waitFor();
  await look(desk, `${language}_partner_${item.state}_${n}`, size, { quick: size === '1024' });
  await desk.page.getByRole('button', { name: desk.t['inbox.back'] }).click();
};
const partner_ways = [0, 1, 2, 3, 4].map(opened);
const approver_ways = [async (desk, size, language) => {
  await desk.page.locator('summary', { hasText: desk.t['approvals.decline'] }).click();
  await look(desk, `${language}_approver_no`, size, { quick: size === '1024' });
}];

for (const language of ['nl', 'en']) {
  for (const [size, viewport] of [['1280', laptop], ['1024', small]]) {
    test(`every screen in ${language} at ${size} pixels: findings, size, words, and no trouble`, async () => {
      const desk = await atTheDesk({ viewport, language });
      for (const [name, way] of Object.entries(coordinator_ways)) {
        await way(desk);
        await look(desk, `${language}_${name}`, size, { quick: viewport === small });
        if (hasDialog.has(name)) await desk.page.keyboard.press('Escape');
      }
      assert.deepEqual(desk.trouble, []);
      await desk.close();
    });
  }

  test(`an empty region in ${language} says on every screen what to do next`, async () => {
    const desk = await atTheDesk({ language, region: new MockRegion({ empty: true, practice: false }) });
    for (const name of ['start', 'list', 'approvals', 'to_erase', 'statistics', 'trends', 'audit', 'found']) {
      if (name === 'found') {
        await desk.page.keyboard.press('/');
        await desk.page.getByLabel(desk.t['search.words']).fill('niets');
        await desk.page.keyboard.press('Enter');
      } else await coordinator_ways[name](desk);
      await desk.page.locator('.empty').first().waitFor();
      const lines = await desk.page.locator('.empty').first().locator('p').allTextContents();
      assert.equal(lines.length, 2, name);
      assert.equal(await desk.page.locator('.practice').count(), 0);
      await look(desk, `${language}_empty_${name}`, '1280');
    }
    assert.deepEqual(desk.trouble, []);
    await desk.close();
  });

  for (const [role, seen] of [['partner', ['inbox', 'settings']], ['approver', ['approvals', 'settings']]]) {
    test(`the ${role} in ${language} sees these screens and no others`, async () => {
      for (const [size, viewport] of [['1280', laptop], ['1024', small]]) {
        const desk = await atTheDesk({ language, viewport, region: new MockRegion({ role }) });
        await desk.page.locator('.items').waitFor();
        const names = await desk.page.getByRole('navigation').getByRole('button').allInnerTexts();
        assert.deepEqual(names.map((one) => one.replace(/\s*\d+$/, '')), seen.map((name) => desk.t[`nav.${name}`]));
        await look(desk, `${language}_${role}`, size);
        for (const way of role === 'partner' ? partner_ways : approver_ways) await way(desk, size, language);
        assert.deepEqual(desk.trouble, []);
        await desk.close();
      }
    });

    test(`the empty desk of the ${role} in ${language} says what comes next`, async () => {
      const desk = await atTheDesk({ language, region: new MockRegion({ role, empty: true }) });
      await desk.page.getByText(desk.t[`empty.${seen[0]}.next`]).waitFor();
      await look(desk, `${language}_${role}_empty`, '1280');
      assert.deepEqual(desk.trouble, []);
      await desk.close();
    });
  }

  test(`the link that was used, the lock and its wrong passphrase in ${language}`, async () => {
    const desk = await atTheDesk({ language });
    await desk.page.getByRole('button', { name: desk.t['nav.lock'], exact: true }).click();
    const field = desk.page.getByLabel(desk.t['locked.passphrase']);
    await field.fill('wrong');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText(desk.t['locked.wrong.remedy']).waitFor();
    await look(desk, `${language}_locked`, '1280');
    assert.ok(desk.region.locked);
    await field.fill('open sesame');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('heading', { name: desk.t['screen.start.head'], exact: true }).waitFor();
    await desk.page.goto('about:blank');
    await desk.page.goto(`${desk.mock.url}#first-token`);
    await desk.page.getByText(desk.t['opening.used.next']).waitFor();
    await look(desk, `${language}_used`, '1280');
    assert.deepEqual(desk.trouble, []);
    await desk.close();
  });
}

test('at 400 % zoom no screen scrolls sideways', async () => {
  const desk = await atTheDesk({ viewport: { width: 320, height: 512 }, language: 'nl' });
  for (const [name, way] of Object.entries(coordinator_ways)) {
    await way(desk);
    desk.trouble.push(...(await faultsOf(desk.page)).map((fault) => `${name}: ${fault}`));
    if (hasDialog.has(name)) await desk.page.keyboard.press('Escape');
    if (['start', 'list', 'case_thread', 'trends', 'trends_released', 'trends_year'].includes(name)) await look(desk, `nl_${name}`, '320');
  }
  assert.deepEqual(desk.trouble, []);
  await desk.close();
});

test('forced colours keep the place and the mark; who asks for less motion gets none', async () => {
  const desk = await atTheDesk({ forcedColors: 'active', reducedMotion: 'reduce' });
  await coordinator_ways.case_thread(desk);
  assert.deepEqual(await axeFindings(desk.page), []);
  const border = await desk.page.locator('[role=tab][aria-selected=true]').evaluate((tab) => getComputedStyle(tab).borderBlockEndStyle);
  assert.equal(border, 'solid');
  assert.equal(await desk.page.evaluate(() => document.getAnimations().length), 0);
  await look(desk, 'nl_forced_colours', '1280');
  assert.deepEqual(desk.trouble, []);
  await desk.close();
});

test('on paper the case stands alone, without identity', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.print(desk);
  await desk.page.emulateMedia({ media: 'print' });
  const text = await desk.page.evaluate(() => document.body.innerText);
  for (const word of ['tiệm nail', 'Opvanghuis', desk.t['conflict.head'], desk.t['practice']]) assert.ok(text.includes(word), word);
  for (const word of ['06-00000000', desk.t['nav.lock'], desk.t['nav.statistics']]) assert.ok(!text.includes(word), word);
  await desk.close();
});
