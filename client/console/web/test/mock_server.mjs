// A server in the shapes of the console's API, without keys and without memory after it ends. It serves the built
// document with its own headers, refuses what the real one refuses, and keeps every deed.
//
//   node client/console/web/test/mock_server.mjs FOLDER [ROWS [ROLE]]     shows the screens to somebody who works on them
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

import {
  approvals, attack, audit, caller_code, dueErasures, emptyCase, erasedCase, erasedNumber, figures, fullCase, hex, hits, identityFields, inboxItems, knowledgeNotes, noFigures, paperFiles, paperPreview,
  photo, row, statistics, vocabulary,
} from './sample.mjs';
import * as released from './sample_trends.mjs';

const views = {
  new: (one) => one.state === 'new', mine: (one) => one.assigned?.device === 'd1',
  waiting_reporter: (one) => one.state === 'waiting_reporter', waiting_partner: (one) => one.state === 'waiting_partner',
  overdue: (one) => one.due !== null, to_close: () => false, open: (one) => !['closed', 'erased'].includes(one.state), closed: (one) => ['closed', 'erased'].includes(one.state), all: () => true,
};

function headersOf(folder) {
  const lines = readFileSync(join(folder, 'console.headers'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length ? JSON.parse(Buffer.concat(parts).toString()) : {};
}

// `rows`, `role`, `lang`, `practice`, `idle`: what the region is like. `empty`: nothing is in it.
export class MockRegion {
  deeds = [];
  asked = [];
  locked = false;
  version = 1;
  fails = null; // {status, problem, said}: the next deed ends so
  opened = 0;
  waiting = [];

  constructor({ rows = 60, role = 'coordinator', lang, practice = true, idle = 15, empty = false, fullNumber = 0 } = {}) {
    Object.assign(this, { role, lang, practice, idle, empty, fullNumber });
    this.rows = empty ? [] : Array.from({ length: rows }, (_, n) => row(n));
    if (!empty) this.rows[fullNumber] = fullCase(fullNumber).row;
    if (!empty) this.rows[erasedNumber] = erasedCase(erasedNumber).row;
    this.inbox = empty ? [] : inboxItems();
    this.knowledge = empty ? [] : knowledgeNotes();
    this.due = empty ? [] : dueErasures();
    this.trends = released.trends(empty);
  }

  change() {
    this.version += 1;
    for (const answer of this.waiting.splice(0)) answer();
  }

  state() {
    const count = (view) => this.rows.filter(views[view]).length;
    const counts = Object.fromEntries(['new', 'mine', 'waiting_reporter', 'waiting_partner', 'overdue', 'to_close'].map((view) => [view, count(view)]));
    return {
      region: { name: 'Meldpunt IJsselland', practice: this.practice }, device: { id: 'd1', name: 'Coördinator 1', role: this.role },
      online: true, synced: '2026-11-22T12:00Z', head: 'amber bridge candle dolphin engine', version: this.version,
      counts: this.countsOf(counts),
      alarms: this.empty ? [] : [{ kind: 'keys_low', sentence: `Three days of keys are left: open the duty computer. ${attack}` }, ...this.alarmsOfCases()],
      announcements: this.empty ? [] : [
        { sentence: 'A new version is ready: ask the steward.', said: null },
        { sentence: "roster 3: the device 'Coördinator 2' has new keys",
          said: { code: 'told.roster', values: { number: '3', device: attack, change: { code: 'change.keys', values: {} } } } }], idle_minutes: this.idle, ...(this.lang ? { lang: this.lang } : {}),
    };
  }

  countsOf(lists) {
    if (this.role === 'receiver') return {};
    if (this.role === 'partner') return { inbox: this.inbox.filter((item) => item.waits).length };
    return { ...(this.role === 'coordinator' ? lists : {}), approvals: this.empty ? 0 : 1 };
  }

  alarmsOfCases() {
    if (this.role !== 'coordinator') return [];
    return ['consent_withdrawn', 'partner_refused', 'lapsed', 'second_refused'].map((kind, n) => ({ kind, sentence: attack, case: hex(n), name: row(n).name }));
  }

  // As the real one: it says what the partner said last, and printing changes nothing.
  answered({ id, answer, text }) {
    const item = this.inbox.find((one) => one.escalation === id);
    if (answer === 'printed') item.printed += 1;
    else if (answer !== 'more') Object.assign(item, { state: answer, waits: false });
    item.answers.push({ said: answer === 'more' ? item.state : answer, device: 'KADERA balie', hour: '2026-11-22 12:00 UTC', text });
  }

  cases(query) {
    const words = (query.get('find') ?? '').toLowerCase();
    const cases = this.rows.filter(views[query.get('view')] ?? views.all).filter((one) => !words || one.name.includes(words));
    return { total: cases.length, cases };
  }

  case(id) {
    const n = this.rows.findIndex((one) => one.case === id);
    if (n < 0) return null;
    if (n === erasedNumber) return erasedCase(n);
    return n === this.fullNumber ? fullCase(n) : emptyCase(n);
  }

  // As the real one: what is junk or muted leaves the open cases, and one with an unread message is not closed.
  one_of_many(what, { case: id, to }) {
    const row = this.rows.find((one) => one.case === id);
    if (what === 'close' && to && row.unread) return { case: id, problem: 'its newest message has no answer yet: read it first', said: { code: 'unanswered', values: {} } };
    const before = row[what] ?? '';
    row[what] = to;
    if (what !== 'assign') row.state = to && to !== 'CASE' ? 'closed' : 'new';
    return { case: id, before };
  }

  know({ item, fields }) {
    this.knowledge = this.knowledge.filter((one) => one.item !== item);
    if (!fields.removed) this.knowledge.push({ item: item ?? hex(900 + this.deeds.length), fields, position: this.deeds.length, by: 'Coördinator 1', hour: '2026-11-22 12:00 UTC', conflict: [], history: [] });
  }

  // As the real one: proposed in the same terms it stands, and what is drawn is there.
  figures({ deed, series, period, schedule, life }) {
    const of = this.trends.periods.find((one) => one.series === series && one.period === period);
    if (deed === 'propose_figures') Object.assign(of, { state: 'proposed', proposal: { by: 'Coördinator 1', own: true, hour: '2026-11-22T12:00Z', schedule, life, epsilon: '1.998' } });
    if (deed === 'draw_figures') Object.assign(of, { state: 'released', release: released.released[0].release });
  }

  trendsAnswer(query) {
    const show = query.get('show');
    if (!show) return this.trends;
    if (show === 'what_if' && Number(query.get('epsilon')) > 4) return { status: 400, problem: 'With so large a budget.', said: { code: 'trends_too_much', values: {} } };
    return { preview: released.preview, what_if: released.whatIf, release: (asked) => released.figures(asked.get('release')), year: released.sheet, blind: () => released.blind(this.empty) }[show](query);
  }

  deed(body) {
    this.deeds.push(body);
    if (/^(propose|draw|send)_figures$/.test(body.deed)) this.figures(body);
    if (body.deed === 'take_figures' && body.release) return { done: true, files: released.files() };
    if (body.deed === 'next') return { done: true, case: this.rows[0]?.case ?? null };
    if (body.deed === 'stay') return { done: true };
    if (body.deed === 'many') {
      const results = body.items.map((item) => this.one_of_many(body.do, item));
      this.change();
      return { done: true, results };
    }
    if (body.deed === 'propose_due') this.due.find((one) => one.case === body.case).proposed = true;
    if (body.deed === 'prepare_caller_report') return { done: true, ticket: 'C1', ...caller_code };
    if (body.deed === 'offer_fresh_code') return { done: true, number: '112' };
    if (body.deed === 'record' && body.kind === 'knowledge') this.know(body);
    if (body.deed === 'open_identity') return { done: true, fields: identityFields };
    if (body.deed === 'inbox_answer') this.answered(body);
    if (body.deed === 'prepare_paper') {
      this.paper = body.paper;
      return { done: true, ticket: 'P1', reporter_is_client: false, preview: paperPreview(body.paper, body.leave_out),
        recipients: { 'client-file': ['CLIENT', 'BEHALF'], registration: ['COMENSHA'], zaak: ['MUNICIPALITY'] }[body.paper] };
    }
    if (body.deed === 'take_paper') return { done: true, files: paperFiles(this.paper) };
    if (body.deed === 'take_figures') {
      return { done: true, files: [{ name: `${body.series}-${body.year}-all-regions.${body.form === 'json' ? 'json' : 'csv'}`, type: 'text/csv;charset=utf-8', content: 'region,table\r\n' }] };
    }
    if (body.deed === 'take_audit') return { done: true, files: [{ name: 'region-audit.jsonl', type: 'application/jsonl', content: '{"line":"header"}\n' }] };
    if (body.deed === 'prepare_escalation') {
      return { ticket: 'T1', preview: { recipient: body.recipient, purpose: body.purpose, fields: body.fields, sender: 'Coördinator 1', name: 'ivory-lantern', reference: '3f9a1c0d',
        needs_second: Boolean(body.without_consent) && !body.without_consent.in_haste,
        answer_by: '2026-11-25 12:00 UTC', valid_until: '2026-12-22 12:00 UTC', hour: '2026-11-22 12:00 UTC', journal: 'amber bridge candle dolphin engine',
        basis: body.without_consent ?? { consent: hex(70), how: 'thread' } } };
    }
    this.version += 1;
    return { done: true };
  }

  get(path, query) {
    const answers = {
      state: () => this.state(), vocabulary: () => vocabulary, cases: () => this.cases(query), case: () => this.case(query.get('id')),
      search: () => ({ hits: this.empty ? [] : hits(query.get('q')) }), approvals: () => ({ waiting: this.empty ? [] : approvals }),
      audit: () => (this.empty ? { head: '', events: [] } : audit(query.get('case') ? 12 : 3000)),
      to_erase: () => ({ due: this.due }), knowledge: () => ({ notes: this.knowledge }), image: () => ({ jpeg: photo }),
      figures: () => (this.empty ? noFigures : figures),
      statistics: () => (this.empty ? { months: [], outcomes: {}, forms: {} } : statistics), inbox: () => ({ items: this.inbox }), trends: () => this.trendsAnswer(query),
    };
    return answers[path]?.() ?? null;
  }
}

export async function startMock(folder, region = new MockRegion()) {
  const page = readFileSync(join(folder, 'console.html'));
  const headers = headersOf(folder);
  let token = 'first-token';
  let session = null;
  const refuse = (status, problem, said = null) => ({ status, body: { problem, said } });

  async function answer(request, path, query) {
    region.asked.push(`${request.method} ${path}`);
    const body = request.method === 'POST' ? await bodyOf(request) : {};
    if (request.method === 'POST' && request.headers.origin !== url.slice(0, -1)) return refuse(403, 'Wrong origin.');
    if (path === 'open') {
      if (body.token !== token) return refuse(403, 'This link was used: look at the terminal for a new one.');
      token = `token-${(region.opened += 1)}`;
      session = `session-${region.opened}`;
      return { status: 200, body: { session } };
    }
    if (!session || request.headers.authorization !== `Bearer ${session}`) return refuse(401, 'No session.');
    if (path === 'lock') {
      region.locked = true;
      return { status: 200, body: {} };
    }
    if (path === 'unlock') {
      if (body.passphrase !== 'open sesame') return refuse(403, 'That is not the passphrase of this device.');
      region.locked = false;
      return { status: 200, body: {} };
    }
    if (region.locked) return refuse(423, 'Locked.');
    if (path === 'changes') {
      await new Promise((done) => {
        if (region.version > Number(query.get('after'))) done();
        else {
          region.waiting.push(done);
          setTimeout(done, 25_000).unref();
        }
      });
      return { status: 200, body: { version: region.version } };
    }
    if (path === 'deed') {
      const failure = region.fails;
      region.fails = null;
      return failure ? refuse(failure.status, failure.problem, failure.said) : { status: 200, body: region.deed(body) };
    }
    const found = region.get(path, query);
    if (found?.problem) return refuse(found.status, found.problem, found.said);
    return found ? { status: 200, body: found } : refuse(404, 'There is no such case.');
  }

  const server = http.createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    if (!pathname.startsWith('/api/')) {
      response.writeHead(pathname === '/' ? 200 : 404, headers);
      response.end(pathname === '/' ? page : '');
      return;
    }
    const { status, body } = await answer(request, pathname.slice(5), searchParams);
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(body));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref(); // a test that failed does not keep its process
  const url = `http://127.0.0.1:${server.address().port}/`;
  return {
    url, region, link: () => `${url}#${token}`,
    close: () => {
      region.change();
      server.closeAllConnections?.();
      server.close();
    },
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const mock = await startMock(process.argv[2], new MockRegion({ rows: Number(process.argv[3] ?? 60), role: process.argv[4] ?? 'coordinator' }));
  console.log(mock.link());
  setInterval(() => undefined, 60_000); // until it is stopped
}
