// What the console's server says, as it says it. Every text in here was written by somebody else: it is shown as text.

export type Label = { nl: string; en: string };
export interface Choice { code: string; label: Label }
export interface Entry extends Choice { retired?: boolean; requires?: string[] }
export interface Scheme { label: Label; entries?: Entry[]; groups?: Entry[] }

// What the server says, as a code with its values; null where there is no code. The sentence is English.
export interface Said { code: string; values: Record<string, string | Said> }
export interface Sentence { sentence: string; said?: Said | null }

export type FieldType = 'code' | 'codes' | 'text' | 'line' | 'date' | 'flag' | 'case';
export interface Field {
  name: string; label: Label; type: FieldType; scheme: string | null; choices: Choice[] | null; required: boolean;
}
// on_request: stays closed until somebody opens it. by_deed: no form writes it.
export interface Kind { kind: string; label: Label; several: boolean; fields: Field[]; on_request?: boolean; by_deed?: boolean }
// `use`: when it is meant to be chosen.
export interface TextModule { id: string; use?: Label; texts: Record<string, string> }
export interface Partner { organisation: string; name: string }
export interface Colleague { device: string; name: string; role: string }
// A term that the region goes by; without one nobody has decided it.
export interface Term { code: string; label: Label; term: { count: number; unit: string } | null; source: Label; own: boolean }
export interface Checklist { code: string; label: Label; points: { label: Label; source: string[] }[] }
export interface Vocabulary {
  schemes: Record<string, Scheme>;
  kinds: Kind[];
  modules: TextModule[];
  partners: Partner[];
  colleagues: Colleague[];
  // What a case is coded by for the figures; without it the names of the dimensions are shown as they are.
  dimensions?: { name: string; label: Label; choices: Choice[] }[];
  // What may be shared with a partner beside the schemes.
  fields?: { name: string; label: Label }[];
  terms: Term[];
  checklists: Checklist[];
  intensities: string[]; // of a review, that so many factors speak for: none to all
}
// What is kept no longer. term: a code of the terms, or "request".
export interface DueErasure {
  case: string; name: string; threads: number; term: string; since: string; hindrances: string[]; proposed: boolean;
}

export type View = 'new' | 'mine' | 'waiting_reporter' | 'waiting_partner' | 'overdue' | 'to_close' | 'open' | 'closed' | 'all';
// A coordinator's; an approver has `approvals` alone, a partner `inbox`, a receiver none.
export interface Counts {
  new: number; mine: number; waiting_reporter: number; waiting_partner: number; overdue: number; to_close: number; approvals: number;
  inbox?: number;
}
// case and name: what it is about, where that is a case.
export interface Alarm extends Sentence { kind: string; case?: string; name?: string }
export type Role = 'coordinator' | 'partner' | 'approver' | 'receiver' | string;
export interface ConsoleState {
  region: { name: string; practice: boolean };
  device: { id: string; name: string; role: Role };
  online: boolean;
  synced: string | null;
  head?: string; // of the journal, where the device has one
  version: number;
  counts: Counts;
  alarms: Alarm[];
  announcements: Sentence[];
  unsent?: number; // what was written and waits for the server
  idle_minutes: number;
  lang?: string;
}

export interface Row {
  case: string; name: string; opened: string; newest: string;
  assigned: { device: string; name: string } | null;
  acute: boolean; minor: boolean; phases: string[]; form: string | null;
  state: 'new' | 'waiting_reporter' | 'waiting_partner' | 'answered' | 'closed' | 'erased';
  unread: boolean; due: string | null; tasks: number; reports: number; members: string[]; conflicts: number;
  kind: 'report' | 'message' | 'advice';
}

export interface Enclosure { kind: 'image' | 'text'; bytes: number; parts: number; missing: number; complete: boolean }
export interface StoryEntry {
  position: number; hour: string; device: string; what: string;
  case?: string; // the thread it stands in, of a case with several
  kind?: string; continues?: boolean; language?: string; answers?: Record<string, string[]>; text?: string;
  last_reply_read?: number; enclosed?: Enclosure[]; choice?: string; question?: string;
  index?: number; status?: string; urgent?: boolean; posted?: boolean; expires?: string; text_module?: string;
  goes_out?: string; burned?: boolean;
  consent?: { number: string; recipient: string; purpose: string; fields: string[] };
}

export type Values = Record<string, unknown>;
export interface Version { fields: Values; position: number; by: string; hour: string }
// case: the one of a merged case's that it was written in.
export interface Item extends Version { item: string; case?: string; conflict: Version[]; history: Version[] }

export interface Consent {
  number: string; case?: string; recipient: string; purpose: string; fields: string[];
  asked_in_thread?: boolean; stands?: string; how?: string; when?: string;
}
export interface SaidByPartner { said: string; device: string; hour: string; text: string }
// name: two words by which the partner calls the case.
export interface Escalation {
  escalation: string; name?: string; recipient: string; purpose: string; fields: Record<string, string>; state: string;
  reference?: string; sender?: string; hour?: string; answer_by?: string; valid_until?: string; journal?: string;
  basis?: Record<string, string>;
  answers?: SaidByPartner[];
}
// why: of what was not sent. sentence: what somebody wrote, of a task of theirs.
export interface Task { kind: string; due: string | null; sentence: string; escalation?: string | null; why?: string }
export interface Proposals {
  // kind and what: the reason, for those who know the kind; reason: a sentence for those who do not.
  links: { case: string; name: string; reason: string; kind?: string; what?: string }[];
  // forum: where it is discussed. warning, task: what the rule says besides. Empty when it says nothing.
  routes: { to: string; rule: string; basis: string; source: string[]; forum?: string; warning?: string; task?: string }[];
}
// How far an erasure is: what must still happen until nothing anywhere opens the case.
export interface Erasure { complete: boolean; vault_changed: boolean; devices: string[]; backups_until: string | null }
export interface CaseFile {
  row: Row; story: StoryEntry[]; record: Record<string, Item[]>; codes: Record<string, string>;
  consents: Consent[]; escalations: Escalation[]; tasks: Task[]; proposals: Proposals;
  statistics_refused?: boolean;
  erasure?: Erasure | null;
  struck?: Erasure | null; // of what the case was before something was struck from it
  state?: { closed: boolean };
  unsent?: Unsent[];
  personal?: PersonalNote[];
}

// Written here while the server did not answer. `held`: a reply that its writer looks at again before it goes.
export interface Unsent { id: string; case: string; what: 'reply' | 'note' | 'record'; text?: string; module?: string; status?: string; held: boolean }
// On this device alone.
export interface PersonalNote { id: string; case: string; hour: string; text: string }
// One deed on many: what it is set to, and what takes it back.
export interface ManyItem { case: string; to: string }
export interface ManyAnswer { results: { case: string; before?: string; problem?: string; said?: Said | null }[]; stopped?: Sentence }
// A paper before it leaves: what stands on it, and for whom it can be. position: the line of the journal; 0 for none. A line
// without a text is a blank to fill in by hand.
export interface PaperPreview {
  title: string; lead: string[];
  parts: { head: string; items: { position: number; lines: { label: string; text: string }[] }[] }[];
}
export interface PreparedPaper { ticket: string; preview: PaperPreview; recipients: string[]; reporter_is_client: boolean }
export interface TakenFile { name: string; type: string; content: string }
// For a caller, and for nobody to keep.
export interface CallerCode { ticket: string; words: string; digits: string }

export interface Approval {
  id: string; kind: string; case: string; name: string; proposer: string; sentence: string; own: boolean;
  refusals: { by: string; reason: string; hour: string }[];
  [more: string]: unknown;
}
// A line of the access log. action: NEN 7513's C, R, U, D or E. name: of the case; empty when it concerns none. object: an
// event's name, or the kind of the case file. detail: codes that say more of it.
export interface AuditEvent {
  position: number; time: string; action: string; user: string; role: string; device: string; case: string | null; name: string;
  event: string; object: string; detail: string; ground: string; reason: string; source: string; outcome: 'done' | 'proposed';
}
export interface Audit { head: string; events: AuditEvent[] }
export interface Month {
  month: string; reports: number; answered: number; hours_to_answer: number | null; hours_to_referral: number | null; closed: number;
}
export interface Statistics { months: Month[]; outcomes: Record<string, number>; forms: Record<string, number> }
// What regions have released. A table of no dimension is the total; region "": of all `regions` together. A cell: estimate,
// lower, upper; in row-major order of the axes.
export type FigureCell = [number, number, number];
export interface FigureTable { region: string; axes: string[]; period: string; final: boolean; cells: FigureCell[]; regions: string[] }
export interface FigureSeries {
  name: string; label: Label; dimensions: { name: string; label: Label; codes: Choice[] }[]; tables: FigureTable[];
}
// reason: why it was refused. Of what could not be read nothing else is known.
export interface ReceivedRelease { hour: string; outcome: string; reason?: string; said?: Said | null; sequence?: number; series?: string; period?: string }
export interface Figures { regions: { name: string; releases: ReceivedRelease[] }[]; series: FigureSeries[] }
export interface Hit { case: string; name: string; excerpt: string; where: string }
// What came for a partner. waits: for this organisation's answer. printed: how often somebody said so. Of what has lapsed no
// field is left.
export interface InboxItem extends Escalation {
  waits: boolean; printed: number; withdrawal?: { hour: string; text: string };
}
