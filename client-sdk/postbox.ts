import type { Ack, ConversationCommand } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import type { TabNote, Tabs } from "./leader-tab.ts";
import { outboxTtlMs, type NewRow, type Outbox, type OutboxRow } from "./outbox.ts";
import { PendingRows } from "./pending-rows.ts";
import type { Clock } from "./world.ts";

export type PostboxListener = {
  readonly changed: (conversation: string) => void;
  /** There may be something to send. */
  readonly filled: (conversation: string) => void;
  readonly acked: (clientId: string, ack: Ack) => void;
  readonly refused: (clientId: string, code: RefusalCode) => void;
  readonly opened: (key: string, conversationId: string) => void;
  /** Another tab has signed out. */
  readonly signedOut: () => void;
};

/** The outbox, what this tab knows of it without waiting, and the other tabs, in step with each other. */
export class Postbox {
  readonly pending: PendingRows;
  /** Not everything is kept on the device. */
  isVolatile: boolean;
  /** Rows that were too old to be sent, and are gone. */
  expired = 0;
  readonly #outbox: Outbox;
  readonly #tabs: Tabs;
  readonly #on: PostboxListener;
  #volatileRows = 0;
  /** The highest order we know of. */
  #newest = 0;

  constructor(outbox: Outbox, tabs: Tabs, on: PostboxListener) {
    this.#outbox = outbox;
    this.#tabs = tabs;
    this.#on = on;
    this.isVolatile = !outbox.isPersistent;
    this.pending = new PendingRows(on.changed);
  }

  async open(clock: Clock): Promise<void> {
    this.expired = await this.#outbox.expire(clock.now() - outboxTtlMs).catch(() => 0); // unreadable: so is what follows
    this.#tabs.hear((note) => this.#hear(note));
    await this.#read();
    // The page that wrote them may have gone between keeping and telling.
    for (const conversation of this.pending.conversations) this.#tabs.tell({ rows: conversation });
  }

  /** Calls when this tab is the one that sends. */
  lead(begin: () => void): void {
    this.#tabs.lead(() => {
      begin();
      void this.#read(); // the tab that led before may have closed between keeping and telling
    });
  }

  async keep(row: NewRow): Promise<void> {
    try {
      const kept = await this.#outbox.add(row);
      // Another tab has written before us and its word is still on its way: what it wrote is sent first.
      if (kept.order > this.#newest + 1) await this.#read(row.conversation);
      this.#newest = Math.max(this.#newest, kept.order);
      this.pending.add(kept, true);
      this.#tabs.tell({ rows: row.conversation });
    } catch {
      // The device is full, or its storage was taken away. It is sent from this tab, and the person is told.
      this.isVolatile = true;
      this.#volatileRows += 1;
      this.pending.add({ ...row, order: Number.MAX_SAFE_INTEGER / 2 + this.#volatileRows, parked: null }, false);
    }
  }

  async requeue(clientId: string): Promise<void> {
    this.pending.change(clientId, { parked: null, problem: null, late: false });
    await tidied(this.#outbox.unpark(clientId));
    this.#tellRows(this.pending.find(clientId)?.row);
  }

  /** It is in the log, or given up. */
  async remove(clientId: string): Promise<void> {
    const row = this.pending.find(clientId)?.row;
    this.pending.settle(clientId);
    await tidied(this.#outbox.remove(clientId));
    this.#tellRows(row);
  }

  /** The bubble stands for it until its event comes; `isShown` is false where nobody looks. */
  acked(clientId: string, ack: Ack, isShown: boolean): void {
    if (isShown) this.pending.change(clientId, saved(ack));
    else this.pending.settle(clientId);
    void tidied(this.#outbox.remove(clientId));
    this.#tabs.tell({ acked: clientId, ack });
  }

  refused(clientId: string, code: RefusalCode): void {
    const command = this.pending.find(clientId)?.row.command;
    this.#park(clientId, code);
    void tidied(command && isTurn(command) ? this.#outbox.remove(clientId) : this.#outbox.park(clientId, code));
    this.#tabs.tell({ refused: clientId, code });
  }

  async opened(key: string, conversationId: string): Promise<void> {
    await this.#outbox.rename(key, conversationId);
    this.#tabs.tell({ opened: key, as: conversationId });
    this.pending.rename(key, conversationId);
  }

  /** Nothing is left on the device, and the other tabs are told to forget it. */
  async destroy(): Promise<void> {
    this.#tabs.tell({ signedOut: true });
    this.#tabs.close();
    await this.#outbox.destroy();
  }

  close(): void {
    this.#tabs.close();
    this.#outbox.close();
  }

  /** Nothing was written with a turn (join, close …) that could be lost; whoever asked has the answer. */
  #park(clientId: string, code: RefusalCode): void {
    const known = this.pending.find(clientId);
    if (known && isTurn(known.row.command)) this.pending.settle(clientId);
    else this.pending.change(clientId, { parked: code, problem: null });
  }

  #tellRows(row: OutboxRow | undefined): void {
    if (row) this.#tabs.tell({ rows: row.conversation });
  }

  #hear(note: TabNote): void {
    if ("rows" in note) void this.#read(note.rows);
    else if ("acked" in note) this.#on.acked(note.acked, note.ack);
    else if ("refused" in note) {
      this.#on.refused(note.refused, note.code);
      this.#park(note.refused, note.code);
    } else if ("opened" in note) {
      this.pending.rename(note.opened, note.as);
      this.#on.opened(note.opened, note.as);
    } else this.#on.signedOut();
  }

  async #read(conversation?: string): Promise<void> {
    const known = this.pending.keys(conversation);
    const rows = await this.#outbox.rows(conversation).catch(() => undefined);
    if (!rows) return;
    this.#newest = Math.max(this.#newest, ...rows.map(({ order }) => order));
    this.pending.sync(rows, known);
    // The tab that had it may be gone before it could clear up.
    for (const { command } of rows)
      if (this.pending.isSettled(command.clientId)) void tidied(this.#outbox.remove(command.clientId));
    for (const one of new Set(rows.map((row) => row.conversation))) this.#on.filled(one);
  }
}

/** However it stood before: another tab may have parked it, and an older request of ours got through. */
export const saved = (ack: Ack) => ({ ack, problem: null, parked: null });

/** Clearing up after the fact. When it fails, the row is sent once more after a reload, and its key makes that harmless. */
const tidied = (work: Promise<void>): Promise<void> => work.catch(() => undefined);

const isTurn = ({ type }: ConversationCommand): boolean => type.startsWith("conversation.");
