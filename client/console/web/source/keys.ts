// Single-key shortcuts: one table, which the help shows too. They are silent while somebody types, and can be switched
// off (WCAG 2.1.4). Arrows, Enter and Escape are no shortcuts: they always work where they mean something.
import { api } from './api.ts';
import { takeNext } from './next.ts';
import { go, route, type Route } from './router.ts';
import { helpOpen, phase, singleKeys, state } from './state.ts';

export const shortcuts = ['?', 's', 'c', '/', 'n', 'a', 'f', 'j', 'k', 'x', 'Enter', 'r', 'p', 'l'] as const;
export type Shortcut = (typeof shortcuts)[number];

const places: Partial<Record<string, Route>> = {
  s: { screen: 'start' },
  c: { screen: 'list', view: 'open', find: '' },
  '/': { screen: 'search', find: '' },
  a: { screen: 'approvals' },
  f: { screen: 'trends', part: 'periods' },
};

// What somebody has no screen for is no key of theirs.
export function shortcutsOf(role: string): readonly Shortcut[] {
  if (role === 'partner') return ['?', 'p', 'l'];
  if (role === 'approver' || role === 'receiver') return ['?', 'l'];
  return shortcuts;
}

export function mayGo(screen: Route['screen'], role: string): boolean {
  if (screen === 'settings') return true;
  if (role === 'partner') return screen === 'inbox';
  if (role === 'approver') return screen === 'approvals';
  if (role === 'receiver') return screen === 'figures';
  return screen !== 'inbox' && screen !== 'figures';
}

function types(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

function inPlace(key: string): boolean {
  const here = route.value;
  if (here.screen === 'list' && (key === 'j' || key === 'k')) {
    document.querySelector<HTMLElement>('.long [data-row]')?.focus(); // from here on the list itself listens
    return true;
  }
  if ((here.screen === 'inbox' || here.screen === 'trends') && key === 'p') {
    document.querySelector<HTMLElement>('.print-way')?.click();
    return true;
  }
  if (here.screen !== 'case') return false;
  if (key === 'p') go({ screen: 'print', case: here.case });
  else if (key === 'r') document.getElementById('reply-text')?.focus();
  else return false;
  return true;
}

function obey(key: string): boolean {
  const role = state.value?.device.role ?? '';
  const place = places[key];
  if (place && mayGo(place.screen, role)) go(place);
  else if (key === '?') helpOpen.set(true);
  else if (key === 'l') void api.lock();
  else if (key === 'n' && mayGo('start', role)) void takeNext().catch(() => undefined);
  else return inPlace(key);
  return true;
}

// A number when the person moved in the list: one row down or up.
export function stepOf(event: KeyboardEvent): number {
  if (event.key === 'ArrowDown' || (singleKeys.value && event.key === 'j')) return 1;
  if (event.key === 'ArrowUp' || (singleKeys.value && event.key === 'k')) return -1;
  return 0;
}

export function watchKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (phase.value !== 'open' || !singleKeys.value || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || types(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (obey(event.key)) event.preventDefault();
  });
}
