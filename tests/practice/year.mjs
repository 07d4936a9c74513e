// The plan of the year: which report comes in which week before today, who works on it, and what becomes of it.
//
// A life is a list of [days after it was taken in, who, command, words, input]. CASE stands for the case. A command
// "record" is `meldpunt record CASE ...`; an object as input is its --fields-file.

const day = (daysAgo) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

const record = (after, who, words, fields = null) => [after, who, 'record', words, fields];
const reply = (after, who, words, text) => [after, who, 'reply', ['--text-file', '-', ...words], text];

const intake = (who) => [
  record(0, who, ['triage', 'as=CASE']),
  record(0, who, ['phase', 'open=F0']),
  record(0, who, ['risk', 'urgency=NORMAL', 'signals=G08,G11'], { remark: 'Geen acuut gevaar volgens de melding.' }),
  record(7, who, ['phase', 'open=F1']),
  record(7, who, ['right', `pillar=P1`, `on=${day(300)}`], { told: 'Uitgelegd welke opvang er is, en dat zij zelf kiest.', language: 'nl' }),
];

const thanks = (who) => reply(0, who, ['--text-module', 'THANKS'], 'Dank u wel. Wij lezen mee en laten binnen een week weten wat wij kunnen doen.\n');

const helped = (who, need, provider) => [
  record(14, who, ['need', `need=${need}`, 'state=ASKED', `provider=${provider}`]),
  record(14, who, ['phase', 'open=F1,F2']),
  record(14, who, ['task', `due=${day(0)}`], { text: 'Nabellen hoe het gaat' }),
  record(21, who, ['review', `on=${day(-20)}`, 'intensity=NORMAL', 'factors=UNFAMILIAR']),
];

const closed = (after, who, reason, conditions = '') => [after, who, 'close', [`reason=${reason}`, ...(conditions ? [`conditions=${conditions}`] : [])]];

const lives = {
  // Intake, help by a partner with consent, closed as done.
  labour: (who) => [...intake(who), thanks(who), ...helped(who, 'P3.LAWYER', 'LAWYER'),
    record(7, who, ['classification', 'acts=RECRUIT,HARBOUR', 'means=C03,C09', 'forms=LAB', 'demarcation=SR273F', 'status=POSSIBLE']),
    [21, who, 'consent', ['--given', '--recipient', 'ISZW', '--purpose', 'REFER', '--field', 'exploitation_form', '--field', 'sector', '--how', 'spoken']],
    [21, who, 'escalate', ['--to', 'ISZW', '--purpose', 'REFER', '--field', 'exploitation_form', '--field', 'sector', '--yes']],
    record(56, who, ['phase', 'open=F3'])],
  labour_done: (who) => [...lives.labour(who), closed(84, who, 'DONE', 'K1,K2,K3,K4')],
  // The client refuses that anything is shared; help goes on without.
  refused: (who) => [...intake(who), thanks(who),
    [14, who, 'consent', ['--refused', '--recipient', 'POLICE', '--purpose', 'POLICE', '--field', 'summary', '--how', 'spoken']],
    ...helped(who, 'P1.HOUSING', 'WIJK')],
  // Given, shared, and taken back.
  withdrawn: (who) => [...intake(who), thanks(who), ...helped(who, 'P1.SHELTER', 'KADERA'),
    [14, who, 'consent', ['--given', '--recipient', 'KADERA', '--purpose', 'REFER', '--field', 'needs', '--how', 'spoken']],
    [14, who, 'escalate', ['--to', 'KADERA', '--purpose', 'REFER', '--field', 'needs', '--yes']],
    [28, who, 'consent', ['--withdrawn', '--recipient', 'KADERA', '--purpose', 'REFER', '--field', 'needs', '--how', 'spoken']],
    [28, who, 'withdraw', ['--all', '--text-file', '-'], 'De cliënt heeft haar toestemming ingetrokken.\n']],
  // A minor: youth care and Veilig Thuis; shared without consent, with a second person; closed by two.
  minor: (who, other) => [...intake(who), thanks(who),
    record(0, who, ['risk', 'urgency=HIGH', 'signals=G06'], { remark: 'Minderjarig. Veilig Thuis gebeld.' }),
    record(7, who, ['consent_giver', 'who=GUARDIAN'], { remark: 'Jonger dan 16. Niet via de ouders.' }),
    record(7, who, ['need', 'need=P1.YOUTH', 'state=ARRANGED', 'provider=YOUTH']),
    [7, who, 'escalate', ['--to', 'VT', '--purpose', 'REFER', '--field', 'age_class', '--override-reason', '-', '--legal-ground', 'VITAL_INTEREST', '--yes'],
      'Zij is vijftien en wordt vanavond weer opgehaald.\n'],
    [7, other, 'countersign', ['--yes']]],
  minor_closed: (who, other) => [...lives.minor(who, other), closed(70, who, 'LEFT'), [70, other, 'close', ['--second']]],
  // An answer, and no case.
  advice: (who) => [record(0, who, ['triage', 'as=ADVICE'], { answer: 'Bel gerust eerst met ons: een melding mag zonder naam.' }),
    reply(0, who, ['--text-module', 'ADVICE'], 'U mag altijd overleggen zonder namen te noemen. Wij bewaren alleen uw vraag.\n')],
  junk: (who) => [record(0, who, ['triage', 'as=JUNK'])],
  not_trafficking: (who) => [...intake(who), thanks(who),
    record(14, who, ['classification', 'demarcation=NONE', 'status=NOT']), closed(21, who, 'NOTHT')],
  returned: (who) => [...intake(who), thanks(who), ...helped(who, 'P2.RETURN', 'COMENSHA'), closed(63, who, 'RETURNED')],
  declined: (who) => [...intake(who), thanks(who), closed(35, who, 'DECLINED')],
  handed: (who) => [...intake(who), thanks(who), closed(28, who, 'HANDOVER')],
  stuck: (who) => [...intake(who), thanks(who), ...helped(who, 'P1.SHELTER', 'COMENSHA'),
    record(21, who, ['bottleneck', 'side=OUTSIDE', 'partner=COMENSHA'], { text: 'Al drie weken geen plek voor een man.' }),
    record(21, who, ['need', 'need=P1.SHELTER', 'state=UNAVAILABLE', 'provider=KADERA'])],
  fresh: () => [],
  read: (who) => [thanks(who)],
};

// Weeks before today, report, life, who.
const plan = [
  [51, 'r01', 'returned', 'coordinator'], [50, 'r03', 'labour_done', 'deputy'], [49, 'r15', 'refused', 'coordinator'],
  [48, 'r06', 'advice', 'deputy'], [47, 'p15', 'junk', 'deputy'], [46, 'r05', 'labour_done', 'coordinator'],
  [45, 'p03', 'withdrawn', 'deputy'], [44, 'r08', 'not_trafficking', 'coordinator'], [43, 'r09', 'declined', 'deputy'],
  [42, 'p11', 'advice', 'coordinator'], [40, 'p05', 'minor_closed', 'coordinator'], [39, 'p06', 'minor', 'coordinator'],
  [38, 'r11', 'not_trafficking', 'deputy'], [37, 'r07', 'labour', 'deputy'], [36, 'p16', 'junk', 'coordinator'],
  [35, 'r18', 'handed', 'deputy'], [34, 'p08', 'stuck', 'coordinator'], [33, 'r04', 'declined', 'deputy'],
  [32, 'p12', 'advice', 'deputy'], [31, 'p07', 'labour_done', 'coordinator'], [30, 'r12', 'withdrawn', 'coordinator'],
  [28, 'r13', 'returned', 'deputy'], [27, 'p13', 'not_trafficking', 'coordinator'], [26, 'p09', 'read', 'deputy'],
  [25, 'r10', 'minor', 'deputy'], [24, 'r22', 'labour', 'coordinator'], [22, 'p17', 'declined', 'deputy'],
  [20, 'r14', 'advice', 'coordinator'], [19, 'r24', 'stuck', 'deputy'], [17, 'p14', 'withdrawn', 'coordinator'],
  [15, 'r21', 'refused', 'deputy'], [13, 'p18', 'stuck', 'coordinator'], [11, 'r02', 'minor', 'deputy'],
  [9, 'p04', 'labour', 'coordinator'], [8, 'r19', 'read', 'deputy'], [7, 'p01', 'labour', 'coordinator'], [6, 'p02', 'read', 'coordinator'],
  [5, 'r23', 'advice', 'deputy'], [4, 'p10', 'read', 'coordinator'], [2, 'r16', 'fresh', ''], [1, 'r20', 'fresh', ''], [0, 'r17', 'fresh', ''],
];

// Cases that turn out to be one, with the day on which somebody sees it; the last is split off again.
export const merges = [
  { after: 21, who: 'coordinator', member: 'p02', head: 'p01', reason: 'same greenhouse' },
  { after: 14, who: 'coordinator', member: 'p06', head: 'p05', reason: 'same pupil' },
  { after: 7, who: 'deputy', member: 'r19', head: 'r14', reason: 'same kitchen', split: 14 },
];

const another = { coordinator: 'deputy', deputy: 'coordinator' };

export const year = plan.map(([weeksAgo, report, life, who]) => ({
  daysAgo: weeksAgo * 7, report, who,
  steps: lives[life](who, another[who]).map(([after, by, command, words, input]) => ({ after, by, command, words, input })),
}));
