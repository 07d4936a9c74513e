// Where what takes long is done: a code's keys (64 MiB) and puzzles. Each errand has an instance of the core of its own,
// which is dropped after it: memory that WebAssembly has grown is given back in no other way.
//
// In a browser that is a worker, so that no beat waits for it. A worker needs a script with an address; the page has only
// itself, so its script comes from a blob: the page's policy says `worker-src blob:`, and Trusted Types get one policy,
// "meldpunt-worker", that lets addresses of blobs pass and nothing else.
import { Core } from './core';

export interface Errand {
  readonly deed: 'derive' | 'solve';
  readonly module: WebAssembly.Module;
  readonly bytes: Uint8Array;
}

export interface Workshop {
  // Rejects with the failure's name as message, for example no_memory.
  derive(errand: Uint8Array): Promise<Uint8Array>;
  // Until it is solved, or the next solve() or stop().
  solve(errand: Uint8Array): Promise<Uint8Array>;
  stop(): void;
  close(): void;
}

const triesAtOnce = 16; // about 16 ms

// Does one errand; between the tries of a puzzle it asks whether to go on.
export async function work(errand: Errand, goOn: () => Promise<boolean>): Promise<Uint8Array> {
  const core = await Core.open(errand.module).catch(() => {
    throw new Error('no_memory');
  });
  if (errand.deed === 'derive') {
    const keys = core.derive(errand.bytes);
    core.wipe();
    return keys;
  }
  for (let from = 0; await goOn(); from += triesAtOnce) {
    const answer = core.solve(errand.bytes, from, triesAtOnce);
    if (answer) return answer;
  }
  throw new Error('stopped');
}

// On the page's own thread, where there are no workers.
export class OwnWorkshop implements Workshop {
  private solving = 0;

  constructor(private readonly module: WebAssembly.Module) {}

  derive(errand: Uint8Array): Promise<Uint8Array> {
    return work({ deed: 'derive', module: this.module, bytes: errand }, () => Promise.resolve(true));
  }
  solve(errand: Uint8Array): Promise<Uint8Array> {
    const number = ++this.solving;
    return work(
      { deed: 'solve', module: this.module, bytes: errand },
      () => new Promise((resolve) => setTimeout(() => resolve(number === this.solving), 0)),
    );
  }
  stop(): void {
    ++this.solving;
  }
  close(): void {
    this.stop();
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let trustBlob: ((url: string) => string) | null = null;

// The page may make the policy once; what it gives back is a TrustedScriptURL where those exist.
function trusted(url: string): string {
  if (!trustBlob) {
    const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
    const rules = {
      createScriptURL(made: string): string {
        if (!made.startsWith('blob:')) throw new TypeError('only what this page made itself');
        return made;
      },
    };
    const policy = types ? types.createPolicy('meldpunt-worker', rules) : rules;
    trustBlob = (made) => policy.createScriptURL(made);
  }
  return trustBlob(url);
}

export class WorkerWorkshop implements Workshop {
  private readonly url: string;
  private readonly workers = new Set<Worker>();
  private solver: Worker | null = null;

  constructor(
    private readonly module: WebAssembly.Module,
    script: string,
  ) {
    this.url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  }

  derive(errand: Uint8Array): Promise<Uint8Array> {
    const worker = this.hire();
    return this.ask(worker, { deed: 'derive', module: this.module, bytes: errand });
  }
  solve(errand: Uint8Array): Promise<Uint8Array> {
    this.stop();
    const worker = this.hire();
    this.solver = worker;
    return this.ask(worker, { deed: 'solve', module: this.module, bytes: errand });
  }
  stop(): void {
    if (this.solver) this.dismiss(this.solver);
    this.solver = null;
  }
  close(): void {
    for (const worker of this.workers) this.dismiss(worker);
    URL.revokeObjectURL(this.url);
  }

  private hire(): Worker {
    const worker = new Worker(trusted(this.url));
    this.workers.add(worker);
    return worker;
  }
  private dismiss(worker: Worker): void {
    worker.terminate();
    this.workers.delete(worker);
  }
  private ask(worker: Worker, errand: Errand): Promise<Uint8Array> {
    return new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Uint8Array | string>) => {
        if (typeof event.data === 'string') reject(new Error(event.data));
        else resolve(event.data);
      };
      worker.onerror = () => reject(new Error('no_memory'));
      worker.postMessage(errand);
    }).finally(() => this.dismiss(worker));
  }
}

export function openWorkshop(module: WebAssembly.Module, script: string | undefined): Workshop {
  if (script !== undefined && typeof Worker === 'function') {
    try {
      return new WorkerWorkshop(module, script);
    } catch {
      // No blobs here: then without.
    }
  }
  return new OwnWorkshop(module);
}
