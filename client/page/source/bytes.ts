// How bytes cross the border between page and core (page_core.h): numbers big-endian, a text as its length in four bytes
// and what it holds.
export class ByteWriter {
  private readonly parts: Uint8Array[] = [];

  number(value: number, size: 1 | 2 | 4): this {
    const bytes = new Uint8Array(size);
    for (let i = 0; i < size; ++i) bytes[size - 1 - i] = (value >>> (8 * i)) & 0xff;
    this.parts.push(bytes);
    return this;
  }

  bytes(value: Uint8Array): this {
    this.parts.push(value);
    return this;
  }

  blob(value: Uint8Array): this {
    return this.number(value.length, 4).bytes(value);
  }

  text(value: string): this {
    return this.blob(new TextEncoder().encode(value));
  }

  written(): Uint8Array {
    const whole = new Uint8Array(this.parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

// Reads what the core wrote. Short bytes are the core's mistake, so it throws.
export class ByteReader {
  private at = 0;

  constructor(private readonly whole: Uint8Array) {}

  // Eight bytes hold seconds here, which a number counts exactly.
  number(size: 1 | 2 | 4 | 8): number {
    return this.bytes(size).reduce((value, byte) => value * 256 + byte, 0);
  }

  bytes(size: number): Uint8Array {
    if (this.at + size > this.whole.length) throw new RangeError('the core wrote less than it says');
    this.at += size;
    return this.whole.slice(this.at - size, this.at);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes(this.number(4)));
  }

  list<T>(count: number, read: () => T): T[] {
    return Array.from({ length: count }, read);
  }
}
