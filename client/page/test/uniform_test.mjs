// Whoever watches the line sees how long the page was open, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDraft, arrived, Stage } from './stage.mjs';

const visits = 5;
const length = 75_000; // milliseconds

async function watch(seed, deed, before = async () => undefined) {
  const stage = new Stage();
  try {
    await before(stage);
    const visit = await stage.open({ seed });
    await deed(visit, stage);
    await stage.until(() => stage.time >= length);
    return stage.seen.filter(([moment]) => moment < length);
  } finally {
    stage.close();
  }
}

const reading = async () => undefined;
async function report(visit, stage) {
  await stage.until(arrived(visit.send(aDraft(), false)));
}
async function check(visit, stage) {
  visit.newCode();
  assert.equal(await visit.useNewCode(), 'ok');
  visit.read();
  await stage.until(() => visit.thread.looked);
}
async function everything(visit, stage) {
  visit.newCode();
  await visit.useNewCode();
  const sending = visit.send(aDraft({ images: [new Uint8Array(20_000)] }), true);
  visit.read();
  await stage.until(arrived(sending));
  await stage.until(arrived(visit.requestErase('')));
}

for (const [name, deed] of Object.entries({ report, check, everything })) {
  test(`${name} looks like reading`, async () => {
    for (let seed = 1; seed <= visits; ++seed) {
      assert.deepEqual(await watch(seed, deed), await watch(seed, reading));
    }
  });
}

test('every message is one frame, on the grid, never two on their way', async () => {
  const seen = await watch(1, report);
  assert.ok(seen.length >= 28);
  seen.forEach(([moment, direction, size], i) => {
    assert.equal(size, 16384);
    assert.equal(direction, i % 2 === 0 ? 'out' : 'in');
    if (direction === 'out') assert.ok(moment % 5000 < 1000, `${moment} is on the grid with its jitter`);
  });
});

test('another seed gives other moments: the jitter is drawn', async () => {
  assert.notDeepEqual(await watch(1, reading), await watch(2, reading));
});

test('a page that sends 30 ms late when it reports is seen', async () => {
  const late = await watch(1, async (visit, stage) => {
    const { after } = stage.clock;
    const sending = visit.send(aDraft(), false);
    stage.clock.after = (milliseconds, run) => after(milliseconds + (sending.state === 'sending' ? 30 : 0), run);
    await stage.until(arrived(sending));
  });
  assert.notDeepEqual(late, await watch(1, reading));
});

test('a slow line loses beats and stays on the grid', async () => {
  const stage = new Stage();
  try {
    await stage.open({
      post: async (frame) => {
        stage.seen.push(stage.time);
        const answer = await stage.daemon.frame(frame);
        stage.time += 7000;
        return answer;
      },
    });
    await stage.until(() => stage.seen.length >= 6);
    for (const moment of stage.seen) assert.ok(moment % 10_000 < 1000, `every second beat: ${moment}`);
  } finally {
    stage.close();
  }
});
