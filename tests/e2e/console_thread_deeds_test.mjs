// Threads at the coordinator's desk, over a region in memory: many cases at once, notes of three kinds, what waits for
// the server, a caller's report, a fresh code, photos, knowledge. Deeds are compared with what the server was asked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { atTheDesk, browser, coordinator_ways, MockRegion, openFullCase } from './console_desk.mjs';

after(() => browser.close());

const told = (desk, name) => desk.region.deeds.filter((one) => one.deed === name);
async function asked(desk, name, count = 1) {
  await desk.page.waitForFunction(() => true);
  for (const began = Date.now(); told(desk, name).length < count;) {
    assert.ok(Date.now() - began < 20_000, `${name} was not asked of the server`);
    await desk.page.waitForTimeout(20);
  }
  return told(desk, name).at(-1);
}
async function end(desk) {
  assert.deepEqual(desk.trouble, []);
  assert.equal(await desk.page.evaluate(() => window.broken), undefined);
  await desk.close();
}
const press = (desk, key, more = {}) => desk.page.getByRole('button', { name: desk.t[key], exact: true, ...more }).first().click();
const filled = (text, slots) => Object.entries(slots).reduce((said, [slot, value]) => said.replace(`{${slot}}`, String(value)), text);

test('junk by the hundred: all that is shown, in steps, with progress, and taken back', async () => {
  const desk = await atTheDesk({ region: new MockRegion({ rows: 300 }) });
  await coordinator_ways.list_chosen(desk);
  const open = desk.region.rows.filter((row) => !['closed', 'erased'].includes(row.state)).length;
  await desk.page.getByText(filled(desk.t['many.chosen'], { count: open })).waitFor();
  await desk.page.locator('.many').getByRole('button', { name: filled(desk.t['many.run'], { count: open }) }).click();
  await desk.page.getByText(filled(desk.t['many.done'], { count: open })).first().waitFor({ timeout: 60_000 });
  assert.equal(told(desk, 'many').length, Math.ceil(open / 10));
  assert.ok(told(desk, 'many').every((one) => one.do === 'triage' && one.items.length <= 10 && one.items.every((item) => item.to === 'JUNK')));
  assert.equal(new Set(told(desk, 'many').flatMap((one) => one.items.map((item) => item.case))).size, open);
  await desk.page.locator('.empty').waitFor();
  await press(desk, 'many.undo');
  await desk.page.getByText(filled(desk.t['list.total'], { count: open })).waitFor({ timeout: 60_000 });
  assert.ok(told(desk, 'many').at(-1).items.every((item) => item.to === ''));
  await end(desk);
});

test('with the keyboard: rows are chosen one by one, and the case does not open', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await coordinator_ways.list(desk);
  await desk.page.locator('[data-row="0"]').waitFor();
  await desk.page.keyboard.press('j');
  await desk.page.keyboard.press('x');
  await desk.page.keyboard.press('j');
  await desk.page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '1');
  await desk.page.keyboard.press('x');
  await desk.page.getByText(filled(desk.t['many.chosen'], { count: 2 })).waitFor();
  await desk.page.keyboard.press('x');
  await desk.page.getByText(filled(desk.t['many.chosen'], { count: 1 })).waitFor();
  await desk.page.locator('tbody .box').nth(3).click();
  await desk.page.getByText(filled(desk.t['many.chosen'], { count: 2 })).waitFor();
  assert.equal(await desk.page.locator('h1').textContent(), desk.t['screen.list.head']);
  await end(desk);
});

test('many are closed but for those with an unread message, and each that was passed over says why', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.list_chosen(desk);
  const unread = desk.region.rows.filter((row) => row.state !== 'closed' && row.unread).length;
  assert.ok(unread > 0);
  await desk.page.getByLabel(desk.t['many.what'], { exact: true }).selectOption('close');
  const reasons = await desk.page.getByLabel(desk.t['many.to.close'], { exact: true }).locator('option').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(reasons.includes('NOTHT') && !reasons.includes('DONE'));
  await desk.page.getByLabel(desk.t['many.to.close'], { exact: true }).selectOption('NOTHT');
  await desk.page.locator('.many button[type=submit]').click();
  await desk.page.getByText(filled(desk.t['many.left'], { count: unread })).waitFor();
  await desk.page.getByText(desk.t['said.unanswered']).first().waitFor();
  await end(desk);
});

test('a report for a caller: nothing is sent before the code is shown, and then the code is nowhere', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.caller(desk);
  await desk.page.getByLabel(desk.t['caller.text']).fill('Zij belt uit een winkel.');
  await desk.page.getByLabel(desk.t['caller.language']).selectOption('vi');
  await desk.page.getByLabel('Urgentie').selectOption('ACUTE');
  await press(desk, 'caller.prepare');
  const { text, language, answers } = await asked(desk, 'prepare_caller_report');
  assert.deepEqual({ text, language, answers }, { text: 'Zij belt uit een winkel.', language: 'vi', answers: { urgency: ['ACUTE'] } });
  await desk.page.getByText('citroen').waitFor();
  assert.equal(told(desk, 'send_caller_report').length, 0);
  desk.region.fails = { status: 503, problem: 'nobody answers: try again' };
  await press(desk, 'caller.send');
  await desk.page.getByText('nobody answers: try again').waitFor();
  await press(desk, 'caller.send');
  assert.equal((await asked(desk, 'send_caller_report')).ticket, 'C1');
  await press(desk, 'caller.forget');
  await desk.page.getByLabel(desk.t['caller.text']).waitFor();
  const page = await desk.page.content();
  assert.ok(!page.includes('citroen') && !page.includes('Zij belt'));
  await end(desk);
});

test('notes: for colleagues, for the client, for oneself', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  const note = desk.page.locator('.composer.note');
  const kept = async (kind, deed) => {
    await note.getByLabel(desk.t['note.kind'], { exact: true }).selectOption(kind);
    await note.getByText(desk.t[`note.hint.${kind}`]).first().waitFor();
    await note.locator('textarea').fill(`Bellen, ${kind}.`);
    await note.getByRole('button', { name: desk.t['note.save'] }).click();
    return asked(desk, deed);
  };
  assert.equal((await kept('internal', 'note')).text, 'Bellen, internal.');
  const shared = await kept('shared', 'record');
  assert.deepEqual([shared.kind, shared.fields], ['shared_note', { text: 'Bellen, shared.' }]);
  assert.equal((await kept('personal', 'note_for_me')).text, 'Bellen, personal.');
  await note.getByRole('button', { name: desk.t['note.drop'] }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: desk.t['note.drop'] }).click();
  await asked(desk, 'drop_note_for_me');
  await end(desk);
});

test('what waits for the server stands in the thread; a held reply goes, or is taken back', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  await desk.page.getByText(desk.t['waiting.held']).waitFor();
  await press(desk, 'waiting.send');
  await asked(desk, 'send_held');
  await press(desk, 'waiting.drop');
  await asked(desk, 'drop_unsent');
  await end(desk);
});

test('a photo stays blurred until somebody wants to see it', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  const frame = desk.page.locator('.photo-frame').first();
  await desk.page.getByRole('img', { name: desk.t['photo.blurred'].replace('{number}', '2') }).waitFor();
  assert.match(await frame.locator('canvas').evaluate((canvas) => getComputedStyle(canvas).filter), /blur/);
  await press(desk, 'photo.show');
  await desk.page.getByRole('img', { name: desk.t['photo.clear'].replace('{number}', '2'), exact: true }).waitFor();
  assert.equal(await frame.locator('canvas').evaluate((canvas) => getComputedStyle(canvas).filter), 'none');
  const colour = await frame.locator('canvas').evaluate((canvas) => [...canvas.getContext('2d').getImageData(160, 100, 1, 1).data]);
  assert.ok(colour[0] > 200 && colour[2] < 160, `drawn: ${colour}`);
  assert.equal(await desk.page.locator('img').count(), 0);
  await end(desk);
});

test('a fresh code, an answer kept as knowledge, a case that is reopened', async () => {
  const desk = await atTheDesk({ region: new MockRegion({ fullNumber: 3 }) });
  await openFullCase(desk);
  await desk.page.locator('details').filter({ hasText: desk.t['fresh.what'] }).locator('summary').click();
  await desk.page.getByLabel(desk.t['fresh.text'], { exact: true }).fill('Wees voorzichtig.');
  await press(desk, 'fresh.offer');
  assert.equal((await asked(desk, 'offer_fresh_code')).text, 'Wees voorzichtig.');
  await desk.page.getByText(desk.t['fresh.done'].replace('{number}', '112')).waitFor();
  const modules = await desk.page.getByLabel(desk.t['reply.module'], { exact: true }).locator('option').evaluateAll((all) => all.map((one) => [one.value, one.textContent]));
  assert.ok(!modules.some(([value]) => value === 'FRESH'));
  assert.ok(modules.some(([value, title]) => value === 'SAFE' && title.includes('Ben je veilig')));

  await press(desk, 'knowledge.keep');
  assert.match(await desk.page.getByLabel('Vraag').inputValue(), /tiệm nail/);
  await desk.page.getByText(desk.t['knowledge.careful']).waitFor();
  await desk.page.getByLabel('Vraag').fill('Mag een werkgever een paspoort houden?');
  await desk.page.locator('.composer textarea').fill('Vraag het de coördinator.');
  await press(desk, 'file.save');
  const { case: none, kind } = await asked(desk, 'record');
  assert.deepEqual([none, kind], ['0'.repeat(32), 'knowledge']);
  await desk.page.getByText('Mag een werkgever een paspoort houden?').waitFor();
  await desk.page.getByLabel(desk.t['knowledge.find']).fill('bewaren');
  await desk.page.getByText(desk.t['knowledge.total'].replace('{count}', '1')).waitFor();

  await openFullCase(desk);
  await desk.page.locator('#tab-closing').click();
  await press(desk, 'reopen.do');
  await asked(desk, 'reopen');
  await end(desk);
});
