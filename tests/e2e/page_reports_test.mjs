// Every door, the code, the way back, and what happens when something fails: over a visit in memory.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { build, catalogue, everyLanguage, overMemory, root, serve, visitor, work } from './browser.mjs';
import { ways } from './every_step.mjs';
import { browser, server } from './in_memory.mjs';
import { aConsent, aReply, Journey } from './journey.mjs';

async function visit(options) {
  const opened = await visitor(browser, server.url, options);
  return { ...opened, journey: new Journey(opened.page) };
}

const doors = [
  { name: 'about me', door: 0, questions: 7, kind: 'report', fixed: { report_kind: 'REQUEST', reporter: 'SELF' }, mayGoOneWay: false },
  { name: 'I saw something', door: 1, questions: 7, kind: 'report', fixed: { report_kind: 'SIGNAL', reporter: 'CITIZEN' }, mayGoOneWay: true },
  { name: 'professional report', door: 2, questions: 7, kind: 'report', fixed: { report_kind: 'SIGNAL', reporter: 'MUN.DESK' }, mayGoOneWay: true },
  { name: 'professional advice', door: 3, questions: 2, kind: 'advice', fixed: { report_kind: 'ADVICE', reporter: 'MUN.DESK' }, mayGoOneWay: false },
];

// What stands on a question: its place among at most eight, and an icon that is drawn.
async function askedWell(name, page) {
  if (name !== 'story' && !name.startsWith('question')) return;
  const [, total] = /(\d+)\D*$/.exec(await page.locator('main .progress').textContent());
  assert.ok(Number(total) <= 8, `${total} questions`);
  assert.ok(await page.locator('.asked .icon path').getAttribute('d'), `no icon on ${name}`);
}

for (const language of ['nl', 'en']) {
  for (const { name, door, questions, kind, fixed, mayGoOneWay } of doors) {
    test(`the door "${name}" sends what was chosen and written, in ${language}`, async () => {
      const { page, trouble, close } = await visit({ language });
      const journey = new Journey(page, askedWell);
      await journey.toDoor(door);
      await journey.answer(questions, 'Een verhaal.');
      if (mayGoOneWay) {
        await journey.at('way_back');
        await journey.choose(0);
      }
      await journey.keepCode();
      await journey.send();

      const [sent] = await journey.sent();
      const answers = Object.fromEntries(sent.answers.map(({ question, codes }) => [question, codes.join()]));
      assert.equal(sent.kind, kind);
      assert.equal(sent.language, language);
      assert.equal(sent.text, 'Een verhaal.');
      assert.equal(sent.wayBack, true);
      for (const [question, code] of Object.entries(fixed)) assert.equal(answers[question], code);
      assert.equal(await page.locator('.words li').count(), 7);
      assert.deepEqual(trouble, []);
      await close();
    });
  }
}

for (const language of everyLanguage) {
  test(`a question for advice goes in ${language}, shown in that language`, async () => {
    const { journey, page, trouble, close } = await visit({ language });
    const texts = catalogue(language);
    await journey.at('home');
    assert.equal(await page.locator('h1').textContent(), texts['home.head']);
    await journey.toDoor(3);
    await journey.answer(2, 'Ăă Łł Жж Őő Ướ Çç عربي');
    await journey.keepCode();
    await journey.send();
    assert.equal(await page.locator('h1').textContent(), texts['arrived.head']);
    const [sent] = await journey.sent();
    assert.deepEqual([sent.language, sent.text], [language, 'Ăă Łł Жж Őő Ướ Çç عربي']);
    assert.deepEqual(trouble, []);
    await close();
  });
}

test('a whole report goes by keyboard alone, from the first Tab on', async () => {
  const { journey, page, close } = await visit();
  const press = async (label) => {
    for (let i = 0; i < 60; i += 1) {
      const now = await page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.tagName);
      if (now.startsWith(label)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${label} by keyboard`);
  };
  const en = catalogue('en');
  await press(en['home.report']);
  await journey.at('before');
  await press(en['before.agree']);
  await journey.at('doors');
  await press(en['door.self']);
  for (let i = 0; i < 7; i += 1) {
    await journey.at('question');
    // From the question to its first option.
    await page.keyboard.press('Tab');
    if (i === 0) await page.keyboard.press('Space');
    await press(en['nav.continue']);
    await page.waitForTimeout(80);
  }
  await journey.at('story');
  for (let i = 0; i < 10 && (await page.evaluate(() => document.activeElement.tagName)) !== 'TEXTAREA'; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.type('Help.');
  await press(en['nav.continue']);
  await journey.at('code');
  await press(en['code.kept']);
  await journey.at('code_check');
  await press(en['nav.skip']);
  await journey.at('summary');
  await press(en['summary.send']);
  await journey.at('sending');

  const [sent] = await journey.sent();
  assert.equal(sent.text, 'Help.');
  await close();
});

test('free text alone is enough, and an empty report is not sent', async () => {
  const { journey, page, close } = await visit();
  await journey.toDoor(1);
  for (let i = 0; i < 7; i += 1) {
    await journey.at('question');
    await page.locator('main .row .utrecht-button--subtle').click();
    await page.waitForTimeout(50);
  }
  await journey.at('story');
  await journey.go();
  await journey.at('way_back');
  await journey.choose(1);
  await journey.at('summary');
  await journey.go();
  assert.match(await page.locator('[role=alert]').textContent(), /not filled in anything/);
  await page.locator('main .utrecht-button--subtle', { hasText: 'Change' }).last().click();
  await journey.at('story');
  await page.locator('textarea').fill('Only this.');
  await journey.go();
  await journey.at('summary');
  await journey.go();
  await journey.at('sending');

  const [sent] = await journey.sent();
  assert.deepEqual([sent.text, sent.wayBack], ['Only this.', false]);
  await close();
});

test('the summary points at numbers, addresses and names, and not at the first word of a sentence', async () => {
  const { journey, page, close } = await visit();
  await journey.toDoor(3);
  await journey.answer(2, 'He lives with Maria. Call 06 12345678 or mail a@b.example. Their car is 12-ABC-3. Nothing else.');
  await journey.keepCode();
  await journey.at('summary');
  const found = await page.locator('mark').allTextContents();
  assert.deepEqual(found.sort(), ['06 12345678', '12-ABC-3', 'Maria', 'a@b.example'].sort());
  await close();
});

test('a photo is drawn anew to about 200 kB without what was hidden in it; another file is refused', async () => {
  const { journey, page, trouble, close } = await visit();
  const photo = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    const pen = canvas.getContext('2d');
    for (let i = 0; i < 20000; i += 1) {
      pen.fillStyle = `hsl(${(i * 37) % 360} 80% 50%)`;
      pen.fillRect((i * 97) % 2400, (i * 61) % 1800, 40, 40);
    }
    const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.98));
    return [...new Uint8Array(await made.arrayBuffer())];
  });
  // An Exif block after the start of the image, as a telephone writes it.
  const hidden = Buffer.from('Exif\0\0PLACE-52.51N-6.09E');
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, hidden.length + 2]), hidden]);
  const bytes = Buffer.from(photo);
  const file = Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]);
  await journey.toDoor(3);
  for (let i = 0; i < 2; i += 1) {
    await page.locator('main .row .utrecht-button--subtle').click();
    await page.waitForTimeout(50);
  }
  await journey.at('story');
  await page.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await page.locator('.attach [role=status] .utrecht-alert').waitFor();
  assert.match(await page.locator('.attach [role=status]').textContent(), /cannot be sent/);
  await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });
  await page.locator('.photos li').waitFor();
  await journey.go();
  await journey.keepCode();
  await journey.at('summary');
  await journey.go();
  await journey.at('sending');
  const sent = await page.evaluate(() => [...globalThis.visit.sent[0].draft.images[0]]);
  assert.ok(sent.length <= 200 * 1024 && sent.length > 20 * 1024, `${sent.length} bytes`);
  assert.deepEqual(sent.slice(0, 3), [0xff, 0xd8, 0xff]);
  assert.ok(!Buffer.from(sent).includes('PLACE'));
  assert.deepEqual(trouble, []);
  await close();
});

test('a device without room for a code can still send, without a way back', async () => {
  const { journey, page, close } = await visit();
  await page.evaluate(() => (globalThis.visit.room = false));
  await journey.toDoor(3);
  await journey.answer(2, 'A question.');
  await journey.at('code');
  await journey.go();
  await journey.at('code_check');
  await page.locator('main .row .utrecht-button--subtle').first().click();
  await journey.at('no_memory');
  await journey.go();
  await journey.at('summary');
  await journey.go();
  await journey.at('sending');
  assert.equal((await journey.sent())[0].wayBack, false);
  await close();
});

const spoken = (page, line) =>
  page.waitForFunction((wanted) => document.querySelector('.spoken[role=status]').textContent === wanted, line);

test('a failed send keeps the text, says why, and sends the same draft again', async () => {
  const { journey, page, close } = await visit();
  await journey.toDoor(3);
  await journey.answer(2, 'A question.');
  await journey.keepCode();
  await journey.at('summary');
  await journey.go();
  await journey.at('sending');
  await journey.becomes('waiting', { why: 'unreachable' });
  await page.waitForFunction(() => document.querySelector('main').textContent.includes('tries again by itself'));
  await journey.becomes('failed', { why: 'refused' });
  await journey.at('failed');
  await spoken(page, 'It has not arrived');
  await journey.go();
  await journey.at('sending');
  const same = await page.evaluate(() => globalThis.visit.sent.length === 2 && globalThis.visit.sent[0].draft === globalThis.visit.sent[1].draft);
  assert.ok(same);
  await journey.becomes('arrived');
  await journey.at('arrived');
  await spoken(page, 'It has arrived');
  await close();
});

test('the time that is left follows the beat that is kept, and stopping goes back to the usual one', async () => {
  const { journey, page, close } = await visit({ language: 'en' });
  await journey.toDoor(3);
  await journey.answer(2, 'A question.');
  await journey.keepCode();
  await journey.at('summary');
  await journey.go();
  await journey.at('sending');
  const says = (text) => page.waitForFunction((wanted) => document.querySelector('main').textContent.includes(wanted), text);
  await journey.becomes('sending', { total: 73, acknowledged: 1 });
  await says('about 6 min');
  await page.locator('main input[type=checkbox]').check();
  await says('about 2 min');
  await journey.becomes('sending', { acknowledged: 31 });
  await says('about 1 min');

  // What was chosen stands there in another language too.
  await page.locator('.language').click();
  await page.locator('.picker [lang=nl]').click();
  assert.ok(await page.locator('main input[type=checkbox]').isChecked());
  await page.locator('main .row .utrecht-button--subtle').click();
  await journey.at('summary');
  assert.equal(await page.evaluate(() => globalThis.visit.beat), 5000);
  await close();
});

test('one press opens the code while words are still offered for its last one', async () => {
  for (const press of ['click', 'tap']) {
    const { journey, page, close } = await visit({ hasTouch: true });
    await journey.at('home');
    await journey.choose(1);
    await journey.at('before');
    await journey.go();
    await journey.at('return');
    await page.locator('[role=combobox]').fill('appel app');
    await page.locator('[role=option]').waitFor();
    await page.locator('main .utrecht-button--primary-action')[press]();
    await page.locator('[role=alert] .utrecht-alert').waitFor({ timeout: 5000 });
    assert.equal(await page.locator('.suggestions').isVisible(), false);
    await close();
  }
});

test('who lost the code reads what that means, where a code is asked for', async () => {
  for (const language of everyLanguage) {
    const { journey, page, close } = await visit({ language });
    const texts = catalogue(language);
    await journey.at('home');
    await journey.choose(1);
    await journey.at('before');
    await journey.go();
    await journey.at('return');
    const shown = await page.locator('main').innerText();
    for (const key of ['return.lost.head', 'return.lost.body']) assert.ok(shown.includes(texts[key]), `${language}: ${key}`);
    await close();
  }
});

test('the code is copied, and pasted when it is asked back', async () => {
  const { journey, page, context, close } = await visit();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await journey.toDoor(3);
  await journey.answer(2, 'A question.');
  for (const copy of [0, 1]) {
    await journey.at('code');
    await page.locator('.code .utrecht-button--secondary-action').nth(copy).click();
    await page.waitForFunction((done) => document.querySelector('.code [role=status]').textContent === done, catalogue('en')['code.copied']);
    await journey.go();
    await journey.at('code_check');
    await page.locator('[role=combobox]').focus();
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Escape');
    await journey.go();
    await journey.at('summary');
    await page.locator('.back button').click();
    await journey.at('code_check');
    await page.locator('.back button').click();
  }
  await close();
});

test('an answer says until when it stays, as dates are written in the reader\'s language', async () => {
  for (const [language, day] of Object.entries({ nl: '14 februari 2027', en: '14 February 2027', vi: '14 tháng 2, 2027' })) {
    const { journey, page, close } = await visit({ language });
    await journey.comeBack([aReply(0)]);
    assert.ok((await page.locator('.reply').innerText()).includes(day), await page.locator('.reply').innerText());
    await close();
  }
});

test('every page of the expertise half names its source and date, and that a coordinator has yet to review it', async () => {
  const { journey, page, close } = await visit();
  const { date } = JSON.parse(readFileSync(join(root, 'client/page/expertise.json'), 'utf8'));
  const written = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(date));
  const hasSource = async (name) => {
    const source = await page.locator('.source').innerText();
    for (const part of [written, catalogue('en')['expertise.review']]) assert.ok(source.includes(part), `${name}: ${source}`);
  };
  await journey.at('home');
  await journey.choose(2);
  for (const [i, name] of ['signs', 'rights', 'after', 'who', 'what', 'work'].entries()) {
    await journey.choose(i);
    await journey.at(`expertise_${name}`);
    await hasSource(name);
    await page.locator('.back button').click();
  }
  await journey.choose(6);
  await journey.choose(0);
  await journey.at('card_signal');
  await hasSource('signal card');
  await close();
});

test('words complete as they are typed, by keyboard, and a wrong code says what is wrong', async () => {
  const { journey, page, close } = await visit();
  await journey.at('home');
  await journey.choose(1);
  await journey.go();
  await journey.at('return');
  const field = page.locator('[role=combobox]');
  await field.pressSequentially('app');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[aria-selected=true]').textContent(), 'appel');
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'appel ');
  await journey.go();
  await page.locator('[role=alert] .utrecht-alert').waitFor();
  assert.match(await page.locator('[role=alert]').textContent(), /not a whole code/);
  await field.fill('appel boterham cirkel dromen eekhoorn groente fluiten');
  await journey.go();
  await page.waitForFunction(() => /not right/.test(document.querySelector('[role=alert]').textContent));
  await field.fill('Appel  boterham cirkel-dromen EEKHOORN fluiten groente');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await journey.at('thread', 'thread');
  await close();
});

test('markup in a reply, a label or a catalogue stays text', async () => {
  const { journey, page, trouble, close } = await visit();
  const evil = '<img src=x onerror="globalThis.owned = true"><script>globalThis.owned = true</script>';
  await journey.comeBack([
    aReply(1, { text: evil, textModule: evil, status: evil, consent: { ...aConsent, recipient: evil, purpose: evil, fields: [evil] } }),
    aReply(0, { text: evil }),
  ]);
  await page.waitForTimeout(200);
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  assert.ok((await page.locator('.reply').last().textContent()).includes('<img src=x'));

  await page.locator('[data-key="add"]').click();
  await journey.at('story');
  await page.locator('textarea').fill(evil);
  await journey.go();
  await journey.at('summary');
  assert.equal(await page.locator('main .own-text').textContent(), evil);
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.deepEqual(trouble, []);
  await close();
});

// The document before any script, and every screen: of each language at the start, of Dutch everywhere.
test('markup in every text of every catalogue stays text on every screen', async () => {
  const evil = '<img src=x onerror="globalThis.owned=1">';
  const place = mkdtempSync(join(work, 'markup-'));
  for (const language of everyLanguage) {
    const poisoned = Object.entries(catalogue(language)).map(([key, text]) => [key, key === 'language.direction' ? text : text + evil]);
    writeFileSync(join(place, `${language}.json`), JSON.stringify(Object.fromEntries(poisoned)));
  }
  build(join(place, 'page'), [...overMemory, '--texts', place]);
  const poisoned = await serve(join(place, 'page'));
  const harmless = async (name, page) => {
    assert.equal(await page.locator('img, iframe, object').count(), 0, name);
    assert.equal(await page.evaluate(() => globalThis.owned), undefined, name);
    assert.ok((await page.locator('body').textContent()).includes(evil), name);
  };
  for (const walk of Object.values(ways)) {
    const { page, trouble, close } = await visitor(browser, poisoned.url, { language: 'nl' });
    await walk(new Journey(page, harmless), page);
    assert.deepEqual(trouble, []);
    await close();
  }
  for (const options of [...everyLanguage.map((language) => ({ language })), { javaScriptEnabled: false }]) {
    const { page, trouble, close } = await visitor(browser, poisoned.url, options);
    if (options.javaScriptEnabled === false) assert.equal(await page.locator('img').count(), 0);
    else await harmless(options.language, page);
    assert.deepEqual(trouble, []);
    await close();
  }
  poisoned.close();
  rmSync(place, { recursive: true });
});

test('a consent question shows recipient, purpose and fields, and is answered and taken back', async () => {
  const { journey, page, close } = await visit();
  await journey.comeBack([aReply(0, { status: 'consent', consent: aConsent })]);
  const shown = await page.locator('.consent').innerText();
  for (const part of ['Kadera', 'Passing on to the organisation', 'What you need']) assert.ok(shown.includes(part), part);
  await page.locator('.consent textarea').fill('Only by day.');
  await page.locator('[data-key^="given-"]').click();
  await journey.becomes('arrived');
  await page.waitForFunction(() => document.querySelector('.consent').textContent.includes('Your choice has arrived'));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key.split('-')[0]), 'given');
  await page.locator('[data-key^="withdrawn-"]').click();
  const asked = await page.evaluate(() => globalThis.visit.consents.map(({ choice, text }) => [choice, text]));
  assert.deepEqual(asked, [['given', 'Only by day.'], ['withdrawn', 'Only by day.']]);
  await close();
});

test('an answer is erased, a gap is named, a message is added under the same code', async () => {
  const { journey, page, close } = await visit();
  await journey.comeBack([aReply(4, { link: 'unknown' }), aReply(2, { link: 'broken' })]);
  assert.match(await page.locator('.gap').textContent(), /are gone/);
  assert.match(await page.locator('.reply').last().textContent(), /Do not trust it/);
  await page.locator('[data-key="burn-4"]').click();
  await page.waitForFunction(() => document.querySelectorAll('.reply').length === 1);
  assert.match(await page.locator('main').textContent(), /Answer 5 is erased/);
  await page.locator('[data-key="add"]').click();
  await journey.at('story');
  await page.locator('textarea').fill('One thing more.');
  await journey.go();
  await journey.send();
  const [sent] = await journey.sent();
  assert.deepEqual([sent.kind, sent.text, sent.wayBack], ['message', 'One thing more.', true]);
  await close();
});

test('what was written is kept when the language changes, and Arabic runs from right to left', async () => {
  const { journey, page, close } = await visit();
  await journey.toDoor(3);
  for (let i = 0; i < 2; i += 1) {
    await page.locator('main .row .utrecht-button--subtle').click();
    await page.waitForTimeout(50);
  }
  await journey.at('story');
  await page.locator('textarea').fill('Blijft staan.');
  await page.locator('.language').click();
  await page.locator('.picker [lang=ar]').click();
  assert.equal(await page.locator('textarea').inputValue(), 'Blijft staan.');
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
  const exit = await page.locator('#exit').boundingBox();
  assert.ok(exit.x > 60, 'the way out stands at the side where reading begins');
  await close();
});

test('no field is spelt, completed, translated or remembered', async () => {
  const { journey, page, close } = await visit();
  await journey.toDoor(3);
  const unspoilt = async (field) => {
    for (const [name, value] of Object.entries({ spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', translate: 'no' })) {
      assert.equal(await field.getAttribute(name), value);
    }
  };
  await journey.answer(2, 'x', () => unspoilt(page.locator('textarea')));
  await journey.at('code');
  await journey.go();
  await journey.at('code_check');
  await unspoilt(page.locator('[role=combobox]'));
  assert.equal(await page.locator('html').getAttribute('translate'), 'no');
  await close();
});

test('the signs that somebody ticked while reading go along into a report', async () => {
  const { journey, page, close } = await visit();
  await journey.at('home');
  await journey.choose(2);
  await journey.choose(0);
  await journey.at('expertise_signs');
  await page.locator('input[value=G08]').check();
  await page.locator('input[value=F02]').check();
  await page.locator('select').selectOption('CRIM');
  assert.match(await page.locator('.combination').innerText(), /2 signs[^]*Sleeps at the place of work/);
  await journey.go();
  await journey.at('before');
  await journey.go();
  for (let i = 0; i < 7; i += 1) {
    await journey.at('question');
    await journey.go();
    await page.waitForTimeout(60);
  }
  await journey.at('story');
  await journey.go();
  await journey.at('way_back');
  await journey.choose(1);
  await journey.at('summary');
  await journey.go();
  const answers = (await journey.sent())[0].answers.map(({ question, codes }) => `${question} ${codes}`);
  assert.deepEqual(answers.sort(), ['report_kind SIGNAL', 'reporter CITIZEN', 'signal_foreign F02', 'signal_general G08']);
  await close();
});

for (const [notice, said] of [['no_core', /nothing can be sent from here/], ['unreachable', /cannot be reached/], ['refused', /could not be checked/]]) {
  test(`when the line is "${notice}" the page says so, keeps the text and gives the other ways`, async () => {
    const { journey, page, close } = await visit();
    await page.evaluate((state) => (globalThis.visit.line = { ...globalThis.visit.line, notice: state }), notice);
    await journey.toDoor(3);
    await journey.answer(2, 'A question.');
    await journey.at('code');
    if (notice === 'no_core') await journey.go();
    else {
      await journey.go();
      await journey.at('code_check');
      await page.locator('main .row .utrecht-button--subtle').first().click();
    }
    await journey.at('summary');
    const shown = await page.locator('main').innerText();
    assert.match(shown, said);
    assert.ok(shown.includes('A question.') && shown.includes('0000 000 000'));
    assert.equal(await page.locator('main .utrecht-button--primary-action').count(), notice === 'no_core' ? 0 : 1);
    await close();
  });
}
