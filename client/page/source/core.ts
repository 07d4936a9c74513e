// The page's core: one instance of page_core.wasm. The manual of each function stands in core/page_core.h; a test
// compares this table with that header.
import { ByteReader, ByteWriter } from './bytes';

// What it gives back, and then what it takes.
export const declarations = {
  page_input: ['uint8_t*', 'uint32_t'],
  page_output: ['const uint8_t*'],
  page_start: ['int32_t', 'uint32_t', 'double', 'double', 'uint32_t'],
  page_new_code: ['int32_t'],
  page_parse_code: ['int32_t', 'uint32_t'],
  page_complete: ['int32_t', 'uint32_t', 'uint32_t', 'uint32_t'],
  page_derive: ['int32_t', 'uint32_t'],
  page_take_keys: ['int32_t', 'uint32_t'],
  page_send: ['int32_t', 'uint32_t', 'uint32_t'],
  page_consent: ['int32_t', 'uint32_t'],
  page_erase: ['int32_t', 'uint32_t'],
  page_sending: ['int32_t', 'uint32_t'],
  page_cancel: ['int32_t', 'uint32_t'],
  page_read: ['int32_t'],
  page_thread: ['int32_t'],
  page_burn: ['int32_t', 'uint32_t'],
  page_prepare: ['int32_t'],
  page_due: ['double'],
  page_take: ['int32_t', 'uint32_t', 'double', 'double', 'uint32_t'],
  page_not_delivered: ['int32_t', 'double', 'uint32_t'],
  page_resume: ['int32_t', 'double', 'uint32_t'],
  page_beat: ['int32_t', 'uint32_t', 'double', 'uint32_t'],
  page_line: ['int32_t', 'double'],
  page_puzzle: ['int32_t'],
  page_solve: ['int32_t', 'uint32_t', 'double', 'uint32_t'],
  page_solved: ['int32_t', 'uint32_t'],
} as const;

type Parameters<T> = T extends readonly [unknown, ...infer P] ? { [K in keyof P]: number } : never;
type Functions = { [F in keyof typeof declarations]: (...numbers: Parameters<(typeof declarations)[F]>) => number };

export type Failure = 'no_start' | 'malformed' | 'too_long' | 'checksum' | 'no_memory' | 'no_keys';
const failures: Failure[] = ['no_start', 'malformed', 'too_long', 'checksum', 'no_memory', 'no_keys'];

export class CoreError extends Error {
  constructor(readonly failure: Failure) {
    super(failure);
  }
}

// Gives back the result, or throws what is below zero.
function checked(result: number): number {
  if (result >= 0) return result;
  throw new CoreError(failures[-1 - result] ?? 'malformed');
}

export type FillRandom = (bytes: Uint8Array) => void;

export const systemRandom: FillRandom = (bytes) => {
  const most = 65536; // of one call
  for (let at = 0; at < bytes.length; at += most) crypto.getRandomValues(bytes.subarray(at, at + most));
};

export class Core {
  private constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly calls: Functions,
  ) {}

  static async open(module: WebAssembly.Module, random: FillRandom = systemRandom): Promise<Core> {
    let memory: WebAssembly.Memory | undefined;
    const imports: Record<string, Record<string, (...numbers: number[]) => number>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // 52: not supported. Nothing else than randomness comes from outside.
      (imports[from] ??= {})[name] = () => 52;
    }
    (imports['wasi_snapshot_preview1'] ??= {})['random_get'] = (at = 0, size = 0) => {
      if (!memory) return 52;
      random(new Uint8Array(memory.buffer, at, size));
      return 0;
    };
    const { exports } = await WebAssembly.instantiate(module, imports);
    memory = exports['memory'] as WebAssembly.Memory;
    (exports['_initialize'] as () => void)();
    return new Core(memory, exports as unknown as Functions);
  }

  // Overwrites everything that the instance holds or held. Nothing works after.
  wipe(): void {
    new Uint8Array(this.memory.buffer).fill(0);
  }

  // All of it, for tests that search it.
  get everything(): Uint8Array {
    return new Uint8Array(this.memory.buffer);
  }

  start(options: { pin: Uint8Array; en: string; nl: string; unix: number; steady: number; beat: number }): void {
    const input = new ByteWriter().blob(options.pin).text(options.en).text(options.nl).written();
    checked(this.calls.page_start(this.input(input), options.unix, options.steady, options.beat));
  }

  newCode(): ByteReader {
    return this.reader(this.calls.page_new_code());
  }
  // The errand for derive().
  parseCode(typed: string): Uint8Array {
    return this.output(this.calls.page_parse_code(this.inputText(typed)));
  }
  complete(prefix: string, list: 0 | 1, limit: number): string[] {
    const lines = this.output(this.calls.page_complete(this.inputText(prefix), list, limit));
    return new TextDecoder().decode(lines).split('\n').slice(0, -1);
  }
  derive(errand: Uint8Array): Uint8Array {
    return this.output(this.calls.page_derive(this.input(errand)));
  }
  takeKeys(keys: Uint8Array): void {
    checked(this.calls.page_take_keys(this.input(keys)));
  }

  // These three give back the number for sending().
  send(draft: Uint8Array, wayBack: boolean): number {
    return checked(this.calls.page_send(this.input(draft), wayBack ? 1 : 0));
  }
  consent(answer: Uint8Array): number {
    return checked(this.calls.page_consent(this.input(answer)));
  }
  erase(text: string): number {
    return checked(this.calls.page_erase(this.inputText(text)));
  }
  sending(number: number): ByteReader {
    return this.reader(this.calls.page_sending(number));
  }
  cancel(number: number): void {
    checked(this.calls.page_cancel(number));
  }

  read(): void {
    checked(this.calls.page_read());
  }
  // Null without keys.
  thread(): ByteReader | null {
    const length = this.calls.page_thread();
    return length < 0 ? null : this.reader(length);
  }
  burn(index: number): void {
    checked(this.calls.page_burn(index));
  }

  prepare(): Uint8Array {
    return this.output(this.calls.page_prepare());
  }
  due(): number {
    return this.calls.page_due();
  }
  take(answer: Uint8Array, unix: number, steady: number, draw: number): void {
    checked(this.calls.page_take(this.input(answer), unix, steady, draw));
  }
  notDelivered(steady: number, draw: number): void {
    checked(this.calls.page_not_delivered(steady, draw));
  }
  resume(steady: number, draw: number): void {
    checked(this.calls.page_resume(steady, draw));
  }
  beat(milliseconds: number, steady: number, draw: number): void {
    checked(this.calls.page_beat(milliseconds, steady, draw));
  }
  line(unix: number): ByteReader {
    return this.reader(this.calls.page_line(unix));
  }

  // Number and errand for solve(); null: no puzzle waits.
  puzzle(): { number: number; errand: Uint8Array } | null {
    const output = this.output(this.calls.page_puzzle());
    if (output.length === 0) return null;
    return { number: new ByteReader(output).number(4), errand: output.slice(4) };
  }
  // The answer, or nothing.
  solve(errand: Uint8Array, from: number, tries: number): Uint8Array | null {
    const output = this.output(this.calls.page_solve(this.input(errand), from, tries));
    return output.length === 0 ? null : output;
  }
  solved(number: number, answer: Uint8Array): void {
    checked(this.calls.page_solved(this.input(new ByteWriter().number(number, 4).bytes(answer).written())));
  }

  private input(bytes: Uint8Array): number {
    const at = this.calls.page_input(bytes.length);
    if (at === 0) throw new CoreError('too_long');
    new Uint8Array(this.memory.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }
  private inputText(text: string): number {
    return this.input(new TextEncoder().encode(text));
  }
  private output(result: number): Uint8Array {
    const length = checked(result);
    return new Uint8Array(this.memory.buffer, this.calls.page_output(), length).slice();
  }
  private reader(result: number): ByteReader {
    return new ByteReader(this.output(result));
  }
}
