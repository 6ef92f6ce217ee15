import type { Dice } from "./dice.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SimNode } from "./sim-node.ts";

const suspectedForMs = 5000;

/** Who is believed to have a conversation's room: hints only, late and sometimes wrong, as Redis' are. */
export class Locator {
  nodes: SimNode[] = [];
  readonly #scheduler: Scheduler;
  readonly #dice: Dice;
  readonly #stray: () => number;
  readonly #listing = new Map<string, SimNode>();
  readonly #suspects = new Map<SimNode, number>();

  constructor(scheduler: Scheduler, dice: Dice, stray: () => number) {
    this.#scheduler = scheduler;
    this.#dice = dice;
    this.#stray = stray;
  }

  /** `undefined`: there is no node to be found. */
  of(conversationId: string): SimNode | undefined {
    const listed = this.#listing.get(conversationId);
    if (listed && this.#believes(listed) && !this.#dice.happens(this.#stray())) return listed;
    const able = this.nodes.filter((node) => this.#believes(node));
    const chosen = able.length > 0 ? this.#dice.pick(able) : undefined;
    if (chosen) this.#listing.set(conversationId, chosen);
    return chosen;
  }

  /** It did not answer in time. */
  suspect(node: SimNode): void {
    this.#suspects.set(node, this.#scheduler.now + suspectedForMs);
    for (const [id, listed] of this.#listing) if (listed === node) this.#listing.delete(id);
  }

  /** Redis came back empty. */
  forget(): void {
    this.#listing.clear();
  }

  #believes(node: SimNode): boolean {
    return node.mayOpen && (this.#suspects.get(node) ?? 0) <= this.#scheduler.now;
  }
}
