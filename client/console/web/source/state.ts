// What the console knows while it is open. It lives in memory, nowhere else; locking and leaving wipe it.
import { Cell } from './cell.ts';
import type { ConsoleState, View, Vocabulary } from './contract.ts';
import { wipeRoute } from './router.ts';

// opening: before the first answer. used: the link was used, or its session ended.
export type Phase = 'opening' | 'used' | 'unreachable' | 'locked' | 'open';

export interface SavedFilter { name: string; view: View; find: string }

export const phase = new Cell<Phase>('opening');
export const state = new Cell<ConsoleState | null>(null);
export const vocabulary = new Cell<Vocabulary | null>(null);
// Whether this region is for practice; stays when the console locks.
export const practice = new Cell(false);
// Rises when lists or cases changed: screens ask anew.
export const version = new Cell(0);
// Whether the program behind the screens answers.
export const reachable = new Cell(true);
export const singleKeys = new Cell(true);
export const notices = new Cell(false);
export const helpOpen = new Cell(false);
// What a screen reader is told.
export const said = new Cell('');
export const savedFilters = new Cell<readonly SavedFilter[]>([]);
// What somebody writes and has not sent, by case and place.
export const drafts = new Map<string, string>();

export function say(text: string): void {
  said.set('');
  window.setTimeout(() => said.set(text), 50); // the same sentence twice is spoken twice
}

export function wipe(next: Phase): void {
  state.set(null);
  vocabulary.set(null);
  version.set(0);
  said.set('');
  helpOpen.set(false);
  drafts.clear();
  savedFilters.set([]);
  wipeRoute();
  phase.set(next);
}
