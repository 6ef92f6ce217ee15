import type { Socket } from "node:net";

/** How long one end may outlive the other when that has closed in an orderly way. */
const farewellMs = 2000;
const keepAliveMs = 10_000;

/**
 * Two sockets joined, with nothing of their traffic held here: a reader that is slow makes the writer wait. What ends on
 * one side ends on the other, in the same way.
 */
export class Pipe {
  /** The owner's status, once it has said something; "broken" when it went without a word. */
  readonly answered: Promise<number | "broken" | "left">;
  /** Both are gone. */
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #owner: Socket;
  #answer: (answer: number | "broken" | "left") => void = () => undefined;

  constructor(client: Socket, owner: Socket) {
    this.#client = client;
    this.#owner = owner;
    this.answered = new Promise((resolve) => (this.#answer = resolve));
    this.closed = Promise.all([gone(client), gone(owner)]).then(() => undefined);
  }

  /** @param request what is said to the owner first, and `head` what the client has said after it */
  start(request: string, head: Buffer): void {
    const [client, owner] = [this.#client, this.#owner];
    for (const [one, other] of [
      [client, owner],
      [owner, client],
    ] as const) {
      one.setTimeout(0);
      one.setNoDelay(true);
      one.setKeepAlive(true, keepAliveMs);
      const word = one === client ? "left" : "broken";
      one.on("error", () => {
        this.#answer(word);
        other.destroy();
      });
      one.once("end", () => setTimeout(() => this.cut(), farewellMs).unref());
      one.once("close", () => this.#lost(word, other));
    }
    owner.write(request);
    if (head.length > 0) owner.write(head);
    client.pipe(owner);
    owner.once("data", (first: Buffer) => {
      this.#answer(statusOf(first));
      client.write(first);
      owner.pipe(client);
    });
    if (client.destroyed) this.#lost("left", owner); // while the address was looked up
  }

  cut(): void {
    this.#answer("left");
    this.#client.destroy();
    this.#owner.destroy();
  }

  #lost(answer: "broken" | "left", other: Socket): void {
    this.#answer(answer);
    // What was said last may still be on its way to a slow reader; `farewellMs` bounds that.
    if (!other.writableEnded || other.writableFinished) other.destroy();
  }
}

const gone = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once("close", () => resolve());
  });

const statusOf = (first: Buffer): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(first.toString("latin1"))?.[1] ?? 0);
