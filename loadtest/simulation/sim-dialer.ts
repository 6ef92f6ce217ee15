import type { Failed } from "#client-sdk/desk-request.ts";
import type { SeenHeader } from "#client-sdk/header-of.ts";
import { noSocket, type Dialer, type Link, type LinkListener, type NoSocket } from "#client-sdk/link.ts";
import { limits } from "#protocol/limits.ts";
import type { Road } from "./road.ts";
import type { SimNode } from "./sim-node.ts";
import { SimSocket, type Word } from "./sim-socket.ts";

const joinWithinMs = 10_000;

/** A page's way to a room: a seat at the node that has it, and a socket there. */
export class SimDialer implements Dialer {
  /** The socket that is in use, as far as this page knows. */
  socket: SimSocket | undefined;
  heardAt = 0;
  readonly #road: Road;
  readonly #conversationId: string;

  constructor(road: Road, conversationId: string) {
    this.#road = road;
    this.#conversationId = conversationId;
  }

  dial(listener: LinkListener): Promise<Link | NoSocket | Failed> {
    return this.#road.within<Link | NoSocket | Failed>(joinWithinMs, noSocket, (give) =>
      this.#road.place(this.#conversationId, (node) => {
        if (!node) return give({ refused: "unavailable", retryInMs: 500 });
        return this.#join(node, listener, give);
      }),
    );
  }

  owner(): Promise<string | undefined> {
    return this.#road.within<string | undefined>(joinWithinMs, undefined, (give) =>
      this.#road.place(this.#conversationId, (node) => give(node?.id)),
    );
  }

  #join(node: SimNode, listener: LinkListener, give: (link: Link | NoSocket) => boolean): void {
    const { of, world } = this.#road;
    const socket = new SimSocket(of.process, node.process, world);
    const link = new SimLink(socket, node.id, this.#road, {
      heard: (word) => this.#hear(word, listener),
      closed: (code) => {
        this.#leave(socket);
        listener.closed(code);
      },
      left: () => this.#leave(socket),
    });
    this.#road.on(node, "lets in", async () => {
      const no = await node.room(this.#conversationId).admit(socket, of.viewer);
      if (no) this.#road.back("is not let in", () => give(noSocket));
      else this.#road.back("is in", () => (give(link) ? this.#enter(socket) : socket.closeFromPage()));
    });
  }

  #enter(socket: SimSocket): void {
    this.socket = socket;
    this.heardAt = this.#road.world.scheduler.now;
  }

  #leave(socket: SimSocket): void {
    if (this.socket === socket) this.socket = undefined;
  }

  #hear(word: Word, listener: LinkListener): void {
    const { world, of } = this.#road;
    this.heardAt = world.scheduler.now;
    if (word.kind !== "told") return;
    world.judge.spoke.reached(of.viewer.person.side, word.payload);
    if (word.type === "header") listener.header(word.payload as SeenHeader);
    else listener.told(word.type, word.payload);
  }
}

type LinkNews = { heard(word: Word): void; closed(code: number): void; left(): void };

class SimLink implements Link {
  readonly kind = "socket";
  readonly owner: string;
  readonly #socket: SimSocket;
  readonly #road: Road;
  readonly #news: LinkNews;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;
  #isOver = false;

  constructor(socket: SimSocket, owner: string, road: Road, news: LinkNews) {
    this.owner = owner;
    this.#socket = socket;
    this.#road = road;
    this.#news = news;
    socket.down.end = { hear: (word) => this.#hear(word), closed: (code) => this.#closed(code) };
  }

  request(type: string, payload: unknown): Promise<unknown> {
    const id = ++this.#asked;
    this.#road.sends(payload);
    return new Promise((resolve) => {
      const cancel = this.#road.of.process.clock.after(limits.ackWithinMs, () => this.#answered(id, undefined));
      this.#waiting.set(id, (answer) => {
        cancel();
        resolve(this.#road.hears(payload, answer));
      });
      this.#socket.up.send({ kind: "request", id, type, payload });
    });
  }

  signal(type: string, payload: unknown): void {
    this.#socket.up.send({ kind: "request", id: ++this.#asked, type, payload });
  }

  close(): void {
    this.#isOver = true;
    this.#news.left();
    this.#socket.closeFromPage();
  }

  #hear(word: Word): void {
    if (word.kind === "answer") this.#answered(word.id, word.answer);
    if (!this.#isOver) this.#news.heard(word);
  }

  #closed(code: number): void {
    for (const id of [...this.#waiting.keys()]) this.#answered(id, undefined);
    if (!this.#isOver) this.#news.closed(code);
  }

  #answered(id: number, answer: unknown): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
