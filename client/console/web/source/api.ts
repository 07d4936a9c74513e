// The one way to the server, and the one place where its refusals are read. The session lives in this module, in memory.
import type {
  Said, Approval, Audit, CaseFile, ConsoleState, DueErasure, Figures, Hit, InboxItem, Item, Row, Statistics, View, Vocabulary,
} from './contract.ts';
import { reachable, wipe } from './state.ts';

let session: string | null = null;

// `sentence`: what the server says to do; empty when it said nothing. `said`: the same as a code.
export class Problem extends Error {
  constructor(readonly status: number, readonly sentence: string, readonly said: Said | null = null) {
    super(sentence);
  }
}

interface Asked { body?: unknown; signal?: AbortSignal }

function headersOf(body: unknown): Record<string, string> {
  return {
    ...(session ? { Authorization: `Bearer ${session}` } : {}),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}

async function fetched(path: string, { body, signal }: Asked): Promise<Response> {
  try {
    const response = await fetch(`/api/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: headersOf(body),
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      ...(signal ? { signal } : {}),
    });
    reachable.set(true);
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    reachable.set(false);
    throw new Problem(0, '');
  }
}

async function ask<T>(path: string, asked: Asked = {}): Promise<T> {
  const response = await fetched(path, asked);
  const said: unknown = await response.json().catch(() => null);
  if (response.ok) return said as T;
  const refusal = said as { problem?: unknown; said?: Said | null } | null;
  const sentence = refusal?.problem;
  if (response.status === 423 && path !== 'unlock' && session) wipe('locked');
  if (response.status === 401) forget('used');
  throw new Problem(response.status, typeof sentence === 'string' ? sentence : '', refusal?.said ?? null);
}

// Nothing stays: neither the session nor what was read.
export function forget(next: 'used' | 'unreachable'): void {
  session = null;
  wipe(next);
}

const at = (path: string, parts: Record<string, string>) => `${path}?${new URLSearchParams(parts)}`;

export const api = {
  async open(token: string): Promise<void> {
    session = (await ask<{ session: string }>('open', { body: { token } })).session;
  },
  async lock(): Promise<void> {
    const locked = ask('lock', { body: {} });
    wipe('locked'); // at once, whatever the server says
    await locked.catch(() => undefined);
  },
  unlock: (passphrase: string) => ask<unknown>('unlock', { body: { passphrase } }),
  state: () => ask<ConsoleState>('state'),
  changes: (after: number, signal: AbortSignal) => ask<{ version: number }>(at('changes', { after: String(after) }), { signal }),
  vocabulary: () => ask<Vocabulary>('vocabulary'),
  cases: (view: View, find: string) => ask<{ total: number; cases: Row[] }>(at('cases', { view, find })),
  case: (id: string) => ask<CaseFile>(at('case', { id })),
  search: (q: string) => ask<{ hits: Hit[] }>(at('search', { q })),
  approvals: () => ask<{ waiting: Approval[] }>('approvals'),
  audit: (subject: string | null) => ask<Audit>(subject ? at('audit', { case: subject }) : 'audit'),
  statistics: () => ask<Statistics>('statistics'),
  trends: <T>(parts: Record<string, string> = {}) => ask<T>(at('trends', parts)),
  toErase: () => ask<{ due: DueErasure[] }>('to_erase'),
  knowledge: () => ask<{ notes: Item[] }>('knowledge'),
  photo: (subject: string, position: number, number: number) =>
    ask<{ jpeg: string }>(at('image', { case: subject, position: String(position), number: String(number) })),
  figures: () => ask<Figures>('figures'),
  inbox: () => ask<{ items: InboxItem[] }>('inbox'),
  deed: <T = { done: true }>(deed: string, more: Record<string, unknown> = {}) => ask<T>('deed', { body: { deed, ...more } }),
};

