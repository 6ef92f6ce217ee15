import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectSecure } from "node:tls";
import type { Logger } from "pino";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { Whereabouts } from "#rooms/cluster/whereabouts.ts";
import { isKnownPage } from "#rooms/door/before-upgrade.ts";
import { described } from "../logger.ts";
import { addressKey } from "../throttles.ts";
import { clientAddress } from "./client-address.ts";
import { originOf } from "./from-nodes.ts";
import type { NodeLines } from "./node-line.ts";
import { type NodeSeal, sealHeader } from "./node-seal.ts";
import { doubt, type Patience, usualPatience } from "./patience.ts";
import { Pipe } from "./pipe.ts";

export type SocketPipesParts = {
  readonly whereabouts: Whereabouts;
  readonly seal: NodeSeal;
  readonly lines: Pick<NodeLines, "isAwake">;
  readonly nodeId: string;
  readonly trustedProxies: number;
  readonly perAddressMax: number;
  readonly log: Logger;
  readonly patience?: Patience;
  /** As the rooms' own door has it. */
  readonly isAllowedOrigin: (origin: string) => boolean;
};

/** `/{node}/{room}?sessionId={ticket}`, as the Colyseus SDK asks. */
const seatPath = /^\/(?<node>[\w-]{1,64})\/(?<room>[\w-]{1,100})(?:\?|$)/;
const refusals = { 403: "Forbidden", 404: "Not Found", 421: "Misdirected Request", 429: "Too Many Requests" } as const;

/** Sockets whose room is on another node: piped there as they came, and closed with whichever end closes first. */
export class SocketPipes {
  readonly #parts: SocketPipesParts;
  readonly #pipes = new Map<Pipe, string>();
  readonly #verdicts = new WeakMap<IncomingMessage, "here" | "elsewhere" | "false">();

  constructor(parts: SocketPipesParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#pipes.size;
  }

  /** Whether our own rooms are to take this upgrade. */
  isHere(request: IncomingMessage): boolean {
    const verdict = this.#verdicts.get(request) ?? this.#judge(request);
    this.#verdicts.set(request, verdict);
    return verdict === "here";
  }

  /** For the server's `upgrade`: takes what our own rooms leave. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isHere(request)) return;
    socket.on("error", () => socket.destroy());
    if (this.#verdicts.get(request) === "false") return this.#refuse(socket, 421, "bad_node_seal");
    this.#passOn(request, socket as Socket, head).catch((failure: unknown) => {
      socket.destroy();
      if (failure instanceof Unavailable) return;
      this.#parts.log.error({ event: "fault", where: "forwarding.upgrade", ...described(failure) });
    });
  }

  /** Ends what is piped, spread over this long, so that not everybody comes back at once. */
  async close(withinMs: number): Promise<void> {
    const pipes = [...this.#pipes.keys()];
    const closed = pipes.map((pipe) => pipe.closed);
    pipes.forEach((pipe, index) => setTimeout(() => pipe.cut(), (index / pipes.length) * withinMs));
    await Promise.all(closed);
  }

  #judge(request: IncomingMessage): "here" | "elsewhere" | "false" {
    const url = request.url ?? "";
    const origin = originOf(request, url, this.#parts.seal);
    if (origin === "false") return "false";
    const node = seatPath.exec(url)?.groups?.["node"];
    return origin === "node" || node === undefined || node === this.#parts.nodeId ? "here" : "elsewhere";
  }

  async #passOn(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const { node = "", room = "" } = seatPath.exec(request.url ?? "")?.groups ?? {};
    const { origin, "user-agent": userAgent } = request.headers;
    if (!isKnownPage({ origin, userAgent }, this.#parts.isAllowedOrigin))
      return this.#refuse(socket, 403, "foreign_origin");
    const ip = clientAddress(request, this.#parts.trustedProxies);
    const key = addressKey(ip);
    if ([...this.#pipes.values()].filter((one) => one === key).length >= this.#parts.perAddressMax)
      return this.#refuse(socket, 429, "too_many_sockets");
    const address = await this.#parts.whereabouts.addressOf(node);
    if (address === undefined) return this.#refuse(socket, 404, "unknown_node");
    const owner = dial(address);
    const pipe = new Pipe(socket, owner);
    this.#pipes.set(pipe, key);
    void pipe.closed.then(() => this.#pipes.delete(pipe));
    this.#watch(pipe, { node, room, address });
    pipe.start(this.#sayAgain(request, node, ip), head);
  }

  /** A node that does not answer the handshake is left, and the client asks for another seat. */
  #watch(pipe: Pipe, { node, room, address }: { node: string; room: string; address: string }): void {
    const { lines, patience = usualPatience, whereabouts, log } = this.#parts;
    const gone = (code: string) => {
      log.warn({ event: "suspect", node, code });
      whereabouts.suspect(node, room).catch((failure: unknown) => {
        if (!(failure instanceof Unavailable)) log.error({ event: "fault", where: "suspect", ...described(failure) });
      });
      pipe.cut();
    };
    const isAwake = () => lines.isAwake(address);
    const calm = doubt(patience, 0, { isAwake, gone: () => gone("silent"), slow: () => pipe.cut() });
    void pipe.answered.then((answer) => {
      calm();
      if (answer === "broken" || answer === 421) gone(String(answer));
    });
  }

  /** The request as it came, line by line, under our seal. */
  #sayAgain({ method = "GET", url = "/", rawHeaders }: IncomingMessage, to: string, ip: string): string {
    const lines = [`${method} ${url} HTTP/1.1`];
    for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    lines.push(`${sealHeader}: ${this.#parts.seal.seal(to, ip, { method, url })}`, "", "");
    return lines.join("\r\n");
  }

  #refuse(socket: Duplex, status: keyof typeof refusals, reason: string): void {
    this.#parts.log.info({ event: "closed", reason });
    socket.end(`HTTP/1.1 ${status} ${refusals[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  }
}

function dial(address: string): Socket {
  const { protocol, hostname, port } = new URL(address);
  const host = hostname.replaceAll(/[[\]]/g, "");
  if (protocol === "https:")
    return connectSecure({
      ...{ host, port: Number(port || 443), allowHalfOpen: true },
      ...(isIP(host) === 0 && { servername: host }),
    });
  return connectPlain({ host, port: Number(port || 80), allowHalfOpen: true });
}
