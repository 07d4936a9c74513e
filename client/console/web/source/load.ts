// What a screen asks of the server, and the deeds it does there: each with its waiting and its trouble.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { useCell } from './cell.ts';
import { t, type Key } from './language.ts';
import { refresh } from './session.ts';
import { say, version } from './state.ts';

export interface Loaded<T> { value: T | null; problem: Problem | null; again: () => void }

// Asks at first, when `keys` change, and when lists or cases changed. What was shown stays until the new is there.
export function useLoad<T>(ask: () => Promise<T>, keys: readonly unknown[]): Loaded<T> {
  const current = useCell(version);
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState<{ value: T | null; problem: Problem | null }>({ value: null, problem: null });
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setShown({ value, problem: null }),
      (problem: unknown) => wanted && setShown((before) => ({ ...before, problem: asProblem(problem) })),
    );
    return () => {
      wanted = false;
    };
  }, [...keys, current, turn]);
  return { ...shown, again: useCallback(() => setTurn((n) => n + 1), []) };
}

const asProblem = (thrown: unknown) => (thrown instanceof Problem ? thrown : new Problem(-1, ''));

export interface Deed {
  busy: boolean;
  problem: Problem | null;
  // True when it was done. `done` is what a screen reader is told.
  run: (deed: string, more?: Record<string, unknown>, done?: Key) => Promise<boolean>;
  ask: <T>(deed: string, more?: Record<string, unknown>) => Promise<T | null>;
  clear: () => void;
}

export function useDeed(after?: () => void): Deed {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  async function ask<T>(deed: string, more: Record<string, unknown> = {}): Promise<T | null> {
    if (running.current) return null; // a second click is not a second deed
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      return await api.deed<T>(deed, more);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }
  async function run(deed: string, more: Record<string, unknown> = {}, done: Key = 'deed.done'): Promise<boolean> {
    const answer = await ask<{ waits?: boolean }>(deed, more);
    if (answer === null) return false;
    say(t(answer.waits ? 'deed.waits' : done)); // kept here, until the server answers
    after?.();
    refresh().catch(() => undefined);
    return true;
  }
  return { busy, problem, run, ask, clear: () => setProblem(null) };
}
