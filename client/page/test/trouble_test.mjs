// What can go wrong between the page and the daemon.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDraft, arrived, makeVisit, story, Stage, words } from './stage.mjs';

test('a lost answer is made up for, and the report is there once', () =>
  story(async (visit, stage) => {
    await stage.until(() => visit.line.notice === 'taken');
    const sending = visit.send(aDraft(), false);
    stage.lose = 3;
    await stage.until(() => visit.line.notice === 'unreachable');
    assert.equal(sending.why, 'unreachable');
    await stage.until(arrived(sending));
    await stage.pass(60_000);
    assert.equal((await stage.daemon.reports()).length, 1);
  }));

test('a changed request key is learnt at the next beat', () =>
  story(async (visit, stage) => {
    await stage.until(() => visit.line.notice === 'taken');
    await stage.daemon.ask('change_key');
    await stage.until(arrived(visit.send(aDraft(), false)), 20);
    assert.equal((await stage.daemon.reports()).length, 1);
  }));

test('a busy server is waited for', () =>
  story(async (visit, stage) => {
    await stage.until(() => visit.line.notice === 'taken');
    await stage.daemon.ask('fill', 100);
    const sending = visit.send(aDraft(), false);
    await stage.until(() => visit.line.busySeconds > 0 && sending.why === 'busy', 100_000);
    assert.notEqual(sending.state, 'failed');
    await stage.daemon.ask('fill', -100);
    await stage.until(arrived(sending), 100_000);
    assert.equal((await stage.daemon.reports()).length, 1);
  }));

test('the puzzle is solved at the effort that the notice asks, and can be cancelled', () =>
  story(async (visit, stage) => {
    const effort = Number(await stage.daemon.ask('fill', 70));
    assert.ok(effort > 2, `an effort that takes a while: ${effort}`);
    const first = visit.send(aDraft({ text: 'eerste' }), false);
    await stage.until(() => first.state === 'solving');
    first.cancel();
    const second = visit.send(aDraft({ text: 'tweede' }), false);
    await stage.until(arrived(second), 1_000_000);
    assert.deepEqual((await stage.daemon.reports()).map(({ text }) => text), ['tweede']);
  }));

test('under a notice that the pin does not vouch for nothing is sent', () =>
  story(async (visit, stage) => {
    await stage.daemon.ask('damage', 1);
    const sending = visit.send(aDraft(), false);
    await stage.until(() => visit.line.notice === 'refused');
    await stage.pass(60_000);
    assert.equal(sending.state, 'waiting');
    assert.equal(sending.why, 'no_notice');
    assert.deepEqual(await stage.daemon.reports(), []);
    await stage.daemon.ask('damage', 0);
    await stage.until(arrived(sending));
  }));

test('a clock that is off is seen, and blocks nothing', () =>
  story(async (visit, stage) => {
    const right = stage.clock.unix;
    stage.clock.unix = () => right() - 86_400;
    const sending = visit.send(aDraft(), false);
    await stage.until(() => visit.line.notice === 'taken');
    assert.equal(visit.line.clockIsOff, true);
    assert.ok(Math.abs(visit.line.daemonTime - right()) < 60);
    await stage.until(arrived(sending));
  }));

test('without a core, and with a pin that is none, every call does nothing', async () => {
  for (const options of [{ core: new Uint8Array(8) }, { pin: new Uint8Array(3) }]) {
    const visit = await makeVisit({ pin: new Uint8Array(), core: new Uint8Array(), words, ...options });
    assert.equal(visit.line.notice, 'no_core');
    assert.deepEqual(visit.newCode().digits, []);
    assert.equal(await visit.useCode('1'), 'no_memory');
    assert.equal(visit.send(aDraft(), false).state, 'failed');
    visit.read();
    visit.wipe();
  }
});

test('where the memory for the keys cannot be had, a report without a way back still arrives', () =>
  story(async (visit, stage) => {
    const grow = WebAssembly.instantiate;
    WebAssembly.instantiate = () => Promise.reject(new RangeError('no memory'));
    try {
      visit.newCode();
      assert.equal(await visit.useNewCode(), 'no_memory');
    } finally {
      WebAssembly.instantiate = grow;
    }
    await stage.until(arrived(visit.send(aDraft(), false)));
  }));

test('two visits at once do not know each other', async () => {
  const [one, two] = [new Stage(), new Stage()];
  try {
    const [a, b] = [await one.open(), await two.open()];
    await one.until(arrived(a.send(aDraft({ text: 'een' }), false)));
    await two.until(arrived(b.send(aDraft({ text: 'twee' }), false)));
    assert.equal((await one.daemon.reports())[0].text, 'een');
    assert.equal((await two.daemon.reports())[0].text, 'twee');
  } finally {
    one.close();
    two.close();
  }
});
