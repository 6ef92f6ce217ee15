import { isUtf8 } from "node:buffer";

const maxDepth = 16;
const maxTokens = 2000;

/**
 * Whether the bytes from `offset` are one complete MessagePack value of plain data, in a shape a person's request can
 * have. Walked before anything is built from it: a length that lies, a nest a thousand deep, a million elements or an
 * extension (dates, errors, typed arrays, pointers) never reach the decoder, nor does a text that is not UTF-8, which it
 * would silently mend (a lone surrogate is one). Records are the SDK's way to write objects.
 */
export function isPlainMsgpack(bytes: Uint8Array, offset: number): boolean {
  if (offset === bytes.length) return true; // no payload at all
  try {
    const walk = new Walk(bytes, offset);
    walk.value(0);
    return walk.at === bytes.length;
  } catch (error) {
    if (error instanceof NotPlain) return false;
    throw error;
  }
}

class NotPlain extends Error {}

class Walk {
  at: number;
  readonly #bytes: Uint8Array;
  /** How many values follow each record that this message has defined. */
  readonly #records = new Map<number, number>();
  #tokens = 0;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.at = offset;
  }

  value(depth: number): void {
    this.#tokens += 1;
    if (depth > maxDepth || this.#tokens > maxTokens) throw new NotPlain();
    const token = this.#number(1);
    if (token < 0x80) return this.#values(this.#records.get(token) ?? 0, depth + 1); // a small number, or a known record
    if (token < 0x90) return this.#pairs(token & 0x0f, depth + 1);
    if (token < 0xa0) return this.#values(token & 0x0f, depth + 1);
    if (token < 0xc0) return this.#text(token & 0x1f);
    if (token >= 0xe0 || token === 0xc0 || token === 0xc2 || token === 0xc3) return;
    this.#sized(token, depth);
  }

  #sized(token: number, depth: number): void {
    if (token in fixedSizes) return this.#skip(fixedSizes[token] ?? 0);
    if (token >= 0xd9 && token <= 0xdb) return this.#text(this.#number(1 << (token - 0xd9)));
    if (token === 0xdc || token === 0xdd) return this.#values(this.#number(token === 0xdc ? 2 : 4), depth + 1);
    if (token === 0xde || token === 0xdf) return this.#pairs(this.#number(token === 0xde ? 2 : 4), depth + 1);
    if (token !== 0xd4) throw new NotPlain();
    const [kind, detail] = [this.#number(1), this.#number(1)];
    if (kind === 0x72) return this.#record(detail, depth);
    if (kind !== 0 || detail !== 0) throw new NotPlain(); // (0, 0) is `undefined`
  }

  /** `[keys] values…`; the same record again in this message is its number alone. */
  #record(id: number, depth: number): void {
    const header = this.#number(1);
    const keys = (header & 0xf0) === 0x90 ? header & 0x0f : header === 0xdc ? this.#number(2) : Number.NaN;
    if (Number.isNaN(keys) || id < 0x40 || id > 0x7f) throw new NotPlain();
    for (let i = 0; i < keys; i += 1) this.#key();
    this.#records.set(id, keys);
    this.#values(keys, depth + 1);
  }

  #values(count: number, depth: number): void {
    for (let i = 0; i < count; i += 1) this.value(depth);
  }

  #pairs(count: number, depth: number): void {
    for (let i = 0; i < count; i += 1) {
      this.#key();
      this.value(depth);
    }
  }

  #key(): void {
    this.#tokens += 1;
    if (this.#tokens > maxTokens) throw new NotPlain();
    const token = this.#number(1);
    if (token === 0xd9) this.#text(this.#number(1));
    else if (token >= 0xa0 && token < 0xc0) this.#text(token & 0x1f);
    else throw new NotPlain();
  }

  #text(length: number): void {
    const from = this.at;
    this.#skip(length);
    if (!isUtf8(this.#bytes.subarray(from, this.at))) throw new NotPlain();
  }

  #skip(count: number): void {
    this.at += count;
    if (this.at > this.#bytes.length) throw new NotPlain();
  }

  /** The next `width` bytes as a number, big end first. */
  #number(width: number): number {
    let number = 0;
    for (let i = 0; i < width; i += 1) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw new NotPlain();
      number = number * 256 + byte;
      this.at += 1;
    }
    return number;
  }
}

/** Bytes after the tokens whose width is fixed: floats, unsigned and signed integers. */
const fixedSizes: Readonly<Record<number, number>> = {
  0xca: 4,
  0xcb: 8,
  0xcc: 1,
  0xcd: 2,
  0xce: 4,
  0xcf: 8,
  0xd0: 1,
  0xd1: 2,
  0xd2: 4,
  0xd3: 8,
};
