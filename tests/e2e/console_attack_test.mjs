// The console's local server attacked from the browser that shows it, and by another user of the machine: all refused, and
// the coordinator's screen is none the wiser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { chromium, packages } from './browser.mjs';
import { freePort } from '../support/listening.mjs';
import { RealOffice, t } from './real_office.mjs';

const run = promisify(execFile);
const secret = 'De bovenwoning boven de winkel.';
const nobody = 65_534;

let office;
let desk;
let link;
let address; // of the console, without a token
let port;
let evil; // the server of another page, at a port of its own
before(async () => {
  office = await RealOffice.open();
  await office.browser.close();
  // A name of somebody else that leads to this machine: what DNS rebinding comes down to.
  office.browser = await packages('playwright-core').chromium.launch({ ...chromium, args: [...chromium.args,
    '--host-resolver-rules=MAP evil.test 127.0.0.1',
    '--disable-features=LocalNetworkAccessChecks'] }); // the server holds without what a newer browser adds
  evil = http.createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Another page</title><h1>Another page</h1>');
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  await office.report('one', { text: secret });
  link = await office.startConsole('coordinator').next(1);
  address = link.split('#')[0];
  port = Number(new URL(link).port);
  desk = await office.window(link);
  await desk.counts('new', 1);
  await desk.next();
  await desk.has(secret);
  await desk.has(t['thread.expires'].split('{')[0]); // that it was read is posted: from here on the journal rests
});
after(async () => {
  evil?.close();
  await office?.close();
});

const headWords = () => desk.page.locator('footer .hint').textContent();

// The screen is open and unlocked, and the journal says what it said.
async function unharmed(words) {
  await desk.has(secret);
  assert.equal(await headWords(), words);
}

// Another page in the coordinator's own browser, beside the console. `place`: its origin.
async function anotherPage(place) {
  const page = await desk.context.newPage();
  await page.goto(place);
  return page;
}
const places = () => [`http://127.0.0.1:${evil.address().port}/`, `http://evil.test:${evil.address().port}/`];

// What a page may try on an address; what came of each: 'failed', or what it could learn.
const attacks = {
  'a simple post': (to) => fetch(`${to}api/deed`, { method: 'POST', mode: 'no-cors', body: '{"deed":"next"}' }).then((got) => `${got.type} ${got.status}`, () => 'failed'),
  'a post of JSON': (to) => fetch(`${to}api/deed`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"deed":"next"}' }).then((got) => got.status, () => 'failed'),
  'a lock': (to) => fetch(`${to}api/lock`, { method: 'POST', mode: 'no-cors', body: '{}' }).then((got) => `${got.type} ${got.status}`, () => 'failed'),
  'a beacon': (to) => { navigator.sendBeacon(`${to}api/lock`, '{}'); return 'failed'; },
  'a read': (to) => fetch(`${to}api/state`).then((got) => got.status, () => 'failed'),
  'a blind read': (to) => fetch(to, { mode: 'no-cors' }).then((got) => `${got.type} ${got.status}`, () => 'failed'),
  'an image': (to) => new Promise((done) => { const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('failed'); image.src = to; }),
  'a script': (to) => new Promise((done) => { const script = document.createElement('script'); script.onload = () => done('loaded'); script.onerror = () => done('failed'); script.src = `${to}api/state`; document.head.append(script); }),
  'a style sheet': (to) => new Promise((done) => { const style = document.createElement('link'); style.rel = 'stylesheet'; style.onload = () => done('loaded'); style.onerror = () => done('failed'); style.href = to; document.head.append(style); }),
  'a socket': (to) => new Promise((done) => { const socket = new WebSocket(to.replace('http', 'ws')); socket.onopen = () => done('open'); socket.onerror = () => done('failed'); }),
  'an event source': (to) => new Promise((done) => { const source = new EventSource(`${to}api/changes?after=0`); source.onopen = () => done('open'); source.onerror = () => { source.close(); done('failed'); }; }),
};

test('another page in the same browser can do nothing, read nothing, and not even tell that a console is there', async () => {
  const words = await headWords();
  const closed = await freePort(); // a guessed port behind which nobody is
  for (const place of places()) {
    const page = await anotherPage(place);
    for (const [name, attack] of Object.entries(attacks)) {
      assert.equal(await page.evaluate(attack, address), 'failed', `${name} from ${place}`);
      if (name === 'a socket') continue; // the browser makes one wait that comes after a failed one
      assert.equal(await page.evaluate(attack, `http://127.0.0.1:${closed}/`), 'failed', `${name}: a closed port looks different`);
    }
    await page.close();
  }
  await unharmed(words);
});

// The control: what guards nothing is reached by the same attacks.
test('the same attacks reach a server that guards nothing', async () => {
  const page = await anotherPage(places()[0]);
  const open = http.createServer((_, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Content-Type': 'text/css' }).end();
  }).listen(0, '127.0.0.1');
  await once(open, 'listening');
  for (const name of ['a simple post', 'a post of JSON', 'a read', 'a blind read', 'a style sheet']) {
    assert.notEqual(await page.evaluate(attacks[name], `http://127.0.0.1:${open.address().port}/`), 'failed', name);
  }
  open.closeAllConnections();
  open.close();
  await page.close();
});

test('neither a form, nor a frame, nor a window of another page gets hold of it', async () => {
  const words = await headWords();
  for (const place of places()) {
    const page = await anotherPage(place);
    await page.evaluate((to) => {
      document.body.innerHTML = `<iframe name="frame" src="${to}"></iframe><iframe name="target"></iframe>
        <form method="post" action="${to}api/deed" target="target" enctype="text/plain"><input name='{"deed":"next","x":"' value='"}'></form>`;
      document.querySelector('form').submit();
    }, address);
    await page.waitForTimeout(800);
    for (const frame of page.frames().filter((each) => each !== page.mainFrame())) {
      const shown = await frame.evaluate(() => document.documentElement.innerText).catch(() => '');
      assert.ok(!shown.includes('Meldpunt') && !shown.includes(secret), `${frame.name()} shows ${shown}`);
      assert.equal(await page.evaluate((name) => { try { return window.frames[name].document.title; } catch { return null; } }, frame.name()) || null, null);
    }
    const [popup] = await Promise.all([desk.context.waitForEvent('page'), page.evaluate((to) => { window.got = window.open(to); }, address)]);
    await popup.waitForLoadState();
    const seen = await page.evaluate(() => { try { return window.got.document.body.innerText; } catch { return 'cut'; } });
    assert.ok(!seen || seen === 'cut', seen);
    assert.equal(await popup.evaluate(() => window.opener), null);
    assert.ok(!(await popup.content()).includes(secret)); // the document alone: it has no session
    await popup.close();
    await page.close();
  }
  await unharmed(words);
});

test('under another name the console answers nobody, also a page that was loaded under that name', async () => {
  const words = await headWords();
  const rebound = `http://evil.test:${port}/`;
  const page = await desk.context.newPage();
  const answer = await page.goto(rebound);
  assert.equal(answer.status(), 403);
  assert.ok(!(await page.content()).includes('<script'));
  // The page came from its own server; the name leads here since.
  await page.route(`${rebound}page`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Another page</h1>' }));
  await page.goto(`${rebound}page`);
  for (const [method, path, body] of [['GET', ''], ['GET', 'api/state'], ['POST', 'api/open', '{"token":"x"}'], ['POST', 'api/lock', '{}'], ['POST', 'api/deed', '{"deed":"next"}']]) {
    const status = await page.evaluate(async ([how, where, what]) => (await fetch(`/${where}`, {
      method: how, ...(what ? { body: what, headers: { 'Content-Type': 'application/json' } } : {}) })).status, [method, path, body]);
    assert.equal(status, 403, `${method} /${path}`);
  }
  await page.close();
  await unharmed(words);
});

test('a link that was used opens nothing: in another window, by hand, or from the history', async () => {
  const words = await headWords();
  const thief = await office.window(link);
  await thief.has(t['opening.used']);
  assert.ok(!(await thief.page.content()).includes(secret));
  const token = link.split('#')[1];
  const honest = { 'Content-Type': 'application/json', Origin: address.slice(0, -1), 'Sec-Fetch-Site': 'same-origin' };
  const again = await fetch(`${address}api/open`, { method: 'POST', headers: honest, body: JSON.stringify({ token }) });
  assert.equal(again.status, 403);
  assert.ok(!(await desk.page.evaluate(() => [window.location.href, document.referrer, JSON.stringify(window.history.state)].join())).includes(token));
  await thief.context.close();
  await unharmed(words);
});

// As curl of a user who has no rights here; with the headers of an honest page.
async function asNobody(...words) {
  const { stdout } = await run('curl', ['-s', '-w', '\n%{http_code}', '-H', `Origin: ${address.slice(0, -1)}`, '-H', 'Sec-Fetch-Site: same-origin',
    '-H', 'Content-Type: application/json', ...words], { uid: nobody, gid: nobody, cwd: '/' });
  const at = stdout.lastIndexOf('\n');
  return { body: stdout.slice(0, at), status: Number(stdout.slice(at + 1)) };
}

test('another user of this machine learns nothing without the link', { skip: process.getuid() !== 0 && 'needs root, to become somebody else' }, async () => {
  const words = await headWords();
  assert.equal((await asNobody(address)).body.includes(secret), false);
  const guesses = ['', 'A'.repeat(43), link.split('#')[1]];
  for (const path of ['api/state', 'api/cases', 'api/vocabulary', 'api/search?q=bovenwoning', 'api/changes?after=0', 'api/nothing']) {
    for (const guess of guesses) {
      const got = await asNobody(`${address}${path}`, '-H', `Authorization: Bearer ${guess}`);
      assert.equal(got.status, 401, path);
      assert.ok(!got.body.includes('bovenwoning'));
    }
  }
  for (const guess of guesses) assert.equal((await asNobody(`${address}api/open`, '-d', JSON.stringify({ token: guess }))).status, 403);
  assert.equal((await asNobody(`${address}api/lock`, '-d', '{}')).status, 401);
  // Nor from what the system tells of other people's programs.
  const { pid } = office.consoles.get('coordinator');
  assert.ok(!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(link.split('#')[1]));
  for (const file of ['environ', 'mem', 'fd/1', 'maps']) await assert.rejects(run('cat', [`/proc/${pid}/${file}`], { uid: nobody, gid: nobody, cwd: '/' }));
  await unharmed(words);
  assert.deepEqual(desk.trouble, []);
});
