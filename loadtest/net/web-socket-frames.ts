export type FrameFault = "double" | "reorder" | "truncate";

const endOfHead = Buffer.from("\r\n\r\n");
const longestHead = 64 * 1024;
const nothing: Buffer = Buffer.alloc(0);

/**
 * One direction of a connection, cut into WebSocket frames once both sides have agreed to speak WebSocket; until then, and
 * in connections that never do, the bytes pass as they are. Frames with data can be doubled, swapped or cut short.
 */
export class WebSocketFrames {
  readonly #next: () => FrameFault | undefined;
  #state: "head" | "frames" | "other" = "head";
  #bytes: Buffer = nothing;
  #held: Buffer | undefined;

  /** @param next which fault the next frame with data meets, if any */
  constructor(next: () => FrameFault | undefined) {
    this.#next = next;
  }

  /** What is to be passed on of what has come. */
  take(chunk: Buffer): Buffer[] {
    if (this.#state === "other") return [chunk];
    if (this.#state === "head") return this.#head(chunk);
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, chunk]) : chunk;
    return this.#frames();
  }

  /** Nothing follows: what was held back goes out. */
  flush(): Buffer[] {
    const rest = [this.#held ?? nothing, this.#state === "frames" ? this.#bytes : nothing];
    this.#held = undefined;
    this.#bytes = nothing;
    return rest.filter((bytes) => bytes.length > 0);
  }

  /** The head passes as it comes; what it said decides what follows. */
  #head(chunk: Buffer): Buffer[] {
    const before = this.#bytes.length;
    const head = Buffer.concat([this.#bytes, chunk]);
    const end = head.indexOf(endOfHead) + endOfHead.length;
    if (end < endOfHead.length) {
      this.#bytes = head;
      if (head.length > longestHead) this.#state = "other";
      return [chunk];
    }
    this.#bytes = nothing;
    const isWebSocket = /\r\nupgrade: *websocket\r\n/i.test(head.toString("latin1", 0, end));
    this.#state = isWebSocket ? "frames" : "other";
    return isWebSocket ? [chunk.subarray(0, end - before), ...this.take(chunk.subarray(end - before))] : [chunk];
  }

  #frames(): Buffer[] {
    const out: Buffer[] = [];
    for (let frame = firstFrame(this.#bytes); frame; frame = firstFrame(this.#bytes)) {
      this.#bytes = this.#bytes.subarray(frame.bytes.length);
      out.push(...this.#met(frame));
    }
    return out;
  }

  #met(frame: Frame): Buffer[] {
    const held = this.#held;
    this.#held = undefined;
    if (held) return [frame.bytes, held]; // the second of two that change places
    switch (frame.isData ? this.#next() : undefined) {
      case "double":
        return [frame.bytes, frame.bytes];
      case "reorder":
        this.#held = frame.bytes;
        return [];
      case "truncate":
        return [truncated(frame)];
      case undefined:
        return [frame.bytes];
    }
  }
}

type Frame = {
  readonly bytes: Buffer;
  readonly isData: boolean;
  readonly maskAt: number;
  readonly payloadAt: number;
};

function firstFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first, second] = [bytes[0]!, bytes[1]!];
  const short = second & 0x7f;
  const maskAt = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < maskAt) return undefined;
  const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const payloadAt = maskAt + (second & 0x80 ? 4 : 0);
  if (bytes.length < payloadAt + size) return undefined;
  return { bytes: bytes.subarray(0, payloadAt + size), isData: (first & 0x0f) < 8, maskAt, payloadAt };
}

/** A whole frame with half of what it said, at most 64 KiB: the other end must find out by itself. */
function truncated({ bytes, maskAt, payloadAt }: Frame): Buffer {
  const size = Math.min(Math.floor((bytes.length - payloadAt) / 2), 0xffff);
  const isMasked = bytes[1]! & 0x80;
  const head = Buffer.alloc(size < 126 ? 2 : 4);
  head[0] = bytes[0]!;
  head[1] = isMasked | (size < 126 ? size : 126);
  if (size >= 126) head.writeUInt16BE(size, 2);
  return Buffer.concat([head, bytes.subarray(maskAt, payloadAt + size)]);
}
