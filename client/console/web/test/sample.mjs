// A region that never was, in the shapes of the console's API: a case with everything in it, and as many rows as wanted.
import { readFileSync } from 'node:fs';

const root = new URL('../../../../', import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
// What a stranger may write anywhere: it stays text.
export const attack = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';

const schemes = json('config/vocabulary.json').schemes;
const termRows = json('config/terms.json').terms;
const pageTexts = Object.fromEntries(['nl', 'en', 'vi', 'ro', 'ar'].map((one) => [one, json(`client/page/text/${one}.json`)]));
const modules = json('config/text_modules.json').modules.map(({ code, when }) => ({
  id: code, use: when, texts: Object.fromEntries(Object.entries(pageTexts).map(([language, texts]) => [language, texts[`module.${code}`]])),
}));

const field = (name, nl, en, type, more = {}) => ({ name, label: { nl, en }, type, scheme: null, choices: null, required: false, ...more });
const kind = (name, nl, en, several, ...fields) => ({ kind: name, label: { nl, en }, several, fields });
export const kinds = [
  { ...kind('identity', 'Identiteit', 'Identity', false,
    field('name', 'Naam', 'Name', 'line', { required: true }), field('born', 'Geboren', 'Born', 'date'), field('contact', 'Bereikbaar via', 'Reached by', 'line')),
  on_request: true },
  { ...kind('identity_opened', 'Identiteit geopend', 'Identity opened', true, field('reason', 'Waarom', 'Why', 'line')), by_deed: true },
  kind('screening', 'Risicoscreening', 'Risk screening', false,
    field('danger', 'Er is direct gevaar', 'There is direct danger', 'flag'), field('signals', 'Signalen', 'Signals', 'codes', { scheme: 'signal_general' }),
    field('remark', 'Toelichting', 'Remark', 'text')),
  kind('triage', 'Wat het is', 'What it is', false, field('as', 'Behandeld als', 'Treated as', 'code', { required: true, choices: [
    { code: 'CASE', label: { nl: 'Een zaak', en: 'A case' } }, { code: 'ADVICE', label: { nl: 'Een adviesvraag', en: 'An advice question' } },
    { code: 'JUNK', label: { nl: 'Onzin of misbruik', en: 'Nonsense or abuse' } }, { code: 'MUTED', label: { nl: 'Gedempt', en: 'Muted' } }] })),
  { ...kind('knowledge', 'Kennisnotitie', 'Knowledge note', true,
    field('question', 'Vraag', 'Question', 'line', { required: true }), field('answer', 'Antwoord', 'Answer', 'text', { required: true })), by_deed: true },
  kind('phase', 'Fase', 'Phase', true, field('phase', 'Fase', 'Phase', 'code', { scheme: 'phase', required: true }), field('since', 'Sinds', 'Since', 'date')),
  kind('need', 'Hulpvraag', 'Need', true,
    field('need', 'Hulpvraag', 'Need', 'code', { scheme: 'need', required: true }), field('provider', 'Wie helpt', 'Provider', 'line'),
    field('state', 'Stand', 'State', 'code', { choices: [
      { code: 'open', label: { nl: 'Open', en: 'Open' } }, { code: 'arranged', label: { nl: 'Geregeld', en: 'Arranged' } }] })),
  kind('place', 'Plaats', 'Place', true, field('municipality', 'Gemeente', 'Municipality', 'code', { scheme: 'municipality' }), field('since', 'Vanaf', 'From', 'date')),
  kind('review', 'Volgend overleg', 'Next review', false,
    field('on', 'Volgende keer', 'Next time', 'date', { required: true }),
    field('intensity', 'Intensiteit', 'Intensity', 'code', { choices: [
      { code: 'LOW', label: { nl: 'Laag', en: 'Low' } }, { code: 'NORMAL', label: { nl: 'Gewoon', en: 'Normal' } }, { code: 'HIGH', label: { nl: 'Hoog', en: 'High' } }] }),
    field('factors', 'Waarom', 'Why', 'codes', { choices: [
      { code: 'UNFAMILIAR', label: { nl: 'Kent de doelgroep nog niet', en: 'Does not know the group yet' } }, { code: 'NO_INSIGHT', label: { nl: 'Weinig inzicht', en: 'Little insight' } }] })),
  kind('check', 'Controlepunt', 'Point to check', true,
    field('list', 'Lijst', 'List', 'line', { required: true }), field('text', 'Punt', 'Point', 'line', { required: true }), field('done', 'Gedaan', 'Done', 'flag')),
  { ...kind('paper_taken', 'Papier meegegeven', 'Paper taken out', true,
    field('paper', 'Welk papier', 'Which paper', 'code', { choices: [{ code: 'CLIENT_FILE', label: { nl: 'Het eigen dossier van de cliënt', en: 'The client\'s own file' } }] }),
    field('recipient', 'Voor wie', 'For whom', 'code', { choices: [{ code: 'CLIENT', label: { nl: 'De cliënt', en: 'The client' } }] }),
    field('reason', 'Waarom', 'Why', 'line')), by_deed: true },
  kind('link', 'Verwante zaak', 'Related case', true, field('other', 'Zaak', 'Case', 'case', { required: true }), field('why', 'Waarom', 'Why', 'line')),
  kind('closing', 'Afsluiting', 'Closing', false,
    field('conditions', 'Voorwaarden', 'Conditions', 'codes', { scheme: 'closing_condition' }),
    field('reason', 'Reden', 'Reason', 'code', { scheme: 'closing_reason', required: true })),
];

const choice = (code, nl, en) => ({ code, label: { nl, en } });
const spanOf = (term) => (term ? { unit: Object.keys(term)[0], count: Object.values(term)[0] } : null);
export const terms = termRows.map(({ code, label, term, source }) => ({ code, label, term: spanOf(term), source, own: false }));
export const vocabulary = {
  terms: terms.map((one) => (one.code === 'retention.LEFT' ? { ...one, term: { count: 2, unit: 'years' }, source: { nl: attack, en: attack }, own: true } : one)),
  checklists: json('config/checklists.json').checklists.map(({ code, label, points }) => ({
    code, label, points: points.map(({ nl, en, source }) => ({ label: { nl, en }, source })) })),
  intensities: ['LOW', 'NORMAL', 'NORMAL', 'HIGH', 'HIGH'],
  schemes, kinds, modules,
  partners: ['KADERA', 'VT', 'COMENSHA'].map((organisation) => ({ organisation, name: '' })),
  colleagues: [
    { device: 'd1', name: 'Coördinator 1', role: 'coordinator' }, { device: 'd2', name: 'Coördinator 2', role: 'coordinator' },
    { device: 'd3', name: 'Plaatsvervanger', role: 'approver' },
  ],
  dimensions: [
    { name: 'form', label: { nl: 'Vorm', en: 'Form' }, choices: [choice('SEX', 'Seksueel', 'Sexual'), choice('LAB', 'Arbeid', 'Labour'), choice('UNK', 'Onbekend', 'Unknown')] },
    { name: 'age', label: { nl: 'Leeftijd', en: 'Age' }, choices: [choice('MINOR', 'Minderjarig', 'Minor'), choice('ADULT', 'Meerderjarig', 'Adult')] },
  ],
  fields: [
    { name: 'summary', label: { nl: 'Samenvatting', en: 'Summary' } }, { name: 'name', label: { nl: 'Naam', en: 'Name' } },
    { name: 'contact', label: { nl: 'Bereikbaarheid', en: 'How to reach' } }, { name: 'age_class', label: { nl: 'Leeftijdsklasse', en: 'Age class' } },
    { name: 'need', label: { nl: 'Hulpvraag', en: 'Help need' } },
  ],
};

const adjectives = ['amber', 'brisk', 'cedar', 'dusty', 'early', 'faint', 'gentle', 'hollow', 'ivory', 'jolly', 'keen', 'lunar'];
const nouns = ['anchor', 'bridge', 'candle', 'dolphin', 'engine', 'feather', 'garden', 'harbour', 'island', 'jacket', 'kettle', 'lantern'];
const states = ['new', 'waiting_reporter', 'waiting_partner', 'answered', 'closed'];
const forms = ['SEX', 'LAB', 'CRIM', null];
const start = Date.UTC(2026, 10, 22, 12);
const hourAgo = (hours) => new Date(start - hours * 3_600_000).toISOString().replace('.000Z', 'Z');
export const hex = (n) => (n + 1).toString(16).padStart(32, '0');

export function row(n) {
  const state = states[n % states.length];
  return {
    case: hex(n), name: `${adjectives[n % 12]}-${nouns[Math.floor(n / 12) % 12]}${n < 144 ? '' : `-${Math.floor(n / 144)}`}`,
    opened: hourAgo(n * 3 + 40), newest: hourAgo(n), assigned: n % 3 ? { device: n % 3 === 1 ? 'd1' : 'd2', name: `Coördinator ${n % 3}` } : null,
    acute: n % 17 === 0, minor: n % 7 === 0, phases: n % 4 ? [`F${n % 4}`] : ['F0'], form: forms[n % 4], state,
    unread: n % 5 === 0, due: n % 6 ? null : hourAgo(n - 60), tasks: n % 3, reports: 1 + (n % 3), members: [hex(n)],
    conflicts: n % 29 === 1 ? 1 : 0, kind: n % 11 === 3 ? 'advice' : 'report',
  };
}

const version = (fields, position, by, hour) => ({ fields, position, by, hour });
const item = (id, fields, position, by, more = {}) => ({ item: hex(id), ...version(fields, position, by, hourAgo(20)), conflict: [], history: [], ...more });

function story() {
  const report = (position, text, more = {}) => ({ position, hour: hourAgo(60 - position), device: 'Coördinator 1', what: 'report', kind: 'report',
    continues: true, language: 'vi', text, answers: {}, enclosed: [], ...more });
  return [
    report(1, `Tôi làm việc trong tiệm nail.\nHọ giữ hộ chiếu của tôi. ${attack}`, {
      answers: { exploitation_form: ['LAB'], urgency: ['ACUTE'] },
      enclosed: [{ kind: 'image', bytes: 180_000, parts: 6, missing: 2, complete: false }, { kind: 'image', bytes: 150_000, parts: 5, missing: 0, complete: true }] }),
    { position: 2, hour: hourAgo(50), device: 'Coördinator 1', what: 'reply', index: 0, status: 'answer', urgent: false, posted: true, burned: true,
      expires: hourAgo(-700), text_module: 'THANKS', text: '' },
    { position: 4, hour: hourAgo(45), device: 'Coördinator 2', what: 'note', text: `Gebeld met de wijkagent. ${attack}` },
    { position: 5, hour: hourAgo(40), device: 'Coördinator 1', what: 'reply', index: 3, status: 'consent', urgent: true, posted: true, expires: hourAgo(-700),
      text_module: '', text: attack, consent: { number: hex(70), recipient: 'KADERA', purpose: 'REFER', fields: ['summary', 'contact'] } },
    report(6, attack, { kind: 'consent_answer', choice: 'given', question: hex(70), last_reply_read: 3 }),
    report(7, 'Somebody else?', { kind: 'message', continues: false, case: hex(500) }),
    { position: 8, hour: hourAgo(1), device: 'Coördinator 1', what: 'reply', index: 4, status: 'question', urgent: false, posted: false,
      goes_out: hourAgo(-1), expires: hourAgo(-700), text_module: 'SAFE', text: 'Tot snel.' },
  ];
}

function record() {
  return {
    identity: [item(1, { sealed: '5ea1ed' }, 31, 'Coördinator 1')],
    screening: [item(2, { danger: true, signals: ['G01', 'G02'], remark: attack }, 32, 'Coördinator 1', {
      history: [version({ danger: false }, 30, 'Coördinator 2', hourAgo(30))] })],
    check: [
      item(7, { list: 'Intake', text: 'Risicoscreening gedaan', done: true }, 37, 'Coördinator 2'),
      item(8, { list: 'Intake', text: attack }, 38, 'Coördinator 1'),
    ],
    phase: [item(3, { phase: 'F1', since: '2026-11-02' }, 33, 'Coördinator 1')],
    need: [
      item(4, { need: 'P1.SHELTER', provider: attack, state: 'open' }, 34, 'Coördinator 1', {
        conflict: [version({ need: 'P1.SHELTER', provider: 'Opvanghuis', state: 'arranged' }, 35, 'Coördinator 2', hourAgo(19))] }),
      item(5, { need: 'P1.INCOME', state: 'open' }, 36, 'Coördinator 2'),
    ],
  };
}

const told = {
  escalation: hex(90), recipient: 'VT', purpose: 'REFER', fields: { summary: attack, need: 'P1.SHELTER' }, state: 'accepted', name: 'ivory-lantern', reference: '3f9a1c0d',
  sender: 'Coördinator 1', hour: '2026-11-20 10:00 UTC', answer_by: '2026-11-23 10:00 UTC', valid_until: '2026-12-20 10:00 UTC',
  journal: 'amber bridge candle dolphin engine', basis: { consent: hex(70), how: 'thread', given: '2026-11-19 08:00 UTC' },
  answers: [{ said: 'accepted', device: 'Veilig Thuis 1', hour: '2026-11-20 14:00 UTC', text: `We bellen morgen. ${attack}` }],
};

// The case with everything.
export function fullCase(n = 0) {
  return {
    row: { ...row(n), acute: true, minor: true, unread: true, tasks: 2, conflicts: 1, reports: 2, phases: ['F1', 'F2'], members: [hex(n), hex(500)], form: 'LAB' },
    story: story().map((entry) => ({ case: hex(n), ...entry })), record: record(), codes: { form: 'LAB', age: 'MINOR' }, statistics_refused: false,
    consents: [
      { number: hex(70), recipient: 'KADERA', purpose: 'REFER', fields: ['summary', 'contact'], asked_in_thread: true, stands: 'given', how: 'thread', when: '2026-11-19 08:00 UTC' },
      { number: hex(71), recipient: 'VT', purpose: 'POLICE', fields: ['summary'], asked_in_thread: true },
    ],
    escalations: [told, { ...told, escalation: hex(91), recipient: 'KADERA', state: 'lapsed', answers: [] }],
    tasks: [
      { kind: 'answer_overdue', due: hourAgo(30), escalation: hex(90), sentence: `KADERA did not answer in time. ${attack}` },
      { kind: 'review', due: hourAgo(-900), sentence: 'Review what was sent in haste.' },
    ],
    state: { closed: true },
    unsent: [
      { id: hex(300), case: hex(n), what: 'reply', text: `Ik bel u morgen. ${attack}`, module: 'SAFE', status: 'answer', held: true },
      { id: hex(301), case: hex(n), what: 'note', text: 'Teruggebeld.', held: false },
    ],
    personal: [{ id: hex(302), case: hex(n), hour: hourAgo(4), text: `Morgen eerst navragen. ${attack}` }],
    proposals: {
      links: [{ case: hex(5), name: row(5).name, reason: `The same telephone number. ${attack}` }],
      routes: [{ to: 'VT', rule: 'R02', basis: `suspicions discussed, care organised ${attack}`, source: ['A:3.5', 'A:2.7'] }],
    },
  };
}

export const emptyCase = (n) => ({
  row: { ...row(n), tasks: 0, conflicts: 0 }, story: [], record: {}, codes: {}, consents: [], escalations: [], tasks: [], proposals: { links: [], routes: [] },
});

// Two devices were not open since, one with a name that a stranger chose.
export const erasedNumber = 9;
export const erasedCase = (n) => ({
  ...emptyCase(n), row: { ...row(n), state: 'erased', unread: false, due: null, conflicts: 0, tasks: 1 },
  erasure: { complete: false, vault_changed: false, devices: ['Coördinator 2', attack], backups_until: hourAgo(-720) },
});

export const approvals = [
  { id: 'e1', kind: 'escalation', case: hex(0), name: row(0).name, proposer: 'Coördinator 2', sentence: `Share with VT without consent. ${attack}`, own: false, refusals: [],
    recipient: 'VT', purpose: 'REFER', fields: { summary: attack }, reason: 'Gevaar', legal_ground: 'WMO-1' },
  { id: 'e2', kind: 'erasure', case: hex(1), name: row(1).name, proposer: 'Coördinator 1', sentence: 'Erase the case for ever.', own: true, reason: 'Bewaartermijn',
    refusals: [{ by: 'Plaatsvervanger', reason: `Eerst bellen. ${attack}`, hour: '2026-11-21 10:00 UTC' }] },
];

export const dueErasures = () => [
  { case: hex(12), name: row(12).name, threads: 1, term: 'retention.LEFT', since: hourAgo(500), hindrances: [], proposed: false },
  { case: hex(13), name: row(13).name, threads: 2, term: 'request', since: hourAgo(90), hindrances: [], proposed: false },
  { case: hex(14), name: row(14).name, threads: 1, term: 'retention.LEFT', since: hourAgo(80), hindrances: ['unread', 'escalation'], proposed: false },
  { case: hex(15), name: row(15).name, threads: 1, term: 'retention.junk', since: hourAgo(70), hindrances: [], proposed: true },
];

// Events of every kind of action; among them a paper, a partner, and what somebody else wrote as the reason.
const accesses = [
  { event: 'taken_in', object: 'taken_in', action: 'C' },
  { event: 'casework', object: 'need', action: 'U' },
  { event: 'casework', object: 'identity_opened', action: 'R', reason: attack },
  { event: 'casework', object: 'paper_taken', action: 'R', detail: 'CLIENT_FILE CLIENT', reason: 'op verzoek' },
  { event: 'escalation', object: 'escalation', action: 'E', detail: 'KADERA REFER', ground: 'CONSENT' },
  { event: 'erasure', object: 'erasure', action: 'D', ground: 'SECOND_PERSON', outcome: 'proposed' },
];
export function audit(count) {
  const events = Array.from({ length: count }, (_, n) => ({
    position: n + 1, time: hourAgo(count - n), user: `Coördinator ${1 + (n % 2)}`, role: 'coordinator', device: hex(n % 2), case: hex(n % 40),
    name: row(n % 40).name, detail: '', ground: '', reason: '', source: 'Meldpunt IJsselland', outcome: 'done', ...accesses[n % accesses.length],
  }));
  return { head: 'amber bridge candle dolphin engine', events };
}

// What stands on a paper before it leaves: of whom, and what was left out.
export function paperPreview(paper, leftOut) {
  const items = [
    { position: 1, lines: [{ label: 'U schreef', text: `Họ giữ hộ chiếu của tôi. ${attack}` }] },
    { position: 40, lines: [{ label: 'Notitie die de cliënt mag lezen', text: 'Over u, en over uw broer.' }] },
  ].filter((item) => !leftOut.includes(String(item.position)));
  const blank = { position: 0, lines: [{ label: 'Handtekening', text: '' }] };
  return {
    title: { 'client-file': 'Uw eigen dossier', registration: 'Registratie bij CoMensha', zaak: 'Zaak voor de gemeente' }[paper],
    lead: ['Meldpunt IJsselland, 2026-11-22'],
    parts: [{ head: 'Wat u schreef', items: paper === 'client-file' ? items : [blank] }, { head: 'Wat nooit op dit papier staat', items: [{ position: 0, lines: [{ label: 'Namen van medewerkers', text: 'U hebt met het meldpunt te maken.' }] }] }],
  };
}
export const paperFiles = (paper) => (paper === 'zaak' ? [['json', 'application/json']] : [['html', 'text/html'], ['txt', 'text/plain']])
  .map(([ending, type]) => ({ name: `amber-anchor-${paper}.${ending}`, type, content: `${paper} as ${ending}` }));

export const statistics = {
  months: ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'].map((month, n) => ({
    month, reports: [3, 7, 4, 9, 12, 6][n], answered: [3, 6, 4, 8, 10, 4][n], hours_to_answer: [30, 22.5, 18, 26, 12, null][n],
    hours_to_referral: [90, null, 70, 66, 48, null][n], closed: [0, 2, 3, 3, 6, 1][n],
  })),
  outcomes: { DONE: 9, NOTHT: 4, LEFT: 2 }, forms: { LAB: 17, SEX: 15, CRIM: 6 },
};

export const hits = (words) => [
  { case: hex(0), name: row(0).name, excerpt: `... they keep my ${words} and ${attack}`, where: 'report' },
  { case: hex(3), name: row(3).name, excerpt: `Gebeld over ${words}.`, where: 'note' },
];

const came = (n, more) => ({
  escalation: hex(90 + n), name: `${adjectives[n]}-${nouns[n]}`, reference: `3f9a1c0${n}`, recipient: 'KADERA', purpose: 'REFER', sender: 'Coördinator 1',
  hour: '2026-11-20 10:00 UTC', answer_by: '2026-11-23 10:00 UTC', valid_until: '2026-12-20 10:00 UTC', journal: 'amber bridge candle dolphin engine',
  basis: { consent: hex(70), how: 'thread', given: '2026-11-19 08:00 UTC' }, fields: { summary: `Zoekt veilige opvang. ${attack}`, need: 'P1.SHELTER' },
  state: 'received', waits: true, printed: 0, answers: [{ said: 'received', device: 'KADERA balie', hour: '2026-11-20 11:00 UTC', text: '' }], ...more,
});
export const inboxItems = () => [
  came(0, {}),
  came(1, { basis: { legal_ground: 'VITAL', reason: attack, review_by: '2026-11-23 10:00 UTC' }, purpose: 'POLICE' }),
  came(2, { state: 'accepted', waits: false, printed: 2, basis: { legal_ground: 'VITAL', reason: 'Gevaar', second: 'Plaatsvervanger' },
    answers: [{ said: 'accepted', device: 'KADERA balie', hour: '2026-11-20 12:00 UTC', text: `Wij hebben plaats. ${attack}` }] }),
  came(3, { state: 'withdrawn', waits: false, withdrawal: { hour: '2026-11-21 09:00 UTC', text: attack } }),
  came(4, { state: 'lapsed', waits: false, fields: {} }),
];

export const knowledgeNotes = () => [
  { item: hex(800), fields: { question: 'Mag een werkgever een paspoort bewaren?', answer: `Vraag het de coördinator. ${attack}` }, position: 3, by: 'Coördinator 2',
    hour: hourAgo(300), conflict: [], history: [] },
];

export const caller_code = { words: 'appel boom citroen deur emmer fiets gras', digits: '0123 4567 8901 2345 6789 0123 4567' };

// A yellow square on green.
export const photo = '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCADIAUADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUE/8QAJRABAAAEBgICAwAAAAAAAAAAAAEEFVMFQ4KiwdEREgITAyFR/8QAGQEBAQEBAQEAAAAAAAAAAAAAAAMEBQIB/8QAHhEBAAIBBAMAAAAAAAAAAAAAAAECAxMyM1EREhT/2gAMAwEAAhEDEQA/AMACiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADfhUt+GY+37fh7evjx+4w/rfTZS1uj2y4Hn6eVVgzXtF5iJasdYmseYZKbKWt0eymylrdHtrEtS/b3616ZKbKWt0eymylrdHtrDUv2etemSmylrdHspspa3R7aw1L9nrXpkpspa3R7KbKWt0e2sNS/Z616ZKbKWt0eymylrdHtrDUv2etemSmylrdHspspa3R7aw1L9nrXpkpspa3R7YMVlvwy/1fV8PX28+f3GP8WkrHMjVwrhvabxEy8ZKxFZ8QlgN7KAAAAAAAAAAAAAAAAAAAAAAqYHn6eVVKwPP08qrnZ+SWvFtgASUAAAAAAAAAAErHMjVwqpWOZGrhXByQnl2ylgOiyAAAAAAAAAAAAAAAAAAAAAAKmB5+nlVSsDz9PKq52fklrxbYAElAAAAAAAAAABKxzI1cKqVjmRq4VwckJ5dspYDosgAAAAAAAAAAAAAAAAAAAAACpgefp5VUrA8/Tyqudn5Ja8W2ABJQAAAAAAAAAASscyNXCqlY5kauFcHJCeXbKWA6LIAAAAAAAAAAAAAAAAAAAAAAqYHn6eVVKwPP08qrnZ+SWvFtgASUAAAAAAAAAAErHMjVwqpWOZGrhXByQnl2ylgOiyAAAAAAAAAAAAAAAAAAAAAAKmB5+nlVSsDz9PKq52fklrxbYAElAAAAAAAAAABKxzI1cKqVjmRq4VwckJ5dspYDosgAAAAAAAAAAAAAAAAAAAAADfhUz+GX+37fn6+3jx+ox/rfUpS7tj0giN8FbT5lSuWax4heqUpd2x6KlKXdsekEefmo+61l6pSl3bHoqUpd2x6QQ+ahrWXqlKXdseipSl3bHpBD5qGtZeqUpd2x6KlKXdsekEPmoa1l6pSl3bHoqUpd2x6QQ+ahrWXqlKXdseipSl3bHpBD5qGtZeqUpd2x6YMVmfwzH1fV8/b18+f1GH8YB6pgrWfMPlss2jxIAsmAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA//Z';

// What opening the identity shows.
export const identityFields = { name: `A. ${attack}`, contact: '06-00000000' };

// Two regions, eight quarters and two years of the figures; one of them began a quarter later. The same at each start.
const label = (nl, en) => ({ nl, en });
const dimensions = [
  ['form', label('Vorm van uitbuiting', 'Form of exploitation'), [['SEX', 'Seksuele uitbuiting', 'Sexual exploitation'], ['LAB', 'Arbeidsuitbuiting', 'Labour exploitation'], ['CRIM', 'Criminele uitbuiting', 'Criminal exploitation'], ['OTH', 'Een andere vorm', 'Another form'], ['UNK', 'Niet bekend', 'Not known']]],
  ['age', label('Leeftijd', 'Age'), [['MINOR', 'Onder de 18', 'Under 18'], ['ADULT', '18 of ouder', '18 or older'], ['UNK', 'Niet bekend', 'Not known']]],
  ['gender', label('Geslacht', 'Gender'), [['F', 'Vrouw', 'Female'], ['M', 'Man', 'Male'], ['TX', 'Transgender of anders', 'Transgender or another'], ['U', 'Niet bekend', 'Not known']]],
].map(([name, of, codes]) => ({ name, label: of, codes: codes.map(([code, nl, en]) => ({ code, label: label(nl, en) })) }));
const closing = [{ name: 'closing', label: label('Gesloten omdat', 'Closed because'), codes: [
  { code: 'DONE', label: label('Traject afgerond', 'Track completed') }, { code: 'LEFT', label: label('Vertrokken, bestemming onbekend', 'Left, destination unknown') }] }];
const sampleRegions = ['Meldpunt IJsselland', 'Meldpunt Twente'];
const wave = (n) => Math.round((Math.sin(n * 12.9898) * 43758.5453 % 1) * 10);
function tableOf(region, names, axes, period, seed) {
  const size = axes.map((axis) => dimensions.concat(closing).find((one) => one.name === axis).codes.length).reduce((product, one) => product * one, 1);
  const sum = region === '' ? names.length : 1;
  const half = Math.round((axes.length === 2 ? 14 : 9) * Math.sqrt(sum) * 100) / 100;
  const cells = Array.from({ length: size }, (_, n) => {
    const estimate = Math.round(((axes.length === 0 ? 64 : 30 / (n + 1)) * sum + wave(seed + n)) * 100) / 100;
    return [estimate, Math.round((estimate - half) * 100) / 100, Math.round((estimate + half) * 100) / 100];
  });
  return { region, axes, period, final: !period.startsWith('2026'), cells, regions: names };
}
function tablesOfAll(axesOf, periods) {
  const tables = [];
  periods.forEach((period, at) => {
    const there = sampleRegions.filter((_, n) => at > 0 || n === 0);
    for (const region of ['', ...there]) {
      for (const axes of axesOf(period)) tables.push(tableOf(region, region ? [region] : there, axes, period, at * 31 + region.length + axes.length));
    }
  });
  return tables;
}
const oneWay = dimensions.map((one) => [one.name]);
const twoWay = [['form', 'age'], ['form', 'gender'], ['age', 'gender']];
const quarters = [2025, 2026].flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));
export const figures = {
  regions: sampleRegions.map((name, n) => ({ name, releases: [
    ...quarters.slice(n).map((period, i) => ({ hour: `${Number(period.slice(0, 4)) + (period.endsWith('4') ? 1 : 0)}-${String((Number(period.slice(-1)) % 4) * 3 + 1).padStart(2, '0')}-06T10:00Z`, outcome: n === 1 && i === 2 ? 'kept_with_gap' : 'kept', sequence: i + 1, series: 'inflow', period })),
    { hour: '2026-11-02T09:00Z', outcome: 'unreadable', reason: `its giver is no coordinator of the region ${attack}` },
    { hour: '2026-11-03T09:00Z', outcome: 'conflict', reason: 'other figures are kept already: number 2, 2025-Q2', sequence: 2, series: 'inflow', period: '2025-Q2' },
  ] })),
  series: [
    { name: 'inflow', label: label('Geopende zaken', 'Cases opened'), dimensions, tables: tablesOfAll((period) => (period.includes('Q') ? [[], ...oneWay] : [[], ...oneWay, ...twoWay]), [...quarters, '2025']) },
    { name: 'closures', label: label('Gesloten zaken', 'Cases closed'), dimensions: closing, tables: tablesOfAll(() => [['closing']], quarters) },
  ],
};
export const noFigures = { regions: [{ name: sampleRegions[0], releases: [] }], series: figures.series.map((one) => ({ ...one, tables: [] })) };
