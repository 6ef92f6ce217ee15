/**
 * MessagePack for what JSON can say, in place of msgpackr in the widget (1 kB where that is 15). Colyseus' server writes
 * plain MessagePack "for other decoders", and this is one of those. The names are those of msgpackr that the SDK calls.
 */
export const RESERVE_START_SPACE = 2048;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

export class Packr {
  /** @param options the lower eight bits: how many bytes to leave free before it */
  pack(value: unknown, options = 0): Uint8Array {
    const bytes: number[] = Array.from({ length: options & 0xff }, () => 0);
    write(value, bytes);
    return Uint8Array.from(bytes);
  }
}

function write(value: unknown, out: number[]): void {
  if (value === null || value === undefined) out.push(0xc0);
  else if (typeof value === "boolean") out.push(value ? 0xc3 : 0xc2);
  else if (typeof value === "number") writeNumber(value, out);
  else if (typeof value === "string") writeText(value, out);
  else if (Array.isArray(value)) writeList(value, out);
  else if (typeof value === "object") writeObject(value, out);
  else throw new TypeError(`${typeof value} cannot be sent`);
}

function writeNumber(value: number, out: number[]): void {
  const isWhole = Number.isInteger(value) && !Object.is(value, -0);
  if (isWhole && value >= -0x20 && value < 0x80) out.push(value & 0xff);
  else if (isWhole && value >= 0 && value <= 0xffffffff) writeLength(value, 0xce, 4, out);
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    out.push(0xcb, ...new Uint8Array(view.buffer));
  }
}

function writeText(value: string, out: number[]): void {
  const bytes = utf8.encode(value);
  const { length } = bytes;
  if (length < 32) out.push(0xa0 | length);
  else if (length < 0x100) out.push(0xd9, length);
  else if (length < 0x10000) writeLength(length, 0xda, 2, out);
  else writeLength(length, 0xdb, 4, out);
  for (const byte of bytes) out.push(byte);
}

function writeList(value: readonly unknown[], out: number[]): void {
  if (value.length < 16) out.push(0x90 | value.length);
  else if (value.length < 0x10000) writeLength(value.length, 0xdc, 2, out);
  else writeLength(value.length, 0xdd, 4, out);
  for (const one of value) write(one, out);
}

/** As JSON does: what is undefined is not there. */
function writeObject(value: object, out: number[]): void {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length < 16) out.push(0x80 | entries.length);
  else writeLength(entries.length, 0xde, 2, out);
  for (const [key, member] of entries) {
    writeText(key, out);
    write(member, out);
  }
}

function writeLength(value: number, mark: number, size: 2 | 4, out: number[]): void {
  out.push(mark);
  for (let at = size - 1; at >= 0; at--) out.push(Math.floor(value / 2 ** (8 * at)) & 0xff);
}

export const unpack = (bytes: Uint8Array, { start = 0 } = {}): unknown => new Reader(bytes, start).value();

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  value(): unknown {
    const mark = this.#uint(1);
    if (mark < 0x80) return mark;
    if (mark < 0x90) return this.#object(mark & 0x0f);
    if (mark < 0xa0) return this.#list(mark & 0x0f);
    if (mark < 0xc0) return this.#text(mark & 0x1f);
    if (mark >= 0xe0) return mark - 0x100;
    return this.#marked(mark);
  }

  #marked(mark: number): unknown {
    if (mark <= 0xc3) return [null, undefined, false, true][mark - 0xc0];
    if (mark >= 0xc4 && mark <= 0xc6) return this.#take(this.#uint(2 ** (mark - 0xc4)));
    if (mark === 0xca) return this.#number("getFloat32", 4);
    if (mark === 0xcb) return this.#number("getFloat64", 8);
    if (mark >= 0xcc && mark <= 0xce) return this.#uint(2 ** (mark - 0xcc));
    if (mark === 0xcf) return Number(this.#view.getBigUint64(this.#step(8)));
    if (mark >= 0xd0 && mark <= 0xd2) return this.#int(2 ** (mark - 0xd0));
    if (mark === 0xd3) return Number(this.#view.getBigInt64(this.#step(8)));
    if (mark === 0xd4 && this.#uint(2) === 0) return undefined; // how msgpackr writes it
    if (mark >= 0xd9 && mark <= 0xdb) return this.#text(this.#uint(2 ** (mark - 0xd9)));
    if (mark === 0xdc || mark === 0xdd) return this.#list(this.#uint(2 * (mark - 0xdb)));
    if (mark === 0xde || mark === 0xdf) return this.#object(this.#uint(2 * (mark - 0xdd)));
    throw new TypeError(`0x${mark.toString(16)} is not something we are sent`);
  }

  #list(length: number): unknown[] {
    return Array.from({ length }, () => this.value());
  }

  /** From entries, so that no key can reach the prototype. */
  #object(length: number): unknown {
    return Object.fromEntries(Array.from({ length }, () => [this.value() as string, this.value()] as const));
  }

  #text(length: number): string {
    return fromUtf8.decode(this.#take(length));
  }

  #uint(size: number): number {
    let value = 0;
    for (const byte of this.#take(size)) value = value * 0x100 + byte;
    return value;
  }

  #int(size: number): number {
    const value = this.#uint(size);
    return value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
  }

  #number(get: "getFloat32" | "getFloat64", size: number): number {
    return this.#view[get](this.#step(size));
  }

  #take(length: number): Uint8Array {
    const from = this.#step(length);
    if (this.#at > this.#bytes.length) throw new RangeError("The message ends too early.");
    return this.#bytes.subarray(from, this.#at);
  }

  #step(length: number): number {
    const from = this.#at;
    this.#at += length;
    return from;
  }
}
