// What the console's server says of the figures for the trends (client/console/trends_answer.h).
import type { Choice, Label } from './contract.ts';

export type Cadence = 'month' | 'quarter' | 'year';
export type Reads = 'most' | 'some' | 'none';
// Decimals, as text.
export interface Cost { rho: string; pure: string; epsilon: string }
export interface Terms { schedule: string; life: string; epsilon: string; fixed: boolean }
export interface Dimension { name: string; label: Label; choices: Choice[] }
export interface Schedule { name: string; cadences: Cadence[] }
export interface SeriesOfFigures { name: string; dimensions: Dimension[]; schedules: Schedule[] }

// What a case pays of its life's budget, each part in parts of a hundred.
export interface Meter {
  life: string; epsilon_life: string; epsilon_paid: string;
  parts: { series: string; cadence: Cadence; cost: Cost; percent: number }[];
}
export interface Year { year: string; terms: Record<string, Terms>; meter?: Meter }
export interface Proposal { by: string; own: boolean; hour: string; schedule?: string; life?: string; epsilon?: string }
export type PeriodState = 'running' | 'finer' | 'due' | 'proposed' | 'refused' | 'signed' | 'released' | 'lost';
export interface Period {
  series: string; period: string; cadence: Cadence; first: string; last: string; state: PeriodState;
  from?: string; missing?: string[]; proposal?: Proposal; refused?: { by: string; reason: string }; release?: string;
}
export type ReceiptOutcome = 'kept' | 'kept_with_gap' | 'conflict' | 'unreadable';
export interface Receipt { receiver: string; outcome: ReceiptOutcome; hour: string; remark: string }
export interface Release {
  release: string; series: string; period: string; sequence: number; hour: string; cost: Cost; arrived: boolean; receipts: Receipt[];
}
export interface Trends { series: SeriesOfFigures[]; years: Year[]; periods: Period[]; releases: Release[] }

export interface PreviewTable {
  dimensions: string[]; cells: number; half_width: number; in_the_end: number; average: number; reads: Reads; reads_in_the_end: Reads;
}
export interface Preview {
  series: string; period: string; schedule: string; life: string; noise: string; method: string; cost: Cost;
  epsilon_life: string; epsilon_paid_after: string; cases: number; left_out: number; not_coded: number; tables: PreviewTable[];
}

// Tables of one number of dimensions, by the least exact.
export interface TablesAlike {
  order: number; tables: number; cells: number; half_width: number; in_the_end: number; reads: Reads; reads_in_the_end: Reads;
}
export interface Plan { schedule: string; noise: string; cost: Cost; cadences: { cadence: Cadence; cases: number; tables: TablesAlike[] }[] }
export interface WhatIf { series: string; cases: number; lives: { life: string; epsilon: string; plans: Plan[] }[] }

export interface Cell { estimate: number; lower: number; upper: number; uncertain: boolean }
export interface FiguresTable { dimensions: string[]; period: string; final: boolean; cells: Cell[] }
export interface Figures extends Release { region: string; schedule: string; method: string; whole: Cost; tables: FiguresTable[] }

export interface SheetTable { dimension: string; cells: (Cell & { code: string })[] }
export interface SheetOfSeries {
  series: string; final: boolean; periods: string[]; missing: string[]; total: Cell | null; tables: SheetTable[];
}
export interface Sheet { region: string; year: string; series: SheetOfSeries[] }

export interface Spot { code: string; newest: string | null; silent: 'never' | 'year' | '' }
export interface BlindSpots { since: string | null; municipalities: Spot[]; reporters: Spot[] }
