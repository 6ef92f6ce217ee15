import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { UsedOnce } from "./used-once.ts";

/** The header in which a node says that it passes a request on, and for whom. */
export const sealHeader = "x-roomdesk-node";

/** What is sealed of a request. A socket's upgrade has no body. */
export type Sealed = {
  readonly method: string;
  /** Path and query as they were asked for. */
  readonly url: string;
  readonly body?: Uint8Array | undefined;
};

/** What another node vouches for. */
export type Vouched = {
  /** The client's address, as the entry saw it. */
  readonly ip: string;
  /** Whether this is the body that was passed on. */
  readonly isBody: (body: Uint8Array | undefined) => boolean;
};

const shape = /^1 (?<from>[\w-]{1,64}) (?<number>\d{1,15}) (?<ip>\S{1,80}) (?<body>[\w-]{43}) (?<mac>[\w-]{43})$/;

/**
 * Seals what this node passes on, and knows what others have sealed for it. A seal is for one process (node ids are made
 * anew at every start) and good once, by a number of the sender's: no clock is compared, because a node whose clock was
 * set must be neither deaf nor fooled.
 */
export class NodeSeal {
  readonly #key: Buffer;
  readonly #nodeId: string;
  readonly #used = new UsedOnce();
  #number = 0;

  constructor(secret: string, nodeId: string) {
    this.#key = Buffer.from(hkdfSync("sha256", secret, "", "roomdesk: from node to node", 32));
    this.#nodeId = nodeId;
  }

  /** The header's value, for the node `to` alone. */
  seal(to: string, ip: string, request: Sealed): string {
    this.#number += 1;
    const said = `1 ${this.#nodeId} ${this.#number} ${ip.replaceAll(/\s/g, "") || "unknown"} ${digest(request.body)}`;
    return `${said} ${this.#mac(to, said, request)}`;
  }

  /** Uses a seal up; `undefined` when it is not one made for this node and this request, or was used. */
  open(value: string, request: Pick<Sealed, "method" | "url">): Vouched | undefined {
    const { from, number, ip, body, mac } = shape.exec(value)?.groups ?? {};
    if (from === undefined || number === undefined || ip === undefined || body === undefined || mac === undefined)
      return undefined;
    const said = value.slice(0, -mac.length - 1);
    const isOurs = timingSafeEqual(Buffer.from(mac), Buffer.from(this.#mac(this.#nodeId, said, request)));
    if (!isOurs || !this.#used.use(from, Number(number))) return undefined;
    return { ip, isBody: (given) => digest(given) === body };
  }

  #mac(to: string, said: string, { method, url }: Pick<Sealed, "method" | "url">): string {
    return createHmac("sha256", this.#key).update([to, method, url, said].join("\n")).digest("base64url");
  }
}

const digest = (body: Uint8Array = new Uint8Array()): string => createHash("sha256").update(body).digest("base64url");
