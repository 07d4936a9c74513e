// A gentle scan for what may give the reporter away: numbers, e-mail and web addresses, and words with
// a capital in the middle of a sentence. It knows no language and no names; it points, and changes
// nothing. Scripts without capitals give no names.

export type SlipKind = 'number' | 'mail' | 'name';

export interface Slip {
  kind: SlipKind;
  found: string;
}

const mail = /[^\s@]+@[^\s@]*[^\s@.,;:!?)]|(?:https?:\/\/|www\.)\S*[^\s.,;:!?)]/giu;
const digits = /\+?\d(?:[\s().-]?\d){3,}/gu; // four digits or more: telephone, house number, plate, age is no slip
const plate = /\b(?=[\p{L}\d-]*\d)(?=[\p{L}\d-]*\p{L})[\p{L}\d]{1,3}-[\p{L}\d]{1,3}-[\p{L}\d]{1,3}\b/gu;
// No look-behind: older telephones cannot read it, and would not start the page at all.
const capitalised = /([\p{Ll}\p{N},;:"'’)]\s+)(\p{Lu}\p{Ll}+(?:[\s-]\p{Lu}\p{Ll}+)*)/gu;

export const slipsMost = 12;

export function slipsIn(text: string): Slip[] {
  const slips: Slip[] = [];
  let rest = text;
  // `group`: which part of what the pattern finds is the slip.
  const take = (kind: SlipKind, pattern: RegExp, group = 0): void => {
    rest = rest.replace(pattern, (...parts: string[]) => {
      const found = parts[group] ?? '';
      if (!slips.some((slip) => slip.found === found)) slips.push({ kind, found });
      return ' ';
    });
  };
  take('mail', mail);
  take('number', plate);
  take('number', digits);
  take('name', capitalised, 2);
  return slips.slice(0, slipsMost);
}
