// Stories of one visitor, from the page's core to the daemon and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDraft, arrived, story } from './stage.mjs';

const taken = (visit) => () => visit.line.notice === 'taken';

async function sendWithCode(visit, stage, draft = aDraft()) {
  visit.newCode();
  assert.equal(await visit.useNewCode(), 'ok');
  const sending = visit.send(draft, true);
  await stage.until(arrived(sending));
  return sending;
}

test('a report from the page arrives once, and reads the same', () =>
  story(async (visit, stage) => {
    const draft = aDraft({ text: 'Zij slapen in de loods.\r\nElke nacht \u0219i \u{1F69A}.' });
    await sendWithCode(visit, stage, draft);
    await stage.pass(60_000);

    const reports = await stage.daemon.reports();
    assert.equal(reports.length, 1);
    assert.equal(reports[0].text, 'Zij slapen in de loods.\nElke nacht \u0219i \u{1F69A}.');
    assert.deepEqual(reports[0].answers, { sector: ['AGR', 'HOTEL'] });
    assert.equal(reports[0].language, 'nl');
    assert.equal(reports[0].kind, 1);
    assert.ok(reports[0].proven);
    assert.equal(visit.line.clockIsOff, false);
  }));

test('a code is in use before what is sent under it, at whatever moment of a beat both are asked for', async () => {
  for (let moment = 250; moment < 5000; moment += 500) {
    await story(async (visit, stage) => {
      await stage.pass(10_000);
      await new Promise((rest) => setTimeout(rest, 100)); // the answer that is on its way
      let come = false;
      stage.clock.after(moment, () => (come = true));
      await stage.until(() => come);
      visit.newCode();
      assert.equal(await visit.useNewCode(), 'ok');
      // While the next frame is on its way.
      let sending = null;
      const pass = stage.daemon.frame.bind(stage.daemon);
      stage.daemon.frame = (frame) => {
        sending ??= visit.send(aDraft(), true);
        return pass(frame);
      };
      await stage.until(() => sending !== null && arrived(sending)());
    });
  }
});

test('a code that is entered while the page is hidden is in use when it shows again', () =>
  story(async (visit, stage) => {
    await stage.pass(14_500); // a moment before a beat
    visit.newCode();
    const entered = visit.useNewCode();
    visit.pause();
    assert.equal(await entered, 'ok');
    const sending = visit.send(aDraft(), true);
    visit.resume();
    await stage.until(arrived(sending));
  }));

test('who comes back with the code reads the answer, sends a message, and burns it', () =>
  story(async (visit, stage) => {
    const code = visit.newCode();
    await visit.useNewCode();
    await stage.until(arrived(visit.send(aDraft(), true)));
    await stage.daemon.reports();
    await stage.daemon.reply({ index: 0, status: 1, module: 'READ' });
    await stage.daemon.reply({ index: 1, text: 'Kom dinsdag langs.' });
    visit.wipe();

    const later = await stage.open({ seed: 2 });
    assert.equal(await later.useCode(`  ${code.words.en.join('\n- ').toUpperCase()} `), 'ok');
    later.read();
    await stage.until(() => later.thread.looked);
    assert.deepEqual(
      later.thread.replies.map(({ index, status, text, textModule, link }) => [index, status, text, textModule, link]),
      [
        [1, 'answer', 'Kom dinsdag langs.', '', 'follows'],
        [0, 'read', '', 'READ', 'first'],
      ],
    );

    await stage.until(arrived(later.send(aDraft({ kind: 'message', text: 'Dank.' }), true)));
    const reports = await stage.daemon.reports();
    assert.deepEqual(
      reports.map(({ kind, text, last_reply_read }) => [kind, text, last_reply_read]),
      [
        [1, 'Ik werk zestien uur per dag.', 0xffff],
        [2, 'Dank.', 1],
      ],
    );
    assert.equal(reports[0].thread, reports[1].thread);

    later.burn(1);
    await stage.until(() => later.thread.burned.includes(1));
    assert.equal(later.thread.replies[0].text, '');
    later.wipe();

    await stage.daemon.ask('tick', 600);
    const last = await stage.open({ seed: 3 });
    assert.equal(await last.useCode(code.digits.join('')), 'ok');
    last.read();
    await stage.until(() => last.thread.looked);
    assert.deepEqual(last.thread.replies.map(({ index }) => index), [0]);
  }));

test('a reply that comes while the page is open is found with a later notice', () =>
  story(async (visit, stage) => {
    await sendWithCode(visit, stage);
    visit.read();
    await stage.until(() => visit.thread.looked);
    assert.deepEqual(visit.thread.replies, []);

    await stage.daemon.reply({ index: 0, text: 'Er is iemand.' });
    await stage.until(() => visit.thread.replies.length === 1, 130);
    assert.equal(visit.thread.replies[0].text, 'Er is iemand.');
  }));

test('a consent question is answered, and withdrawn, in the thread', () =>
  story(async (visit, stage) => {
    await sendWithCode(visit, stage);
    await stage.daemon.reply({ index: 0, status: 7, fields: ['first_name', 'telephone'] });
    visit.read();
    await stage.until(() => visit.thread.replies.length === 1, 130);
    const { consent, status } = visit.thread.replies[0];
    assert.equal(status, 'consent');
    assert.deepEqual([consent.recipient, consent.purpose, consent.fields], ['SHELTER', 'HELP', ['first_name', 'telephone']]);

    await stage.until(arrived(visit.answerConsent(consent.id, 'given', 'Ja')));
    await stage.until(arrived(visit.answerConsent(consent.id, 'withdrawn', '')));
    const answers = (await stage.daemon.reports()).slice(1);
    assert.deepEqual(
      answers.map((answer) => [answer.kind, answer.consent, answer.choice, answer.text]),
      [
        [4, consent.id, 1, 'Ja'],
        [4, consent.id, 4, ''],
      ],
    );
  }));

test('a request to erase arrives', () =>
  story(async (visit, stage) => {
    await sendWithCode(visit, stage);
    await stage.until(arrived(visit.requestErase('Alles, alstublieft.')));
    const last = (await stage.daemon.reports()).at(-1);
    assert.deepEqual([last.kind, last.text], [5, 'Alles, alstublieft.']);
  }));

test('without a way back nobody keeps the code, and every report has another one', () =>
  story(async (visit, stage) => {
    await stage.until(arrived(visit.send(aDraft(), false)));
    await stage.until(arrived(visit.send(aDraft(), false)));
    const reports = await stage.daemon.reports();
    assert.equal(reports.length, 2);
    assert.notEqual(reports[0].thread, reports[1].thread);
    assert.ok(reports.every(({ proven }) => proven));
  }));

test('a message without a code fails at once, and says nothing was sent', () =>
  story(async (visit, stage) => {
    const sending = visit.send(aDraft({ kind: 'message' }), true);
    await stage.until(() => sending.state === 'failed');
    assert.equal(sending.why, '');
  }));

test('a wrong code is told from no code', () =>
  story(async (visit) => {
    const { words, digits } = visit.newCode();
    assert.equal(await visit.useCode(''), 'not_a_code');
    assert.equal(await visit.useCode('\u00e9\u{1F600}'), 'not_a_code');
    assert.equal(await visit.useCode(words.nl.slice(1).join(' ')), 'not_a_code');
    assert.equal(await visit.useCode(digits.join(' ').slice(1)), 'not_a_code');
    let refused = 0;
    for (const word of ['able', 'about', 'above', 'absent', 'accent', 'across', 'action', 'active']) {
      if (word === words.en[0]) continue;
      const entry = await visit.useCode([word, ...words.en.slice(1)].join(' '));
      if (entry === 'checksum') ++refused;
    }
    assert.ok(refused >= 4, `one word in sixteen may pass, and some are in no list: ${refused}`);
  }));

test('words complete as they are typed', () =>
  story(async (visit) => {
    const [first] = visit.newCode().words.en;
    assert.ok(visit.complete(first, 'en', 50).includes(first));
    assert.ok(visit.complete(first.slice(0, 2), 'en', 3).length <= 3);
    assert.deepEqual(visit.complete('', 'nl', 5), []);
    assert.deepEqual(visit.complete('\u{1F600}', 'nl', 5), []);
  }));

test('images travel in parts and come out byte for byte; long text beside them too', () =>
  story(async (visit, stage) => {
    const images = [30_000, 1].map((size) => Uint8Array.from({ length: size }, (_, i) => i % 251));
    const text = '\u20ac'.repeat(10_000);
    const sending = visit.send(aDraft({ text, images: images.map((image) => image.slice()) }), false);
    visit.faster(true);
    const seen = new Set();
    await stage.until(() => {
      seen.add(sending.acknowledged);
      return arrived(sending)();
    });
    assert.ok(sending.total >= 6 && sending.acknowledged === sending.total);
    assert.ok(seen.size >= sending.total, 'its progress is seen');

    const reports = await stage.daemon.reports();
    const enclosed = await stage.daemon.enclosed(0);
    assert.deepEqual(enclosed.map(({ kind }) => kind).sort(), [1, 2, 2]);
    const [first, second] = enclosed.filter(({ kind }) => kind === 2);
    assert.deepEqual(new Uint8Array(first.whole), images[0]);
    assert.deepEqual(new Uint8Array(second.whole), images[1]);
    const rest = enclosed.find(({ kind }) => kind === 1).whole.toString();
    assert.equal(reports[0].text + rest, text);
  }));

test('whoever shows how long it takes hears of another beat', () =>
  story(async (visit, stage) => {
    await stage.until(taken(visit));
    await stage.pass(30_000);
    const told = [];
    visit.onChange(() => told.push(visit.beat));
    visit.faster(true);
    await stage.until(() => told.length > 0, 3);
    visit.faster(false);
    await stage.until(() => told.length > 1, 3);
    assert.deepEqual(told, [1000, 5000]);
  }));

test('who goes faster and thinks better of it, while a frame is on its way, goes at the usual beat', () =>
  story(async (visit, stage) => {
    let asked = false;
    const pass = stage.daemon.frame.bind(stage.daemon);
    stage.daemon.frame = (frame) => {
      if (!asked) for (const on of [true, false]) visit.faster(on);
      asked = true;
      return pass(frame);
    };
    await stage.until(() => asked);
    await stage.pass(30_000);
    assert.equal(visit.beat, 5000);
  }));

test('more images than a visit can carry fail, and are named too long', () =>
  story(async (visit, stage) => {
    const sending = visit.send(aDraft({ images: [new Uint8Array(4_000_000)] }), false);
    await stage.until(() => sending.state === 'failed');
    assert.equal(sending.why, 'too_long');
  }));

test('a cancelled report does not arrive', () =>
  story(async (visit, stage) => {
    const sending = visit.send(aDraft(), false);
    sending.cancel();
    await stage.pass(60_000);
    assert.equal(sending.state, 'failed');
    assert.deepEqual(await stage.daemon.reports(), []);
  }));

test('a report that is cancelled when its frame is ready does not arrive, and the beats go on', () =>
  story(async (visit, stage) => {
    const sending = visit.send(aDraft(), false);
    let before = 0;
    visit.onChange(() => {
      if (sending.state !== 'sending') return;
      before = stage.seen.length;
      sending.cancel();
    });
    await stage.until(() => before > 0);
    await stage.pass(30_000);
    assert.ok(stage.seen.length >= before + 10);
    assert.deepEqual(await stage.daemon.reports(), []);
  }));

test('a paused page sends nothing, and goes on where it was', () =>
  story(async (visit, stage) => {
    const sending = visit.send(aDraft(), false);
    await stage.until(taken(visit));
    visit.pause();
    await stage.until(() => stage.seen.length % 2 === 0);
    const before = stage.seen.length;
    stage.time += 61_234;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(stage.seen.length, before);
    visit.resume();
    await stage.until(arrived(sending));
    assert.equal((await stage.daemon.reports()).length, 1);
  }));
