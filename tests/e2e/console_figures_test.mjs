// A receiver's screen in a browser, over regions that never were: plots with their tables, what is uncertain and what is
// provisional, what came and what was refused, and the files that are handed on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { atTheDesk, browser, faultsOf, laptop, look, MockRegion, small } from './console_desk.mjs';

after(() => browser.close());

const phone = { width: 360, height: 740 };
const desk_of = ({ empty = false, ...more } = {}) => atTheDesk({ region: new MockRegion({ role: 'receiver', practice: false, empty }), ...more });
const section = (desk, name) => desk.page.getByRole('region', { name: desk.t[name], exact: true });

for (const language of ['nl', 'en']) {
  test(`the receiver in ${language} sees the figures and no other screen`, async () => {
    for (const [size, viewport] of [['1280', laptop], ['1024', small], ['360', phone]]) {
      const desk = await desk_of({ language, viewport });
      await desk.page.locator('.plot canvas').first().waitFor();
      const names = await desk.page.getByRole('navigation').getByRole('button').allInnerTexts();
      assert.deepEqual(names, [desk.t['nav.figures'], desk.t['nav.settings']]);
      await look(desk, `${language}_figures`, size, { quick: size === '1024' });
      assert.deepEqual(desk.trouble, []);
      await desk.close();
    }
  });

  test(`a receiver without figures in ${language} says what comes next`, async () => {
    const desk = await desk_of({ language, empty: true });
    await desk.page.getByText(desk.t['empty.figures.next']).waitFor();
    await look(desk, `${language}_figures_empty`, '1280');
    assert.deepEqual(desk.trouble, []);
    await desk.close();
  });
}

test('every plot has its table, with the same figures in words', async () => {
  const desk = await desk_of();
  const total = section(desk, 'figures.over_time');
  await total.locator('canvas').waitFor();
  assert.equal(await total.locator('tbody tr').count(), 8);
  const by = section(desk, 'figures.by');
  assert.equal(await by.locator('canvas').count(), 5, 'a plot for each form');
  assert.equal(await by.locator('thead th').count(), 1 + 5);
  assert.equal(await by.locator('canvas').evaluateAll((all) => new Set(all.map((one) => one.height)).size), 1);
  await desk.page.getByLabel(desk.t['figures.by.label']).selectOption('region');
  await by.getByText('Meldpunt Twente').first().waitFor();
  await by.locator('canvas').nth(1).waitFor();
  assert.equal(await by.locator('canvas').count(), 2, 'a plot for each region');
  await desk.close();
});

test('what is uncertain or provisional says so without colour, and a sum says which regions are in it', async () => {
  const desk = await desk_of();
  const total = section(desk, 'figures.over_time');
  const row = (period) => total.locator('tbody tr', { hasText: period });
  assert.match(await row('K1 2026').innerText(), /\(voorlopig\)/);
  assert.doesNotMatch(await row('K1 2025').innerText(), /voorlopig/);
  await total.getByText(desk.t['figures.partly'].replace('{period}', 'K1 2025').replace('{regions}', 'Meldpunt IJsselland')).waitFor();
  const uncertain = section(desk, 'figures.by').locator('td.uncertain').first();
  assert.match(await uncertain.innerText(), /^± .*te onzeker$/s);
  assert.match(await uncertain.evaluate((cell) => getComputedStyle(cell).backgroundImage), /gradient/);
  await desk.close();
});

test('another region, series, cadence and pair are chosen with the keyboard', async () => {
  const desk = await desk_of();
  const choose = async (label, letters) => {
    await desk.page.getByLabel(desk.t[label], { exact: true }).focus();
    await desk.page.keyboard.type(letters);
  };
  await choose('figures.region', 'Meldpunt T');
  assert.equal(await section(desk, 'figures.over_time').locator('tbody tr').count(), 7);
  await choose('figures.region', 'Alle');
  await choose('figures.year', '2025');
  const pairs = section(desk, 'figures.pairs');
  await choose('figures.pairs.rows', 'Geslacht');
  await choose('figures.pairs.columns', 'Leeftijd');
  assert.equal(await pairs.locator('tbody tr').count(), 4);
  assert.equal(await pairs.locator('thead th').count(), 1 + 3);
  await choose('figures.cadence', 'Jaren');
  assert.equal(await section(desk, 'figures.over_time').locator('tbody tr').count(), 1);
  await choose('figures.series', 'Gesloten');
  await desk.page.getByText(desk.t['empty.total.next']).waitFor();
  await look(desk, 'nl_figures_closures', '1280');
  assert.deepEqual(desk.trouble, []);
  await desk.close();
});

test('what came and what was refused is listed with the reason, as text', async () => {
  const desk = await desk_of();
  const came = section(desk, 'figures.came');
  await came.locator('tr.refused').first().waitFor();
  assert.equal(await came.locator('tr.refused').count(), 4);
  await came.getByText('no coordinator of the region').first().waitFor();
  await came.getByText(desk.t['figures.outcome.kept_with_gap']).waitFor();
  assert.deepEqual(await faultsOf(desk.page), []);
  await desk.close();
});

test('the figures are saved in three forms', async () => {
  const desk = await desk_of();
  for (const form of ['json', 'sdmx', 'csv']) {
    const waiting = desk.page.waitForEvent('download');
    await desk.page.getByRole('button', { name: desk.t[`figures.form.${form}`] }).click();
    assert.match((await waiting).suggestedFilename(), /^inflow-2026-all-regions\./);
  }
  assert.deepEqual(desk.region.deeds.map(({ deed, series, region, year, form }) => [deed, series, region, year, form]),
    ['json', 'sdmx', 'csv'].map((form) => ['take_figures', 'inflow', '', '2026', form]));
  await desk.close();
});

test('on paper stand plots and tables, and no buttons', async () => {
  const desk = await desk_of();
  await desk.page.locator('.plot canvas').first().waitFor();
  await desk.page.emulateMedia({ media: 'print' });
  const text = await desk.page.evaluate(() => document.body.innerText);
  for (const word of [desk.t['figures.reading'], desk.t['figures.came'], 'K1 2026']) assert.ok(text.includes(word), word);
  for (const word of [desk.t['nav.lock'], desk.t['figures.form.csv']]) assert.ok(!text.includes(word), word);
  assert.ok(await desk.page.locator('.plot canvas').first().isVisible());
  await desk.close();
});
