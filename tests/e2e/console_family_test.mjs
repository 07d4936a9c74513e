// A family, reported three times: put together by hand, one taken out again, and each reporter answered in a thread of
// their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { RealOffice, t } from './real_office.mjs';

let office;
let one;
let other;
before(async () => {
  office = await RealOffice.open();
  await office.enrol('deputy');
});
after(() => office?.close());

const told = {
  mother: 'Mijn man en ik plukken asperges, de baas houdt onze paspoorten. Bel niet 06 1234 5678, dat is de baas.',
  son: 'Mijn ouders mogen niet weg. De baas heeft nummer +31 6 1234 5678.',
  neighbour: 'Op het erf wonen mensen in een schuur. Op de bus staat 0612345678.',
};
const names = {};
const sameNumber = t['links.same_number'].split('{')[0];

async function merge(desk, from, into) {
  await desk.toCase(names[from]);
  await desk.part('proposals');
  await desk.has(t['links.same_number'].replace('{number}', '612345678'));
  await desk.press(t['links.merge'].replace('{name}', names[into]));
  await desk.confirm(t['links.merge.yes']);
  await desk.page.getByRole('heading', { level: 1, name: names[into] }).waitFor();
}

test('three reports name one telephone: the screen proposes to put them together, and does nothing by itself', async () => {
  for (const [name, text] of Object.entries(told)) await office.report(name, { text, answers: { exploitation_form: ['LAB'] } });
  [one, other] = [await office.sitDown('coordinator'), await office.sitDown('deputy')];
  await one.counts('new', 3);
  for (let i = 0; i < 3; i += 1) {
    const name = await one.next();
    const text = await one.page.locator('.story').innerText();
    names[Object.keys(told).find((each) => text.includes(told[each]))] = name;
  }
  assert.equal(new Set(Object.values(names)).size, 3);
  await one.part('proposals');
  assert.equal(await one.page.locator('#part .item', { hasText: sameNumber }).count(), 2);
  await one.picture('family_1_proposed');
  await other.list('open');
  await other.page.getByText(t['list.total'].replace('{count}', '3')).waitFor();
});

test('merged by hand they are one case, and a colleague sees three threads in it', async () => {
  await merge(one, 'son', 'mother');
  await merge(one, 'neighbour', 'mother');
  await other.list('open');
  await other.page.getByText(t['list.total'].replace('{count}', '1'), { exact: true }).waitFor({ timeout: 30_000 });
  await other.toCase(names.mother);
  for (const text of Object.values(told)) await other.has(text);
  await other.has(t['reporter.number'].replace('{number}', '3'));
  await other.picture('family_2_one_case');
});

// Which of them a story's number is.
async function numberOf(desk, who) {
  const text = await desk.page.locator('.entry', { hasText: told[who] }).innerText();
  return text.match(new RegExp(t['reporter.number'].replace('{number}', '\\d')))[0];
}
async function answerTo(desk, who, text) {
  await desk.part('thread');
  const chosen = desk.page.getByLabel(t['reporter.to'], { exact: true }).first();
  await chosen.selectOption({ label: await numberOf(desk, who) });
  await desk.answer(text);
}

test('each reporter is answered in a thread of their own, and reads nothing of the others', async () => {
  const answers = { mother: 'Wij helpen u beiden.', son: 'Dank je, wij letten op je ouders.', neighbour: 'Dank u, grijpt u niet in.' };
  for (const [who, text] of Object.entries(answers)) await answerTo(other, who, text);
  for (const who of Object.keys(answers)) {
    const said = await office.reads(who, answers[who]);
    for (const [others, text] of Object.entries(answers)) assert.equal(said.includes(text), others === who, `${who} reads what ${others} is told`);
  }
});

test('what is written in one of them stays in its file when it is split off, and comes back as a case', async () => {
  const whose = (await one.toCase(names.mother), await numberOf(one, 'neighbour'));
  await one.part('proposals');
  await one.press(t['links.split.of'].replace('{whose}', whose));
  await one.confirm(t['links.split']);
  await one.list('open');
  for (const who of ['mother', 'neighbour']) await one.page.getByRole('button', { name: names[who], exact: true }).waitFor();
  await other.toCase(names.neighbour);
  await other.has(told.neighbour);
  await other.has('Dank u, grijpt u niet in.');
  assert.ok(!(await other.page.locator('.story').innerText()).includes('asperges'));
  await other.answer('Wij hebben u gehoord.');
  await office.reads('neighbour', 'Wij hebben u gehoord.');
  await one.toCase(names.mother);
  await one.has(told.son);
  assert.ok(!(await one.page.locator('.story').innerText()).includes(told.neighbour));
  await one.part('proposals');
  await one.has(sameNumber); // it is proposed again, to whoever decides otherwise
  await one.picture('family_3_split');
  assert.deepEqual([...one.trouble, ...other.trouble], []);
});
