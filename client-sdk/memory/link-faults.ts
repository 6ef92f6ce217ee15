import type { Dialer, Link, LinkListener } from "../link.ts";
import type { World } from "../world.ts";

/** What a bad line does, each as a probability. */
export type LinkFaults = {
  /** Something told never arrives. */
  readonly drop: number;
  /** It arrives twice. */
  readonly double: number;
  /** It takes up to `delayMs`, so that what was said later may arrive before. */
  readonly delay: number;
  readonly delayMs: number;
  /** A request does not arrive, or its answer does not. */
  readonly lose: number;
  /** The line breaks with a request. */
  readonly cut: number;
};

export const noFaults: LinkFaults = { drop: 0, double: 0, delay: 0, delayMs: 0, lose: 0, cut: 0 };

/** The same way, over a line with faults. @param faults asked each time, so that a test can heal the line */
export function faultyDialer(dialer: Dialer, faults: () => LinkFaults, world: Pick<World, "clock" | "chance">): Dialer {
  const line = new FaultyLine(faults, world);
  return {
    owner: () => dialer.owner(),
    async dial(listener, isHurried) {
      const link = await dialer.dial(line.listener(listener), isHurried);
      return "request" in link ? line.link(link, listener) : link;
    },
  };
}

class FaultyLine {
  readonly #faults: () => LinkFaults;
  readonly #world: Pick<World, "clock" | "chance">;

  constructor(faults: () => LinkFaults, world: Pick<World, "clock" | "chance">) {
    this.#faults = faults;
    this.#world = world;
  }

  listener(listener: LinkListener): LinkListener {
    return {
      header: (header) => listener.header(header),
      closed: (code) => listener.closed(code),
      told: (type, payload) => {
        if (this.#happens("drop")) return;
        this.#arrive(() => listener.told(type, payload));
        if (this.#happens("double")) this.#arrive(() => listener.told(type, payload));
      },
    };
  }

  link(link: Link, listener: LinkListener): Link {
    return {
      kind: link.kind,
      owner: link.owner,
      close: () => link.close(),
      signal: (type, payload) => {
        if (!this.#happens("lose")) link.signal(type, payload);
      },
      request: (type, payload) => this.#request(link, listener, type, payload),
    };
  }

  async #request(link: Link, listener: LinkListener, type: string, payload: unknown): Promise<unknown> {
    if (this.#happens("lose")) return undefined;
    const answer = await link.request(type, payload);
    if (this.#happens("cut")) {
      link.close();
      listener.closed(1006);
      return undefined;
    }
    return this.#happens("lose") ? undefined : answer;
  }

  #arrive(call: () => void): void {
    if (this.#happens("delay")) this.#world.clock.after(this.#world.chance() * this.#faults().delayMs, call);
    else call();
  }

  #happens(fault: Exclude<keyof LinkFaults, "delayMs">): boolean {
    return this.#world.chance() < this.#faults()[fault];
  }
}
