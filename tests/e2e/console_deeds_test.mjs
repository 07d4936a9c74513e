// What people do at the coordinator's desk: with the keyboard alone, with ten thousand cases, when it goes wrong, and
// when they walk away. Deeds are compared with what the server was asked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { atTheDesk, browser, case_parts, coordinator_ways, fillEscalation, MockRegion, openFullCase, settled } from './console_desk.mjs';

after(() => browser.close());

const lastDeed = (desk) => desk.region.deeds.at(-1);
async function told(desk, name) {
  const before = Date.now();
  while (!desk.region.deeds.some((one) => one.deed === name)) {
    assert.ok(Date.now() - before < 10_000, `${name} was not asked of the server`);
    await desk.page.waitForTimeout(20);
  }
  return desk.region.deeds.findLast?.((one) => one.deed === name) ?? desk.region.deeds.filter((one) => one.deed === name).at(-1);
}

async function end(desk) {
  assert.deepEqual(desk.trouble, []);
  assert.equal(await desk.page.evaluate(() => window.broken), undefined);
  await desk.close();
}

test('the token leaves the address, nothing is stored, and no history says which case was read', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  assert.equal(desk.page.url(), desk.mock.url);
  assert.deepEqual(await desk.context.cookies(), []);
  assert.deepEqual(await desk.page.evaluate(() => [localStorage.length, sessionStorage.length, typeof history.state]), [0, 0, 'number']);
  assert.equal(await desk.page.title(), 'Meldpunt');
  await desk.page.goBack();
  await desk.page.getByRole('heading', { name: desk.t['screen.list.head'], exact: true }).waitFor();
  await end(desk);
});

test('with the keyboard alone: from the start to a case, an answer, and the lock', async () => {
  const desk = await atTheDesk({ language: 'en' });
  const focused = () => desk.page.evaluate(() => document.activeElement?.textContent);
  assert.equal(await focused(), desk.t['screen.start.head']);
  await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.press('Shift+Tab');
  for (let i = 0; i < 30 && (await focused()) !== desk.t['nav.skip']; i += 1) await desk.page.keyboard.press('Shift+Tab');
  assert.equal(await focused(), desk.t['nav.skip']);
  await desk.page.keyboard.press('Enter');
  assert.equal(await focused(), desk.t['screen.start.head']);
  await desk.page.keyboard.press('c');
  await desk.page.locator('[data-row="0"]').waitFor();
  assert.equal(await focused(), desk.t['screen.list.head']);
  await desk.page.keyboard.press('j');
  await desk.page.keyboard.press('j');
  await desk.page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '1');
  await desk.page.keyboard.press('k');
  await desk.page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '0');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('tablist').waitFor();
  await desk.page.locator('#tab-thread').focus();
  await desk.page.keyboard.press('ArrowRight');
  await desk.page.waitForFunction(() => document.activeElement?.id === 'tab-file');
  await desk.page.keyboard.press('ArrowLeft');
  await desk.page.locator('#reply-text').waitFor();
  await desk.page.keyboard.press('r');
  await desk.page.waitForFunction(() => document.activeElement?.id === 'reply-text');
  await desk.page.keyboard.type('Thank you. Call j, k or l?'); // letters are letters in a field
  for (let i = 0; i < 10 && (await focused()) !== desk.t['reply.send']; i += 1) await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.press('Enter');
  const reply = await told(desk, 'reply');
  assert.equal(reply.text, 'Thank you. Call j, k or l?');
  await desk.page.getByRole('status').filter({ hasText: desk.t['reply.done'] }).waitFor();
  await desk.page.locator('#tab-thread').focus();
  await desk.page.keyboard.press('?');
  await desk.page.getByRole('dialog').waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.page.keyboard.press('l');
  await desk.page.getByRole('heading', { name: desk.t['screen.locked.head'], exact: true }).waitFor();
  await end(desk);
});

test('shortcuts that are switched off do nothing', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.settings(desk);
  await desk.page.getByLabel(desk.t['settings.keys.on']).uncheck();
  await desk.page.locator('h1').focus();
  for (const key of ['l', 's', '?', 'n']) await desk.page.keyboard.press(key);
  await desk.page.waitForTimeout(200);
  assert.equal(await desk.page.locator('h1').textContent(), desk.t['screen.settings.head']);
  assert.deepEqual(desk.region.deeds, []);
  await end(desk);
});

test('ten thousand cases: shown, scrolled to the end, sorted and found, with few rows drawn', async (context) => {
  const desk = await atTheDesk({ region: new MockRegion({ rows: 10_000 }) });
  await coordinator_ways.list(desk);
  const began = Date.now();
  await desk.page.getByLabel(desk.t['list.view'], { exact: true }).selectOption('all');
  await desk.page.getByText(desk.t['list.total'].replace('{count}', '10000')).waitFor();
  context.diagnostic(`list_10k_shown_ms ${Date.now() - began}`);
  const drawn = () => desk.page.locator('.long tbody tr').count();
  assert.ok(await drawn() <= 60, `${await drawn()} rows`);
  const slowest = await desk.page.evaluate(async () => {
    const box = document.querySelector('.long');
    let worst = 0;
    for (let i = 1; i <= 40; i += 1) {
      const before = performance.now();
      box.scrollTop = (box.scrollHeight * i) / 40;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      worst = Math.max(worst, performance.now() - before);
    }
    return worst;
  });
  context.diagnostic(`slowest of 40 leaps: ${Math.round(slowest)} ms`);
  await desk.page.locator('tr[aria-rowindex="10001"]').waitFor();
  assert.ok(await drawn() <= 60);
  const first = () => desk.page.locator('.long tbody [data-row]').first().innerText();
  await desk.page.locator('.long').evaluate((box) => { box.scrollTop = 0; });
  await desk.page.getByRole('button', { name: desk.t['list.column.name'], exact: true }).click();
  await desk.page.locator('th[aria-sort=ascending]').waitFor();
  const up = await first();
  await desk.page.getByRole('button', { name: new RegExp(`^${desk.t['list.column.name']}`) }).first().click();
  await desk.page.locator('th[aria-sort=descending]').waitFor();
  assert.ok((await first()) > up);
  await desk.page.getByLabel(desk.t['list.find'], { exact: true }).fill('lunar-lantern-7');
  await desk.page.getByText(desk.t['list.total'].replace('{count}', '1'), { exact: true }).waitFor();
  await end(desk);
});

test('a filter is kept, used and removed', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.list(desk);
  await desk.page.getByLabel(desk.t['list.find'], { exact: true }).fill('anchor');
  await desk.page.waitForTimeout(300);
  await desk.page.getByRole('button', { name: desk.t['list.save'] }).click();
  await coordinator_ways.start(desk);
  await coordinator_ways.list(desk);
  await desk.page.getByRole('button', { name: 'Open: anchor', exact: true }).click();
  assert.equal(await desk.page.getByLabel(desk.t['list.find'], { exact: true }).inputValue(), 'anchor');
  await desk.page.getByRole('button', { name: desk.t['list.saved.drop'].replace('{name}', 'Open: anchor') }).click();
  await desk.page.getByText(desk.t['list.save.hint']).waitFor();
  await end(desk);
});

test('a refusal says what to do, and what was written is still there', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await openFullCase(desk);
  await desk.page.locator('#reply-text').fill('Kept.');
  desk.region.fails = { status: 400, problem: 'Write less: a reply has 2,000 letters at most.' };
  await desk.page.getByRole('button', { name: desk.t['reply.send'] }).click();
  const alert = desk.page.getByRole('alert');
  await alert.getByText('Write less: a reply has 2,000 letters at most.').waitFor();
  await alert.getByText(desk.t['error.refused.remedy']).waitFor();
  assert.equal(await desk.page.locator('#reply-text').inputValue(), 'Kept.');
  await end(desk);
});

test('what the server says stands in the language of the screen, also within a sentence', async () => {
  for (const language of ['nl', 'en']) {
    const desk = await atTheDesk({ language });
    const change = desk.t['said.change.keys'];
    await desk.page.locator('.utrecht-alert').filter({ hasText: change }).getByText('onerror').waitFor();
    await openFullCase(desk);
    await desk.page.locator('#reply-text').fill('x');
    desk.region.fails = { status: 422, problem: 'this text: too long for its fixed size; shorten it or send it in parts',
      said: { code: 'this_text', values: { error: { code: 'error.too_long', values: {} } } } };
    await desk.page.getByRole('button', { name: desk.t['reply.send'] }).click();
    await desk.page.getByRole('alert').getByText(desk.t['said.this_text'].replace('{error}', desk.t['said.error.too_long'])).waitFor();
    await end(desk);
  }
});

test('a conflict shows both values and who wrote them; one is kept, having seen both', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.case_file(desk);
  const box = desk.page.locator('.versions');
  for (const by of ['Coördinator 1', 'Coördinator 2']) await box.getByText(desk.t['file.written'].split('{by}')[0] + by).waitFor();
  await desk.page.getByRole('button', { name: desk.t['conflict.keep'].replace('{by}', 'Coördinator 2') }).click();
  const kept = await told(desk, 'record');
  assert.deepEqual([kept.kind, kept.fields.provider, kept.seen], ['need', 'Opvanghuis', 35]);
  await end(desk);
});

test('a form made from the vocabulary sends its fields, and says which one is missing', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.case_file(desk);
  await desk.page.getByRole('button', { name: desk.t['file.add'].replace('{kind}', 'Hulpvraag') }).click();
  const need = desk.page.locator('details', { has: desk.page.getByRole('heading', { name: 'Hulpvraag', exact: true }) });
  await need.locator('form').evaluate((form) => { form.noValidate = true; });
  await need.getByRole('button', { name: desk.t['file.save'], exact: true }).click();
  await desk.page.getByRole('alert').getByText(desk.t['form.missing'].replace('{field}', 'Hulpvraag')).waitFor();
  await need.locator('select').first().selectOption('P1.HOUSING');
  await need.getByLabel('Wie helpt').fill('<i>Wooncorporatie</i>');
  await need.getByRole('button', { name: desk.t['file.save'], exact: true }).click();
  const saved = await told(desk, 'record');
  assert.deepEqual([saved.kind, saved.fields, saved.seen, 'item' in saved], ['need', { need: 'P1.HOUSING', provider: '<i>Wooncorporatie</i>' }, 0, false]);
  await end(desk);
});

test('of a merged case each reporter is answered in a thread of their own', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  const second = desk.t['reporter.number'].replace('{number}', '2');
  await desk.page.locator('.entry').filter({ hasText: 'Somebody else?' }).getByText(second).waitFor();
  await desk.page.getByLabel(desk.t['reporter.to'], { exact: true }).first().selectOption({ label: second });
  await desk.page.locator('#reply-text').fill('x');
  await desk.page.getByRole('button', { name: desk.t['reply.send'] }).click();
  const reply = await told(desk, 'reply');
  assert.notEqual(reply.case, desk.region.rows[desk.region.fullNumber].case);
  await end(desk);
});

test('opening the identity is a deed; until then nothing of it is on the screen', async () => {
  const desk = await atTheDesk();
  for (const name of case_parts) {
    await coordinator_ways[`case_${name}`](desk);
    assert.ok(!(await desk.page.content()).includes('06-00000000'), name);
  }
  await coordinator_ways.case_identity_open(desk);
  assert.deepEqual([lastDeed(desk).deed, lastDeed(desk).reason], ['open_identity', 'afspraak']);
  await desk.page.locator('#tab-thread').click();
  await desk.page.locator('#tab-identity').click();
  await desk.page.getByRole('button', { name: desk.t['identity.open'] }).waitFor();
  await end(desk);
});

test('nothing goes to a partner before it was shown', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.case_escalations(desk);
  await fillEscalation(desk);
  await desk.page.locator('.preview').getByText('<b>Zoekt opvang</b>').waitFor();
  await desk.page.locator('.preview').getByText('0'.repeat(30) + '47').waitFor(); // the consent's number, not a day in 2047
  assert.deepEqual(desk.region.deeds.map((one) => one.deed), ['prepare_escalation']);
  await desk.page.getByRole('button', { name: desk.t['escalation.send'] }).click();
  const sent = await told(desk, 'send_escalation');
  assert.equal(sent.ticket, 'T1');
  await end(desk);
});

// A button for each deed that the contract knows, and what the server is then asked.
const deeds = {
  next: ['start', async ({ page, t }) => page.getByRole('button', { name: t['start.next'] }).click()],
  sync: ['start', async ({ page, t }) => page.getByRole('button', { name: t['start.sync'] }).click()],
  assign: ['case_thread', async ({ page, t }) => {
    await page.getByText(t['assign.head']).click();
    await page.getByRole('button', { name: t['assign.me'] }).click();
  }],
  note: ['case_thread', async ({ page, t }) => {
    await page.getByLabel(t['note.text'], { exact: false }).last().fill('x');
    await page.getByRole('button', { name: t['note.save'] }).click();
  }],
  code: ['case_file', async ({ page, t }) => {
    await page.getByText(t['coding.head']).click();
    await page.getByRole('button', { name: t['coding.save'] }).click();
  }],
  record_consent: ['case_consents', async ({ page, t }) => {
    await page.getByText(t['consent.answer']).first().click();
    await page.getByRole('button', { name: t['consent.record'], exact: true }).first().click();
  }],
  ask_consent: ['case_consents', async ({ page, t }) => {
    await page.getByText(t['consent.ask.head']).click();
    await page.getByLabel(t['sharing.recipient']).first().selectOption('VT');
    await page.getByLabel(t['sharing.purpose']).first().selectOption('REFER');
    await page.locator('.ticks').first().getByText('Samenvatting').click();
    await page.getByRole('button', { name: t['consent.ask'], exact: true }).click();
  }],
  withdraw_escalation: ['case_escalations', async ({ page, t }) => {
    await page.locator('summary', { hasText: t['escalation.withdraw'] }).first().click();
    await page.getByRole('button', { name: t['escalation.withdraw'] }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: t['escalation.withdraw'] }).click();
  }],
  merge: ['case_proposals', async ({ page, t }) => {
    await page.getByRole('button', { name: /Samenvoegen met/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['links.merge.yes'] }).click();
  }],
  split: ['case_proposals', async ({ page, t }) => {
    await page.getByRole('button', { name: /^Afsplitsen/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['links.split'] }).click();
  }],
  propose_striking: ['case_closing', async ({ page, t }) => {
    await page.getByText(t['striking.choose']).click();
    await page.locator('section[aria-labelledby=striking-head] input[type=checkbox]').first().check();
    await page.getByLabel(t['striking.reason']).fill('x');
    await page.getByRole('button', { name: t['striking.propose'] }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['striking.propose'] }).click();
  }],
  propose_erasure: ['case_closing', async ({ page, t }) => {
    await page.getByLabel(t['erasure.reason']).fill('x');
    await page.getByRole('button', { name: t['erasure.propose'] }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['erasure.propose'] }).click();
  }],
  add_checklist: ['case_tasks', async ({ page, t }) => {
    await page.getByRole('combobox', { name: t['checklist.which'] }).selectOption('minor');
    await page.getByRole('button', { name: t['checklist.add'] }).click();
  }],
  propose_due: ['to_erase', async ({ page, t }) => {
    await page.getByRole('button', { name: t['to_erase.all'] }).click();
    await page.getByRole('button', { name: t['to_erase.propose'].replace('{count}', '2') }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['erasure.propose'] }).click();
  }],
  countersign: ['approvals', async ({ page, t }) => {
    await page.getByRole('button', { name: new RegExp(`^${t['approvals.sign']}: `) }).click();
    await page.getByRole('dialog').getByRole('button', { name: t['approvals.sign'] }).click();
  }],
};

test('what is due is chosen with the keyboard, and only that is proposed, with the reason that the screen gives', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.to_erase(desk);
  const box = (name) => desk.page.getByLabel(desk.t['to_erase.choose'].replace('{name}', name), { exact: true });
  const [over, asked, hindered, proposed] = desk.region.due;
  for (const one of [hindered, proposed]) assert.equal(await box(one.name).count(), 0);
  for (const why of hindered.hindrances) await desk.page.getByText(desk.t[`hindrance.${why}`]).waitFor();
  await box(asked.name).focus();
  await desk.page.keyboard.press('Space');
  await desk.page.getByRole('button', { name: desk.t['to_erase.propose'].replace('{count}', '1') }).focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('dialog').waitFor();
  assert.deepEqual(desk.region.deeds, []);
  await desk.page.keyboard.press('Enter');
  const deed = await told(desk, 'propose_due');
  assert.equal(deed.case, asked.case);
  assert.ok(deed.reason.startsWith(desk.t['to_erase.asked'].split('{')[0]), deed.reason);
  await desk.page.locator('.item').filter({ hasText: asked.name }).getByText(desk.t['to_erase.waits']).waitFor();
  assert.ok(!over.proposed);
  await end(desk);
});

test('a point is ticked off having seen what stood there, and a review is proposed by the factors', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.case_tasks(desk);
  await desk.page.getByText(desk.t['checklist.progress'].replace('{done}', '1').replace('{total}', '2')).waitFor();
  await desk.page.getByLabel('Risicoscreening gedaan').click();
  const deed = await told(desk, 'record');
  assert.deepEqual([deed.kind, deed.fields, deed.seen], ['check', { list: 'Intake', text: 'Risicoscreening gedaan', done: false }, 37]);
  await coordinator_ways.case_review_form(desk);
  for (const factor of ['Kent de doelgroep nog niet', 'Weinig inzicht']) await desk.page.getByLabel(factor).check();
  await desk.page.getByRole('button', { name: desk.t['review.use'] }).click();
  const day = await desk.page.getByLabel('Volgende keer', { exact: false }).inputValue();
  const ahead = (new Date(day).getTime() - Date.now()) / 86_400_000;
  assert.ok(ahead > 26 && ahead < 32, day);
  await end(desk);
});

test('the settings say which terms apply and who decided them', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.settings(desk);
  const row = (text) => desk.page.locator('tr').filter({ hasText: text });
  await row('AVG, artikel 12').getByText(`1 ${desk.t['term_one.months']}`).waitFor();
  await row(desk.t['settings.terms.own']).getByText(`2 ${desk.t['term_many.years']}`).waitFor();
  assert.ok(await row(desk.t['term.undecided']).count() > 3);
  await end(desk);
});

test('every deed has its button', async () => {
  const desk = await atTheDesk();
  for (const [name, [place, press]] of Object.entries(deeds)) {
    await coordinator_ways[place](desk);
    await press(desk);
    await told(desk, name);
    await settled(desk.page);
  }
  await end(desk);
});

// Presses whatever can be pressed, once each, and looks whether anything happened: the document, the focus, a file, paper
// or the server. What is busy or done already says so in its state.
test('every button does something', async () => {
  const desk = await atTheDesk();
  await desk.page.evaluate(() => { window.print = () => { document.body.dataset.printed = 'yes'; }; });
  const idle = [];
  for (const name of ['start', 'list', 'search', 'approvals', 'to_erase', 'audit', 'settings', ...case_parts.map((one) => `case_${one}`), 'print']) {
    await coordinator_ways[name](desk);
    const count = await desk.page.locator('main button').count();
    for (let i = 0; i < Math.min(count, 24); i += 1) {
      const button = desk.page.locator('main button').nth(i);
      if (!(await button.isVisible().catch(() => false)) || (await button.getAttribute('aria-selected')) === 'true') continue;
      if (await button.evaluate((one) => one.closest('.saved ul') !== null)) continue; // a kept filter goes to where we are
      const label = await button.innerText();
      const seen = () => desk.page.evaluate(() => [document.body.innerHTML, document.activeElement?.id, document.body.dataset.printed].join());
      const [before, asked] = [await seen(), desk.region.asked.filter((one) => !one.includes('changes')).length];
      const file = desk.page.waitForEvent('download', { timeout: 400 }).then(() => true, () => false);
      await button.click();
      await desk.page.waitForTimeout(60);
      // A form that lacks something is stopped by the browser, which says so at the field.
      const stopped = await desk.page.evaluate(() => document.querySelector('form :invalid') !== null);
      const happened = (await seen()) !== before || desk.region.asked.filter((one) => !one.includes('changes')).length > asked || stopped || (await file);
      if (!happened) idle.push(`${name}: ${label}`);
      if (await desk.page.locator('dialog[open]').count()) await desk.page.keyboard.press('Escape');
      if ((await seen()) !== before) await coordinator_ways[name](desk);
    }
  }
  assert.deepEqual(idle, []);
  await end(desk);
});

test('the journal is taken along as a file, for a reason', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.audit(desk);
  await desk.page.locator('summary', { hasText: desk.t['audit.export'] }).click();
  await desk.page.getByLabel(desk.t['papers.reason']).fill('jaarlijkse controle');
  const coming = desk.page.waitForEvent('download');
  await desk.page.getByRole('button', { name: desk.t['audit.export'] }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'region-audit.jsonl');
  assert.equal(readFileSync(await file.path(), 'utf8'), '{"line":"header"}\n');
  const { deed, reason, case: subject } = lastDeed(desk);
  assert.deepEqual([deed, reason, subject], ['take_audit', 'jaarlijkse controle', '']);
  await end(desk);
});

test('with the keyboard alone: a paper is looked at, a line left out, and it is taken out, saved and printed', async () => {
  const desk = await atTheDesk();
  const { page, t } = desk;
  await page.evaluate(() => { window.print = () => { document.body.dataset.printed = 'yes'; }; });
  await coordinator_ways.case_papers(desk);
  const press = async (name) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await press(t['papers.show']);
  await page.locator('.paper').getByText('Over u, en over uw broer.').waitFor();
  assert.deepEqual(desk.region.deeds.map((one) => one.deed), ['prepare_paper']);
  await press(t['papers.leave_out.of'].replace('{line}', '40'));
  await page.getByText('Over u, en over uw broer.').waitFor({ state: 'detached' });
  assert.deepEqual([lastDeed(desk).leave_out, lastDeed(desk).ticket], [['40'], 'P1']);
  await page.getByLabel(t['papers.for']).selectOption('BEHALF');
  await page.getByLabel(t['papers.reason']).focus();
  await page.keyboard.type('op verzoek');
  await page.keyboard.press('Enter');
  await page.getByText(t['papers.taken.hint']).waitFor();
  const taken = lastDeed(desk);
  assert.deepEqual([taken.deed, taken.ticket, taken.recipient, taken.reason], ['take_paper', 'P1', 'BEHALF', 'op verzoek']);
  const coming = page.waitForEvent('download');
  await press(t['papers.save.html']);
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'amber-anchor-client-file.html');
  assert.equal(readFileSync(await file.path(), 'utf8'), 'client-file as html');
  await press(t['papers.print']);
  assert.equal(await page.evaluate(() => document.body.dataset.printed), 'yes');
  await page.emulateMedia({ media: 'print' });
  const visible = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest('.paper') && one.innerText).map((one) => one.innerText));
  assert.ok(visible.every((text) => text.includes('Uw eigen dossier')), 'the paper stands alone, and what holds it');
  await end(desk);
});

test('a paper that cannot be made says why, and none leaves', async () => {
  const desk = await atTheDesk({ language: 'en' });
  await coordinator_ways.case_papers(desk);
  await desk.page.getByLabel(desk.t['papers.which'], { exact: true }).first().selectOption('registration');
  desk.region.fails = { status: 409, problem: 'She agreed, but not in writing: have her sign on paper.' };
  await desk.page.getByRole('button', { name: desk.t['papers.show'], exact: true }).click();
  await desk.page.getByRole('alert').getByText('She agreed, but not in writing: have her sign on paper.').waitFor();
  assert.equal(await desk.page.locator('.paper').count(), 0);
  await end(desk);
});

test('what a colleague changes is seen without a touch, and what is being written stays', async () => {
  const desk = await atTheDesk();
  await openFullCase(desk);
  await desk.page.locator('#reply-text').fill('Half a senten');
  await desk.page.locator('#tab-file').click();
  await desk.page.locator('#tab-thread').click();
  assert.equal(await desk.page.locator('#reply-text').inputValue(), 'Half a senten');
  const before = desk.region.asked.filter((one) => one === 'GET case').length;
  desk.region.change();
  while (desk.region.asked.filter((one) => one === 'GET case').length === before) await desk.page.waitForTimeout(20);
  assert.equal(await desk.page.locator('#reply-text').inputValue(), 'Half a senten');
  await end(desk);
});

test('who walks away is warned in the last minute, may stay, and is locked out otherwise', async () => {
  const desk = await atTheDesk({ language: 'en', clock: true });
  await openFullCase(desk);
  await desk.page.clock.fastForward('14:10');
  await desk.page.getByRole('heading', { name: desk.t['idle.head'] }).waitFor();
  await desk.page.locator('button:focus').filter({ hasText: desk.t['idle.stay'] }).waitFor();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { name: desk.t['idle.head'] }).waitFor({ state: 'detached' });
  await desk.page.clock.fastForward('14:10');
  await desk.page.getByRole('heading', { name: desk.t['idle.head'] }).waitFor();
  await desk.page.clock.fastForward('01:00');
  await desk.page.getByRole('heading', { name: desk.t['screen.locked.head'], exact: true }).waitFor();
  assert.ok(desk.region.locked);
  assert.ok(!(await desk.page.content()).includes('tiệm nail'));
  await end(desk);
});

test('a lock that came from the server is obeyed', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.list(desk);
  desk.region.locked = true;
  await desk.page.getByLabel(desk.t['list.find'], { exact: true }).fill('x');
  await desk.page.getByRole('heading', { name: desk.t['screen.locked.head'], exact: true }).waitFor();
  await end(desk);
});

test('a notice says new or acute and never what it is about', async () => {
  const desk = await atTheDesk({ language: 'en', permissions: ['notifications'] });
  await desk.page.evaluate(() => {
    window.told = [];
    window.Notification = class { constructor(title, { body }) { window.told.push(`${title}: ${body}`); } static requestPermission() { return Promise.resolve('granted'); } };
  });
  const arrives = async (acute) => {
    desk.region.rows.unshift({ ...desk.region.rows[0], case: String(Math.random()), state: 'new', unread: true, acute });
    desk.region.change();
  };
  await coordinator_ways.settings(desk);
  await arrives(false);
  await desk.page.waitForTimeout(300);
  assert.deepEqual(await desk.page.evaluate(() => window.told), []); // nobody switched it on
  await desk.page.getByLabel(desk.t['settings.notices.on']).check();
  await arrives(true);
  await desk.page.waitForFunction(() => window.told.length === 1);
  assert.deepEqual(await desk.page.evaluate(() => window.told), [`Meldpunt: ${desk.t['notice.acute']}`]);
  await end(desk);
});

const as_partner = () => atTheDesk({ region: new MockRegion({ role: 'partner' }) });
const openFirst = async (desk) => {
  await desk.page.locator('.items .way').first().click();
  await desk.page.getByRole('button', { name: desk.t['inbox.back'] }).waitFor();
};

test('a partner answers; a refusal needs a reason', async () => {
  const desk = await as_partner();
  const id = desk.region.inbox[0].escalation;
  await openFirst(desk);
  await desk.page.getByRole('button', { name: desk.t['inbox.say.refused'] }).click();
  await desk.page.getByText(desk.t['inbox.text.lacks']).waitFor();
  assert.deepEqual(desk.region.deeds, []);
  await desk.page.getByLabel(desk.t['inbox.text']).fill('Geen plaats.');
  await desk.page.getByRole('button', { name: desk.t['inbox.say.refused'] }).click();
  assert.deepEqual(await told(desk, 'inbox_answer'), { deed: 'inbox_answer', id, answer: 'refused', text: 'Geen plaats.' });
  await desk.page.getByText(desk.t['escalation_state.refused'], { exact: true }).first().waitFor();
  assert.equal(await desk.page.getByRole('button', { name: desk.t['inbox.say.accepted'] }).count(), 0);
  await end(desk);
});

test('with the keyboard alone a partner opens one, takes it on, and goes back', async () => {
  const desk = await as_partner();
  await desk.page.locator('.items .way').first().focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: desk.t['inbox.head'].replace('{name}', desk.region.inbox[0].name) }).waitFor();
  await desk.page.getByRole('button', { name: desk.t['inbox.say.accepted'] }).focus();
  await desk.page.keyboard.press('Enter');
  assert.equal((await told(desk, 'inbox_answer')).answer, 'accepted');
  await desk.page.goBack();
  await desk.page.getByRole('heading', { level: 1, name: desk.t['screen.inbox.head'], exact: true }).waitFor();
  await end(desk);
});

test('nothing is printed before it was said; a cancelled question prints nothing', async () => {
  const desk = await as_partner();
  await desk.page.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  await openFirst(desk);
  await desk.page.keyboard.press('p');
  await desk.page.getByRole('dialog').getByText(desk.t['inbox.print.body']).waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  desk.region.fails = { status: 409, problem: 'It was withdrawn.' };
  const print = async () => {
    await desk.page.getByRole('button', { name: desk.t['print.print'] }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: desk.t['print.print'] }).click();
  };
  await print();
  await desk.page.getByText('It was withdrawn.').waitFor();
  assert.equal(await desk.page.evaluate(() => window.printed), 0);
  await print();
  assert.equal((await told(desk, 'inbox_answer')).answer, 'printed');
  await desk.page.waitForFunction(() => window.printed === 1);
  await end(desk);
});

test('what was withdrawn can be neither taken on nor printed; of what has lapsed nothing is shown', async () => {
  const desk = await as_partner();
  const [, , , withdrawn, lapsed] = desk.region.inbox;
  for (const [item, says] of [[withdrawn, 'inbox.withdrawn.next'], [lapsed, 'inbox.lapsed.next']]) {
    await desk.page.getByRole('button', { name: new RegExp(`^${item.name}: `) }).click();
    await desk.page.getByText(desk.t[says]).waitFor();
    for (const button of ['inbox.say.accepted', 'print.print']) assert.equal(await desk.page.getByRole('button', { name: desk.t[button] }).count(), 0, button);
    await desk.page.getByRole('button', { name: desk.t['inbox.back'] }).click();
  }
  await end(desk);
});

test('on paper a partner has what came and why, and no buttons', async () => {
  const desk = await as_partner();
  await openFirst(desk);
  await desk.page.emulateMedia({ media: 'print' });
  const text = await desk.page.evaluate(() => document.body.innerText);
  for (const word of ['Zoekt veilige opvang', desk.region.inbox[0].name, desk.t['practice']]) assert.ok(text.includes(word), word);
  for (const word of [desk.t['nav.lock'], desk.t['inbox.text'], desk.t['inbox.say.accepted']]) assert.ok(!text.includes(word), word);
  await end(desk);
});

test('an approver signs, or says no and why', async () => {
  const desk = await atTheDesk({ region: new MockRegion({ role: 'approver' }) });
  await desk.page.locator('summary', { hasText: desk.t['approvals.decline'] }).click();
  const no = desk.page.getByRole('button', { name: new RegExp(`^${desk.t['approvals.decline.send']}: `) });
  await no.click();
  await desk.page.getByText(desk.t['approvals.decline.lacks']).waitFor();
  assert.deepEqual(desk.region.deeds, []);
  await desk.page.getByLabel(desk.t['approvals.decline.reason']).fill('Eerst bellen.');
  await no.click();
  assert.deepEqual(await told(desk, 'decline'), { deed: 'decline', id: 'e1', reason: 'Eerst bellen.' });
  await deeds.countersign[1](desk);
  assert.equal((await told(desk, 'countersign')).id, 'e1');
  assert.equal(await desk.page.locator('.items .way').count(), 0); // no way to a case
  await end(desk);
});

test('in haste is said before and asked of the server', async () => {
  const desk = await atTheDesk();
  await coordinator_ways.case_escalations(desk);
  await desk.page.getByText(desk.t['escalation.head'], { exact: true }).click();
  await desk.page.getByText(desk.t['escalation.without'], { exact: true }).click();
  await desk.page.getByText(desk.t['escalation.in_haste.off']).waitFor();
  await desk.page.getByText(desk.t['escalation.in_haste'], { exact: true }).click();
  await desk.page.getByText(desk.t['escalation.in_haste.on']).waitFor();
  await desk.page.getByLabel(desk.t['escalation.ground']).fill('VITAL');
  await desk.page.getByLabel(desk.t['escalation.reason']).fill('Nu in gevaar.');
  await desk.page.getByLabel(desk.t['escalation.valid_for']).selectOption('7');
  await desk.page.getByLabel(desk.t['sharing.recipient']).first().selectOption('KADERA');
  await desk.page.getByLabel(desk.t['sharing.purpose']).first().selectOption('REFER');
  await desk.page.locator('.ticks').getByText(/^(Samenvatting|Summary)$/).click();
  await desk.page.getByRole('button', { name: desk.t['escalation.prepare'] }).click();
  const asked = await told(desk, 'prepare_escalation');
  assert.deepEqual(asked.without_consent, { reason: 'Nu in gevaar.', ground: 'VITAL', in_haste: true });
  assert.deepEqual([asked.answer_within, asked.valid_for], [3, 7]);
  await desk.page.getByRole('button', { name: desk.t['escalation.send'] }).waitFor();
  await end(desk);
});

test('an alarm of a case leads to the part that it is about', async () => {
  const desk = await atTheDesk();
  await desk.page.getByText(desk.t['alarm.next.partner_refused']).waitFor();
  await desk.page.locator('.utrecht-alert .way').first().click();
  await desk.page.locator('#tab-escalations[aria-selected=true]').waitFor();
  await end(desk);
});

test('the language changes at once, and every word with it', async () => {
  const desk = await atTheDesk({ language: 'nl', locale: 'en-GB', region: new MockRegion({ lang: 'nl' }) });
  await desk.page.getByRole('heading', { name: 'Start' }).waitFor();
  assert.equal(await desk.page.evaluate(() => document.documentElement.lang), 'nl');
  await desk.page.getByRole('button', { name: 'Instellingen', exact: true }).click();
  await desk.page.getByLabel('Taal van de schermen').selectOption('en');
  await desk.page.getByRole('heading', { name: 'Settings' }).waitFor();
  assert.equal(await desk.page.evaluate(() => document.documentElement.lang), 'en');
  await end(desk);
});
