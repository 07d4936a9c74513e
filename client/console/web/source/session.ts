// From the link in the terminal to an open console, and while it is open: what changed, heard by a long poll.
import { api, forget, Problem } from './api.ts';
import type { ConsoleState } from './contract.ts';
import { prefer } from './language.ts';
import { notify } from './notices.ts';
import { startAt, type Route } from './router.ts';
import { phase, practice, state, version, vocabulary } from './state.ts';

const again = 3000; // milliseconds until a server that did not answer is asked once more

// The token leaves the address before anything else happens: neither history nor screenshot has it.
export function takeToken(): string {
  const token = window.location.hash.slice(1);
  window.history.replaceState(null, '', window.location.pathname);
  return token;
}

export async function openWith(token: string): Promise<void> {
  if (!token) {
    forget('used');
    return;
  }
  try {
    await api.open(token);
  } catch (error) {
    forget(error instanceof Problem && error.status === 0 ? 'unreachable' : 'used');
    return;
  }
  await enter();
}

function firstScreen(role: string): Route {
  if (role === 'partner') return { screen: 'inbox', id: '' };
  if (role === 'receiver') return { screen: 'figures' };
  return { screen: role === 'approver' ? 'approvals' : 'start' };
}

// What somebody in that role has not seen yet.
const freshFor = ({ device, counts }: ConsoleState) => (device.role === 'partner' ? counts.inbox : device.role === 'approver' ? counts.approvals : counts.new) ?? 0;

// Loads what every screen needs. Locked, or with a session that has ended, api.ts says so and moves on itself.
export async function enter(): Promise<void> {
  try {
    const [current, words] = await Promise.all([api.state(), api.vocabulary()]);
    prefer(current.lang);
    vocabulary.set(words);
    state.set(current);
    practice.set(current.region.practice);
    version.set(current.version);
    startAt(firstScreen(current.device.role));
    phase.set('open');
    void listen();
  } catch (error) {
    if (error instanceof Problem && error.status === 423) phase.set('locked');
    else if (error instanceof Problem && error.status === 401) forget('used');
    else forget('unreachable');
  }
}

export async function refresh(): Promise<void> {
  const before = state.value;
  const current: ConsoleState = await api.state();
  if (phase.value !== 'open') return;
  state.set(current);
  if (current.version > version.value) version.set(current.version);
  if (before && freshFor(current) > freshFor(before)) void notify(current.device.role);
}

const pause = (milliseconds: number) => new Promise((done) => window.setTimeout(done, milliseconds));

async function listen(): Promise<void> {
  const stop = new AbortController();
  const unwatch = phase.watch(() => stop.abort());
  while (!stop.signal.aborted) {
    try {
      const told = await api.changes(version.value, stop.signal);
      if (told.version > version.value) await refresh();
    } catch {
      if (!stop.signal.aborted) await pause(again);
    }
  }
  unwatch();
}

// A page that is left is empty, also in the copy that a browser keeps to go back to.
export function wipeOnLeaving(): void {
  window.addEventListener('pagehide', () => forget('used'));
}
