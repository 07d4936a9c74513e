// The doors, and what each asks: at most eight questions, the story included, every one of them to be
// skipped. Schemes and codes are the vocabulary's; coding further is the coordinator's work.

export interface Question {
  scheme: string;
  several: boolean;
  codes: readonly string[]; // empty: the municipalities of the region
  unknown: string; // the scheme's code for "I don't know"; '': leave the question unanswered
}

export type DoorName = 'self' | 'saw' | 'work' | 'advice' | 'message';

export interface Door {
  name: DoorName;
  kind: 'report' | 'advice' | 'message';
  wording: 'self' | 'other';
  fixed: Record<string, string>;
  questions: readonly Question[];
  mayGoOneWay: boolean;
}

const one = (scheme: string, codes: readonly string[], unknown = ''): Question =>
  ({ scheme, several: false, codes, unknown });
const several = (scheme: string, codes: readonly string[], unknown = ''): Question =>
  ({ scheme, several: true, codes, unknown });

const urgency = one('urgency', ['ACUTE', 'NORMAL']);
const ageClass = one('age_class', ['MINOR', 'ADULT'], 'UNK');
const form = several('exploitation_form', ['LAB', 'SEX', 'CRIM', 'MARR', 'ORG', 'OTH'], 'UNK');
const sector = several('sector', [
  'HORECA', 'HOTEL', 'HOLPARK', 'AGR', 'CONS', 'IND', 'SHIP', 'RETAIL', 'DOM', 'AGENCY', 'TELECOM',
  'SX.AD', 'SX.MASS', 'SX.BROTH', 'SX.HOME', 'HOUSE', 'OTH'], 'UNK');
const municipality = one('municipality', [], 'UNK');
const means = several('means', [
  'C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C08', 'C09', 'C10', 'C11', 'C12', 'C13', 'OTH']);
const general = several('signal_general', [
  'G01', 'G02', 'G03', 'G04', 'G05', 'G06', 'G07', 'G08', 'G09', 'G10', 'G11', 'G12', 'G13']);
const foreign = several('signal_foreign', [
  'F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09']);
const need = several('need', [
  'P1.SHELTER', 'P1.HOUSING', 'P1.INCOME', 'P1.PSYCH', 'P1.TREAT', 'P1.EXIT', 'P2.PERMIT',
  'P2.DOCS', 'P2.RETURN', 'P3.REPORT', 'P3.LAWYER', 'X.RIGHTS', 'X.INTERP']);
const reporter = one('reporter', [
  'MUN.DESK', 'MUN.INSP', 'WIJK', 'POLICE', 'GGD', 'CARE', 'SHELTER', 'VT', 'YOUTH', 'SCHOOL',
  'HOSP', 'ISZW', 'LAWYER', 'OTH']);

export const doors: Record<DoorName, Door> = {
  self: {
    name: 'self', kind: 'report', wording: 'self', mayGoOneWay: false,
    fixed: { report_kind: 'REQUEST', reporter: 'SELF' },
    questions: [urgency, ageClass, form, sector, means, municipality, need],
  },
  saw: {
    name: 'saw', kind: 'report', wording: 'other', mayGoOneWay: true,
    fixed: { report_kind: 'SIGNAL', reporter: 'CITIZEN' },
    questions: [urgency, ageClass, form, sector, general, foreign, municipality],
  },
  work: {
    name: 'work', kind: 'report', wording: 'other', mayGoOneWay: true,
    fixed: { report_kind: 'SIGNAL' },
    questions: [reporter, urgency, ageClass, form, sector, general, municipality],
  },
  advice: {
    name: 'advice', kind: 'advice', wording: 'other', mayGoOneWay: false,
    fixed: { report_kind: 'ADVICE' },
    questions: [reporter, form],
  },
  message: {
    name: 'message', kind: 'message', wording: 'self', mayGoOneWay: false,
    fixed: {}, questions: [],
  },
};

// The story is a question too.
export function questionsOf(door: Door): number {
  return door.questions.length + 1;
}
