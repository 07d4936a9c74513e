// What the build puts into the document beside the texts and the core.

import type { Region } from './region.ts';

export interface Municipality {
  code: string;
  label: string;
}

// Which signs and places go with which form, and with which workplace (expertise.json).
export interface Expertise {
  date: string;
  forms: { form: string; signs: string[]; places: string[] }[];
  always: string[];
  foreign: string[];
  silent: string[];
  cards: { place: string; signs: string[] }[];
}

export interface Built {
  region: Region;
  municipalities: Municipality[];
  qr: { size: number; path: string } | null;
  expertise: Expertise;
}

const schemes: Record<string, string> = { G: 'signal_general', F: 'signal_foreign', O: 'signal_other' };

// The scheme of a sign's code: each of the three has its own letter.
export function schemeOfSign(code: string): string {
  return schemes[code.charAt(0)] ?? 'signal_general';
}
