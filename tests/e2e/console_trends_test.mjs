// Figures that leave the region, at the coordinator's desk: looked at, proposed, drawn and sent; what was released; and
// the sheet of a year. Deeds are compared with what the server was asked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { atTheDesk, axeFindings, browser, coordinator_ways, faultsOf, look, lookAtPeriod } from './console_desk.mjs';
import { released } from '../../client/console/web/test/sample_trends.mjs';

after(() => browser.close());

const deedsOf = (desk) => desk.region.deeds.map((one) => one.deed);
async function end(desk) {
  assert.deepEqual(desk.trouble, []);
  assert.equal(await desk.page.evaluate(() => window.broken), undefined);
  await desk.close();
}
const item = (desk, state) => desk.page.locator('.item').filter({ hasText: desk.t[`trends.state.${state}`] });

test('a period is looked at before it is proposed, and proposed exactly as it was shown', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await desk.page.keyboard.press('f');
  await lookAtPeriod(desk);
  for (const key of ['trends.tells', 'trends.not', 'trends.not.person', 'trends.counted.hint']) await desk.page.getByText(desk.t[key]).first().waitFor();
  await desk.page.getByText('± 16').first().waitFor();
  assert.deepEqual(deedsOf(desk), []);
  await desk.page.getByRole('button', { name: /^Propose/ }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByText('rho 0.088').waitFor();
  assert.deepEqual(deedsOf(desk), [], 'nothing before it was confirmed');
  await dialog.getByRole('button', { name: desk.t['trends.propose'] }).click();
  await desk.page.waitForFunction(() => !document.querySelector('dialog'));
  await desk.page.getByText(desk.t['trends.proposed']).first().waitFor();
  assert.deepEqual(desk.region.deeds.at(-1), { deed: 'propose_figures', series: 'inflow', period: '2026-Q3', schedule: 'quarter-year', life: '0.088' });
  await end(desk);
});

test('before the first release of a year its schedule and budget are chosen, and what is chosen is shown', async () => {
  const desk = await atTheDesk({ language: 'en' });
  desk.region.trends.years[0].terms.inflow.fixed = false;
  await coordinator_ways.trends(desk);
  await lookAtPeriod(desk);
  const options = await desk.page.getByLabel(desk.t['trends.schedule'], { exact: true }).locator('option').allTextContents();
  assert.ok(!options.includes(desk.t['trends.schedule.year']), 'a quarter has no place in it');
  await desk.page.getByLabel(desk.t['trends.budget'], { exact: true }).selectOption('0.0243');
  await desk.page.getByLabel(desk.t['trends.schedule'], { exact: true }).selectOption('quarter');
  await desk.page.waitForResponse((response) => /life=0\.0243/.test(response.url()) && /schedule=quarter&/.test(response.url()));
  await desk.page.getByText(desk.t['trends.fixes_year']).waitFor();
  await desk.page.getByRole('button', { name: /^Propose/ }).click();
  await desk.page.getByRole('dialog').getByText('rho 0.0243').waitFor();
  await desk.page.keyboard.press('Escape');
  await end(desk);
});

test('what was signed is drawn once it is confirmed, and then sent', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await coordinator_ways.trends_draw(desk);
  await desk.page.getByRole('dialog').getByText('rho 0.088').waitFor();
  await desk.page.getByRole('dialog').getByRole('button', { name: desk.t['trends.draw'] }).click();
  await desk.page.locator('#release-head').waitFor();
  assert.deepEqual(desk.region.deeds.at(-1), { deed: 'draw_figures', series: 'inflow', period: '2026-Q2' });
  await desk.page.getByText(desk.t['trends.no_receipt']).waitFor();
  await desk.page.getByRole('button', { name: desk.t['trends.send'], exact: true }).click();
  await desk.page.getByText(desk.t['trends.sent']).first().waitFor();
  assert.deepEqual(desk.region.deeds.at(-1), { deed: 'send_figures', release: released[0].release });
  await end(desk);
});

test('each state says what it means; what nobody signed has no button to draw', async () => {
  const desk = await atTheDesk({ language: 'nl' });
  await coordinator_ways.trends(desk);
  assert.equal(await item(desk, 'proposed').getByRole('button', { name: new RegExp(desk.t['trends.draw']) }).count(), 0);
  await item(desk, 'lost').getByText(desk.t['trends.lost.hint']).waitFor();
  await item(desk, 'refused').getByText('onerror').waitFor();
  await item(desk, 'finer').getByText('kwartaal 3 van 2025').waitFor();
  await end(desk);
});

test('what was released stands as figures with their interval; what is too uncertain says so in words', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await coordinator_ways.trends_released(desk);
  await desk.page.getByLabel(desk.t['trends.release'], { exact: true }).selectOption(released[1].release);
  await desk.page.getByText(desk.t['trends.outcome.kept_with_gap']).waitFor();
  await desk.page.getByLabel(desk.t['trends.table'], { exact: true }).selectOption('form');
  const rows = await desk.page.locator('table.cells tbody tr').allInnerTexts();
  assert.equal(rows.length, 5);
  assert.match(rows[0], /Sexual exploitation\s+41\s+between 33 and 50/);
  assert.ok(rows[0].includes(desk.t['trends.certain']));
  assert.ok(rows[4].includes(desk.t['trends.uncertain']));
  await desk.page.getByLabel(desk.t['trends.table'], { exact: true }).selectOption('form age');
  assert.equal(await desk.page.locator('table.cells tbody tr').count(), 15);
  await desk.page.getByText('Sexual exploitation, Under 18').waitFor();
  await look(desk, 'en_trends_pairs', '1280');
  for (const [label, ending] of [['trends.save.json', '.json'], ['trends.save.sdmx', '.sdmx.csv'], ['trends.save.csv', '.csv']]) {
    const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.page.getByRole('button', { name: desk.t[label] }).click()]);
    assert.equal(download.suggestedFilename(), `meldpunt-inflow-2026-Q1${ending}`);
    assert.equal(readFileSync(await download.path(), 'utf8'), `figures as ${ending}`);
  }
  await end(desk);
});

test('budgets and schedules stand side by side, and too large a budget is refused with the reason', async () => {
  const desk = await atTheDesk({ language: 'nl' });
  await coordinator_ways.trends_what_if(desk);
  assert.equal(await desk.page.locator('#part table').first().locator('thead th').count(), 5);
  await desk.page.getByLabel(desk.t['trends.schedule'], { exact: true }).selectOption('month');
  await desk.page.getByLabel(desk.t['trends.budget.other'], { exact: true }).fill('9');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByText(desk.t['said.trends_too_much']).waitFor();
  assert.equal(await desk.page.locator('#part table').count(), 0);
  await desk.page.getByRole('button', { name: desk.t['trends.budget.usual'] }).click();
  await desk.page.locator('#part table').first().waitFor();
  assert.deepEqual(deedsOf(desk), []);
  await end(desk);
});

test('on paper the sheet of a year stands alone, and blind spots are not printed at all', async () => {
  const desk = await atTheDesk({ language: 'nl' });
  await coordinator_ways.trends_year(desk);
  await desk.page.emulateMedia({ media: 'print' });
  const sheet = await desk.page.evaluate(() => document.body.innerText);
  for (const word of ['Meldpunt IJsselland', desk.t['trends.sheet.not.crime'], desk.t['trends.uncertain'], desk.t['practice']]) assert.ok(sheet.includes(word), word);
  for (const word of [desk.t['nav.lock'], desk.t['trends.part.what_if'], desk.t['print.print']]) assert.ok(!sheet.includes(word), word);
  await desk.page.emulateMedia({ media: 'screen' });
  assert.ok(desk.region.asked.includes('GET trends'));
  await coordinator_ways.trends_blind(desk);
  await desk.page.getByText(desk.t['trends.blind.stays']).waitFor();
  await desk.page.emulateMedia({ media: 'print' });
  assert.ok(!(await desk.page.evaluate(() => document.body.innerText)).includes('Zwolle'));
  await end(desk);
});

test('forced colours keep the meter, the bars and what is uncertain', async () => {
  const desk = await atTheDesk({ forcedColors: 'active' });
  for (const name of ['trends', 'trends_released']) {
    await coordinator_ways[name](desk);
    assert.deepEqual(await axeFindings(desk.page), []);
    assert.deepEqual(await faultsOf(desk.page), []);
    await look(desk, `nl_forced_${name}`, '1280', { quick: true });
  }
  assert.equal(await desk.page.locator('.interval-band.uncertain').first().evaluate((bar) => getComputedStyle(bar).borderBlockStartStyle), 'dashed');
  await end(desk);
});
