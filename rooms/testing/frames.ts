import { getMessageBytes, Protocol } from "@colyseus/core";

/** Frames as a client sends them, and as nobody should. */
export const request = (id: number, type: string, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([Protocol.ROOM_REQUEST, id]), word(type), payload]);

export const signal = (type: string, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([Protocol.ROOM_DATA]), word(type), payload]);

/** Plain MessagePack, as the server's own encoder writes it. */
export function packed(value: unknown): Buffer {
  const empty = getMessageBytes.raw(Protocol.ROOM_DATA, "x");
  return getMessageBytes.raw(Protocol.ROOM_DATA, "x", value).subarray(empty.length);
}

const word = (text: string): Buffer => Buffer.concat([Buffer.from([0xa0 | text.length]), Buffer.from(text)]);
