import { Unavailable } from "#core/ports/conversation-log.ts";
import type { FeedRow, WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { Counts, ListChanged, Listed, View } from "#protocol/workspace.ts";
import type { Clock } from "../node/clock.ts";
import type { Inboxes, Switchboard } from "../node/switchboard.ts";
import { Board } from "./board.ts";
import { FeedFollower } from "./feed-follower.ts";
import { ListView } from "./list-view.ts";
import { Reader } from "./reader.ts";

const tellMs = 20;
const countsMs = 1000;
const recountMs = 200;

/** One tab of one agent. */
export interface Tab {
  readonly userId: string;
  listChanged(changed: ListChanged): void;
  counts(counts: Counts): void;
}

export type DeskWorld = {
  readonly orgId: string;
  readonly feed: WorkspaceFeed;
  readonly switchboard: Switchboard;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
};

type Open = { list: ListView | undefined; toldCounts: string };

/** The live inbox of one organisation on this node: rows in memory, and every tab told what changes in its window. */
export class WorkspaceDesk implements Inboxes {
  readonly #world: DeskWorld;
  readonly #board = new Board();
  readonly #follower: FeedFollower;
  readonly #tabs = new Map<Tab, Open>();
  readonly #readers = new Map<string, Promise<Reader>>();
  readonly #known = new Map<string, Reader>();
  readonly #due = new Map<string, () => void>();
  #started: Promise<void> | undefined;

  constructor(world: DeskWorld) {
    this.#world = world;
    const { orgId, feed, clock, onFault } = world;
    this.#follower = new FeedFollower({ orgId, feed, clock, onFault, onRows: (rows) => this.#take(rows) });
  }

  /** Loads the rows with the first tab, and what its agent has read. Throws `Unavailable`. */
  async enter(tab: Tab): Promise<void> {
    this.#started ??= this.#start();
    await this.#started;
    this.#known.set(tab.userId, await this.#readerOf(tab.userId)); // again: their other tab may have left meanwhile
    this.#tabs.set(tab, { list: undefined, toldCounts: "" });
  }

  leave(tab: Tab): void {
    this.#tabs.delete(tab);
    if ([...this.#tabs.keys()].some(({ userId }) => userId === tab.userId)) return;
    this.#readers.delete(tab.userId);
    this.#known.delete(tab.userId);
  }

  show(tab: Tab, window: { view: View; limit: number }): Listed | undefined {
    const [open, reader] = [this.#tabs.get(tab), this.#known.get(tab.userId)];
    if (!open || !reader) return undefined;
    open.list = new ListView(window, this.#board, (id) => this.#world.switchboard.presenceOf(this.#world.orgId, id));
    const listed = open.list.listed(reader);
    open.toldCounts = JSON.stringify(listed.counts);
    return listed;
  }

  changed(): void {
    this.#follower.hint();
  }

  presence(): void {
    this.#soon("lists", tellMs, () => this.#tellLists());
  }

  read(conversationId: string, personId: string, upTo: number): void {
    const reader = this.#known.get(personId);
    if (!reader) return;
    if (!reader.read(conversationId, upTo, this.#board.row(conversationId))) this.#recount(reader);
    this.#soon("lists", tellMs, () => this.#tellLists());
    this.#soon("counts", countsMs, () => this.#tellCounts());
  }

  stop(): void {
    this.#world.switchboard.hangUp(this.#world.orgId, this);
    this.#follower.stop();
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
  }

  async #start(): Promise<void> {
    try {
      const { rows, closedTotal } = await this.#follower.start();
      this.#board.load(rows, closedTotal);
      this.#world.switchboard.listen(this.#world.orgId, this);
    } catch (error) {
      this.#started = undefined; // the next who comes tries again
      throw error;
    }
  }

  #readerOf(userId: string): Promise<Reader> {
    const reader = this.#readers.get(userId) ?? this.#newReader(userId);
    this.#readers.set(userId, reader);
    return reader;
  }

  async #newReader(userId: string): Promise<Reader> {
    try {
      return new Reader(userId, await this.#world.feed.readCounts(this.#world.orgId, userId));
    } catch (error) {
      this.#readers.delete(userId);
      throw error;
    }
  }

  #take(rows: readonly FeedRow[]): void {
    let isTotalKnown = true;
    for (const row of rows) {
      const { before, isNews, isCounted } = this.#board.put(row);
      isTotalKnown &&= isCounted;
      if (!isNews) continue;
      for (const reader of this.#known.values()) if (!reader.changed(row, before)) this.#recount(reader);
    }
    if (rows.length === 0) return;
    this.#tellLists();
    this.#soon("counts", countsMs, () => this.#tellCounts());
    if (!isTotalKnown) this.#soon("closed", countsMs, () => void this.#try(() => this.#recountClosed()));
  }

  /** A part of a row was read: only the feed knows how many of the customer's messages that is. */
  #recount(reader: Reader): void {
    this.#soon(
      `reads ${reader.userId}`,
      recountMs,
      () =>
        void this.#try(async () => {
          reader.refresh(await this.#world.feed.readCounts(this.#world.orgId, reader.userId));
          this.#tellLists();
          this.#soon("counts", countsMs, () => this.#tellCounts());
        }),
    );
  }

  async #recountClosed(): Promise<void> {
    const { closedTotal } = await this.#world.feed.load(this.#world.orgId, 0);
    this.#board.load([], closedTotal);
    this.#tellLists();
    this.#tellCounts();
  }

  #tellLists(): void {
    for (const [tab, { list }] of this.#tabs) {
      const reader = this.#known.get(tab.userId);
      const changes = reader && list?.changes(reader);
      if (changes) tab.listChanged(changes);
    }
  }

  #tellCounts(): void {
    const counted = new Map<string, Counts>();
    for (const [tab, open] of this.#tabs) {
      const reader = this.#known.get(tab.userId);
      if (!reader || !open.list) continue;
      const counts = counted.get(tab.userId) ?? reader.countsOf(this.#board);
      counted.set(tab.userId, counts);
      const text = JSON.stringify(counts);
      if (text === open.toldCounts) continue;
      open.toldCounts = text;
      tab.counts(counts);
    }
  }

  /** Once for all that asks for it until then. */
  #soon(what: string, ms: number, call: () => void): void {
    if (this.#due.has(what)) return;
    const cancel = this.#world.clock.after(ms, () => {
      this.#due.delete(what);
      call();
    });
    this.#due.set(what, cancel);
  }

  async #try(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof Unavailable)) this.#world.onFault(error);
    }
  }
}
