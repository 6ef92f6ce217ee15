import type { RefusalCode } from "#protocol/refusals.ts";
import type { Colleague, Counts, ListChanged, View } from "#protocol/workspace.ts";
import { isListed } from "./answers.ts";
import { InboxList } from "./inbox-list.ts";
import { LinkKeeper, type Dialers } from "./link-keeper.ts";
import { wire } from "./link.ts";
import { Standing, type Connection } from "./standing.ts";
import type { World } from "./world.ts";

export type WorkspaceFeedListener = {
  readonly changed: () => void;
  readonly ended: (code: RefusalCode) => void;
};

const againMs = 1000;

/** The live inbox: the rows of this tab's window, what there is to count, and which colleagues are here. */
export class WorkspaceFeed {
  readonly list = new InboxList();
  colleagues: readonly Colleague[] = [];
  readonly #world: World;
  readonly #on: WorkspaceFeedListener;
  readonly #keeper: LinkKeeper;
  readonly #standing: Standing;

  constructor(dialers: Dialers, world: World, on: WorkspaceFeedListener) {
    this.#world = world;
    this.#on = on;
    this.#standing = new Standing(world.clock, on.changed);
    this.#keeper = new LinkKeeper(dialers, world, {
      opened: () => void this.#ask(),
      told: (type, payload) => this.#told(type, payload),
      header: () => undefined, // this room has none
      changed: () => this.#standing.see(this.#keeper.state),
      ended: on.ended,
    });
  }

  get connection(): Connection {
    return this.#standing.connection;
  }

  start(): void {
    this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
    this.#standing.stop();
  }

  show(view: View, limit: number): void {
    if (!this.list.look(view, limit)) return;
    this.#on.changed();
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { view, limit } = this.list;
    const answer = await this.#keeper.request(wire.list, { view, limit });
    if (isListed(answer)) {
      this.list.take(answer);
      this.#on.changed();
    } else if (this.#keeper.state === "online")
      this.#world.clock.after(againMs, () => void this.#askStill(view, limit));
  }

  /** Unless something else is wanted by now. */
  async #askStill(view: View, limit: number): Promise<void> {
    if (view === this.list.view && limit === this.list.limit) await this.#ask();
  }

  #told(type: string, payload: unknown): void {
    if (type === wire.listChanged) this.list.change(payload as ListChanged);
    else if (type === wire.counts) this.list.counts = payload as Counts;
    else if (type === wire.colleagues) this.colleagues = payload as readonly Colleague[];
    else return;
    this.#on.changed();
  }
}
