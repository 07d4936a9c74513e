// Whoever watches the line of a real browser sees how long the page was open, and nothing else. The page stands behind
// the gateway and a watcher; people read it, report and come back with a code, at different moments of a beat.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { drawsOf } from '../../client/page/test/draws.mjs';
import { openBrowser, visitor } from './browser.mjs';
import { until } from '../support/listening.mjs';
import { RealRegion } from './real_region.mjs';
import { comeBack, keepCode, tell } from './reporter.mjs';
import { Watcher } from './watcher.mjs';

const visits = 20;
const beats = 8;
const latency = 250;
const answer = 'Donderdag kan ook.';

let region;
let browser;
let code;
before(async () => {
  region = await RealRegion.open('main_watched.ts');
  browser = await openBrowser();
  await watch(0, async (visit) => (code = await report(visit)));
  const { id } = await region.caseWith('Ik zag iets.');
  await region.reply(id, answer);
  await until('the answer', 60, () => watch(0, check).then(() => true, () => false));
});
after(async () => {
  await browser?.close();
  await region?.close();
});

// One visit, beat by beat: no other time passes.
class Watched {
  left = beats;

  constructor(page, watcher, moment) {
    Object.assign(this, { page, watcher, moment });
  }

  // One beat, and a deed shortly before it, while its frame is on its way, or after its answer.
  async beat(deed = async () => undefined) {
    assert.ok(this.left > 0, 'it takes more beats than a visit has');
    this.left -= 1;
    const due = await this.due();
    if (this.moment === 'before') {
      await this.becomes(due - 1);
      await deed();
    }
    const answered = this.watcher.hold();
    await this.becomes(due);
    await answered;
    if (this.moment === 'on the way') await deed();
    await this.becomes(due + latency);
    this.watcher.letThrough();
    await this.due();
    if (this.moment === 'after') await deed();
  }
  due() {
    return this.page.evaluate(() => globalThis.time.due());
  }
  async becomes(time) {
    this.watcher.time = time;
    await this.page.evaluate((now) => globalThis.time.becomes(now), time);
  }
}

const moments = ['before', 'on the way', 'after'];
async function watch(seed, deeds, late = 0) {
  const watcher = await Watcher.on(region.ports.web);
  const draws = Array.from({ length: 2 * beats }, drawsOf(seed));
  const { page, trouble, close } = await visitor(browser, watcher.url, {
    prepare: (made) => made.addInitScript((watched) => Object.assign(globalThis, { watched }), { draws, late }),
  });
  try {
    const visit = new Watched(page, watcher, moments[seed % moments.length]);
    await visit.beat(); // the first is at once: nobody does anything before it
    await deeds(visit);
    while (visit.left > 0) await visit.beat();
    assert.deepEqual(trouble.filter((line) => !line.startsWith('request: blob:')), []);
    return watcher.seen;
  } finally {
    await close();
    watcher.close();
  }
}

const reading = async () => undefined;
async function report(visit) {
  const { page } = visit;
  let kept;
  await visit.beat(() => tell(page, 3, 'Ik zag iets.'));
  await visit.beat(async () => (kept = await keepCode(page)));
  await visit.beat(async () => {
    await page.waitForSelector('main[data-screen="summary"]');
    await page.locator('main .utrecht-button--primary-action').first().click();
  });
  while (!(await page.locator('main[data-screen="arrived"]').count())) await visit.beat();
  return kept;
}
async function check(visit) {
  await visit.beat(async () => {
    await comeBack(visit.page, code.words);
    await visit.page.waitForSelector('main[data-screen="thread"]');
  });
  while (!(await visit.page.getByText(answer).count())) await visit.beat();
}

// The same for every seed: a few at a time, for most of a visit is waiting.
async function eachSeed(look) {
  const seeds = Array.from({ length: visits }, (_, i) => i + 1);
  const walk = async () => {
    for (let seed = seeds.shift(); seed; seed = seeds.shift()) await look(seed);
  };
  await Promise.all([walk(), walk(), walk(), walk()]);
}

test(`${visits} visits that report and ${visits} that check look like reading: the same moments, ways and sizes`, async () => {
  await eachSeed(async (seed) => {
    const [read, reported, checked] = await Promise.all([reading, report, check].map((deeds) => watch(seed, deeds)));
    assert.deepEqual(reported, read, `reporting, seed ${seed}`);
    assert.deepEqual(checked, read, `checking, seed ${seed}`);
  });
});

test('after the page itself there is one message out and one in at each beat, of one size', async () => {
  const seen = await watch(1, report);
  const [asked, page, ...messages] = seen;
  assert.deepEqual([asked.time, asked.direction, page.time, page.direction], [0, 'out', 0, 'in']);
  assert.equal(messages.length, 2 * beats);
  messages.forEach(({ time, direction, size }, i) => {
    assert.equal(direction, i % 2 === 0 ? 'out' : 'in');
    assert.equal(size, messages[i % 2].size);
    assert.ok(size > 16384 && size < 16384 + 1500, `${size}`);
    if (direction === 'out') assert.ok(time % 5000 < 1000, `${time} is on the grid with its jitter`);
  });
});

test('another seed gives other moments: the jitter is drawn', async () => {
  const [one, two] = await Promise.all([watch(1, reading), watch(2, reading)]);
  assert.notDeepEqual(one, two);
});

test('a page that sends 30 ms late when it reports is seen', async () => {
  const [late, read] = await Promise.all([watch(1, report, 30), watch(1, reading)]);
  assert.notDeepEqual(late, read);
});
