import * as http from "node:http";
import * as https from "node:https";
import type { Whereabouts } from "#rooms/cluster/whereabouts.ts";
import { doubt, type Patience, usualPatience } from "./patience.ts";

/** Another node, as `Whereabouts` names it. */
export type Elsewhere = Exclude<Awaited<ReturnType<Whereabouts["of"]>>, { readonly here: true }>;

export type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: Uint8Array | undefined;
  /** How long the answer may be held back on purpose. */
  readonly heldMs: number;
};

/** The node is not there: dead, frozen, cut off, or another process by now. Nothing was answered. */
export class NodeGone extends Error {
  override readonly name = "NodeGone";
}

/** It did not answer, and that says nothing about it. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const wakeful = { method: "GET", path: "/livez" };

/** The lines to the other nodes, kept open between requests. */
export class NodeLines {
  readonly #patience: Patience;
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true, maxFreeSockets: 64 }),
    "https:": new https.Agent({ keepAlive: true, maxFreeSockets: 64 }),
  };

  constructor(patience: Patience = usualPatience) {
    this.#patience = patience;
  }

  /** The head of its answer; the body is the caller's to read. Rejects with `NodeGone` or `NoAnswer`. */
  async ask(node: Elsewhere, asked: Asked, signal: AbortSignal): Promise<http.IncomingMessage> {
    try {
      return await this.#try(node, asked, signal, true);
    } catch (failure) {
      if (!(failure instanceof Stale)) throw failure;
      return this.#try(node, asked, signal, false);
    }
  }

  /** Settles when the node's event loop turns. */
  isAwake(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const { request, target } = this.#way(address);
      const asking = request({ ...target, ...wakeful, agent: false, timeout: this.#patience.slowMs }, (answer) => {
        answer.resume();
        resolve();
      });
      asking.once("timeout", () => asking.destroy(new NoAnswer()));
      asking.once("error", reject);
      asking.end();
    });
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  #try(node: Elsewhere, asked: Asked, signal: AbortSignal, mayReuse: boolean): Promise<http.IncomingMessage> {
    const { method, url: path, headers, body, heldMs } = asked;
    const { request, target, agent } = this.#way(node.address);
    return new Promise((resolve, reject) => {
      const asking = request({ ...target, method, path, headers, signal, agent: mayReuse && agent });
      const calm = doubt(this.#patience, heldMs, {
        isAwake: () => this.isAwake(node.address),
        gone: () => asking.destroy(new NodeGone("silent")),
        slow: () => asking.destroy(new NoAnswer("slow")),
      });
      asking.on("error", (failure) => {
        calm();
        reject(asking.reusedSocket && isCut(failure) ? new Stale() : meaning(failure));
      });
      asking.once("response", (answer) => {
        calm();
        resolve(answer);
      });
      asking.end(body);
    });
  }

  #way(address: string) {
    const { protocol, hostname, port } = new URL(address);
    const target = { hostname: hostname.replaceAll(/[[\]]/g, ""), port };
    return protocol === "https:"
      ? { request: https.request, agent: this.#agents["https:"], target }
      : { request: http.request, agent: this.#agents["http:"], target };
  }
}

/** A kept line whose other end had closed it before we asked: that is the way of kept lines. */
class Stale extends Error {}

const isCut = (failure: NodeJS.ErrnoException) => failure.code === "ECONNRESET" || failure.code === "EPIPE";

// What this process lacks says nothing about the other one.
const ownLack = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL", "ABORT_ERR"]);

/** Any other failure on the way to a node means that it cannot be reached. */
export function meaning(failure: NodeJS.ErrnoException): NodeGone | NoAnswer {
  if (failure instanceof NodeGone || failure instanceof NoAnswer) return failure;
  const code = failure.code ?? failure.name;
  return ownLack.has(code) ? new NoAnswer(code) : new NodeGone(code);
}
