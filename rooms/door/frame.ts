import { Protocol } from "@colyseus/core";
import { isPlainMsgpack } from "./msgpack-shape.ts";

/** What came in over a socket, before anything is made of it. */
export type Incoming =
  | { readonly kind: "request"; readonly id: number; readonly type: string }
  | { readonly kind: "signal"; readonly type: string }
  /** Colyseus' own: joined, leaving, ping. */
  | { readonly kind: "wire" }
  /** With the request's number where that much could be read, so that it can be answered. */
  | { readonly kind: "broken"; readonly id?: number };

const maxTypeLength = 40;
const broken: Incoming = { kind: "broken" };

/**
 * Reads the header of a frame and walks its payload. Colyseus' own readers are not asked first: they throw on a cut
 * header outside of any `try`, which would end the process, and close the socket on a payload they cannot unpack.
 */
export function readFrame(bytes: Uint8Array): Incoming {
  const code = bytes[0];
  if (code === Protocol.JOIN_ROOM || code === Protocol.LEAVE_ROOM || code === Protocol.PING)
    return bytes.length === 1 ? { kind: "wire" } : broken;
  if (code === Protocol.ROOM_DATA) {
    const type = readType(bytes, 1);
    return type && isPlainMsgpack(bytes, type.next) ? { kind: "signal", type: type.text } : broken;
  }
  if (code !== Protocol.ROOM_REQUEST) return broken;
  const id = readNumber(bytes, 1);
  if (!id) return broken;
  const type = readType(bytes, id.next);
  const isSound = type && isPlainMsgpack(bytes, type.next);
  return isSound ? { kind: "request", id: id.value, type: type.text } : { kind: "broken", id: id.value };
}

/** The schema encoding's unsigned numbers: little end first. */
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, next: at + 1 };
  const width = { 0xcc: 1, 0xcd: 2, 0xce: 4 }[first];
  if (width === undefined || at + width >= bytes.length) return undefined;
  let value = 0;
  for (let i = width; i > 0; i -= 1) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, next: at + 1 + width };
}

/** A short ASCII word; names of ours are never anything else. */
function readType(bytes: Uint8Array, at: number): { text: string; next: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  const isFixed = first >= 0xa0 && first < 0xc0;
  const length = isFixed ? first & 0x1f : first === 0xd9 ? bytes[at + 1] : undefined;
  const start = isFixed ? at + 1 : at + 2;
  if (length === undefined || length > maxTypeLength || start + length > bytes.length) return undefined;
  const letters = bytes.subarray(start, start + length);
  if (letters.some((letter) => letter < 0x20 || letter > 0x7e)) return undefined;
  return { text: String.fromCharCode(...letters), next: start + length };
}
