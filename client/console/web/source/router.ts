// Where the person is. The address never changes, so that no history keeps which case somebody read: the browser's
// back button moves a number only, and the places stand here.
import { Cell } from './cell.ts';
import type { View } from './contract.ts';

export type CasePart = 'thread' | 'file' | 'identity' | 'consents' | 'escalations' | 'tasks' | 'proposals' | 'papers' | 'closing' | 'audit';

export const trendsParts = ['periods', 'released', 'what_if', 'year', 'blind'] as const;
export type TrendsPart = (typeof trendsParts)[number];

export type Route =
  | { screen: 'start' }
  | { screen: 'list'; view: View; find: string }
  | { screen: 'case'; case: string; part: CasePart }
  | { screen: 'print'; case: string }
  | { screen: 'approvals' }
  | { screen: 'to_erase' }
  | { screen: 'audit' }
  | { screen: 'statistics' }
  | { screen: 'trends'; part: TrendsPart }
  | { screen: 'search'; find: string }
  | { screen: 'caller' }
  | { screen: 'knowledge' }
  | { screen: 'inbox'; id: string } // "": the list
  | { screen: 'figures' }
  | { screen: 'settings' };

export const route = new Cell<Route>({ screen: 'start' });
// Rises when a person goes somewhere: the new screen's heading then takes the focus.
export const arrivals = new Cell(0);

let places: Route[] = [];
let at = 0;

export function go(to: Route): void {
  places = [...places.slice(0, at + 1), to];
  at = places.length - 1;
  window.history.pushState(at, '');
  route.set(to);
  arrivals.set(arrivals.value + 1);
}

// Another part of the same screen: no new place to go back to, and the focus stays.
export function stayAt(to: Route): void {
  places[at] = to;
  route.set(to);
}

export function startAt(to: Route): void {
  places = [to];
  at = 0;
  window.history.replaceState(0, '');
  route.set(to);
}

export function wipeRoute(): void {
  startAt({ screen: 'start' });
}

export function watchBackButton(): void {
  window.addEventListener('popstate', (event) => {
    const place = typeof event.state === 'number' ? places[event.state] : undefined;
    if (!place) return;
    at = event.state;
    route.set(place);
    arrivals.set(arrivals.value + 1);
  });
}
