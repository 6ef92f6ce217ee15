import { existsSync } from "node:fs";
import { fileOutbox } from "#client-sdk/file-outbox-node.ts";
import type { Cancel } from "#client-sdk/world.ts";
import type { TabNote, Tabs } from "#client-sdk/leader-tab.ts";
import type { Outbox, OutboxRow } from "#client-sdk/outbox.ts";
import { textHash } from "../../history/lines.ts";
import type { Notes } from "./notes.ts";

/** The outbox of one device in a file, for all its tabs: opened by the first, closed by the last, read anew by the next. */
export class SharedOutbox {
  readonly #path: string;
  readonly #tabs = new Set<Tab>();
  #outbox: Outbox | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** One tab's view of it, with everything noted that is written. */
  enter(notes: Notes): { outbox: Outbox; tabs: Tabs } {
    const kept = (this.#outbox ??= fileOutbox(this.#path));
    const tab = new Tab(this.#tabs);
    this.#tabs.add(tab);
    return { outbox: noted(kept, notes, () => this.#leave(tab)), tabs: tab };
  }

  rows(): Promise<readonly OutboxRow[]> {
    return this.#outbox?.rows() ?? Promise.resolve([]);
  }

  /** What is in the file, before anybody has opened it. */
  async keptRows(): Promise<readonly OutboxRow[]> {
    if (!existsSync(this.#path)) return [];
    const kept = fileOutbox(this.#path);
    const rows = await kept.rows();
    kept.close();
    return rows;
  }

  #leave(tab: Tab): void {
    tab.close();
    if (this.#tabs.size > 0) return;
    this.#outbox?.close();
    this.#outbox = undefined;
  }
}

function noted(outbox: Outbox, notes: Notes, leave: () => void): Outbox {
  return {
    isPersistent: outbox.isPersistent,
    async add(row) {
      const added = await outbox.add(row);
      noteInvoke(notes, added);
      return added;
    },
    rows: (conversation) => outbox.rows(conversation),
    async park(key, code) {
      await outbox.park(key, code);
      const row = (await outbox.rows()).find(({ command }) => command.clientId === key);
      if (row) notes.note({ what: "fail", conversation: row.conversation, key, code });
    },
    unpark: (key) => outbox.unpark(key),
    remove: (key) => outbox.remove(key),
    async rename(from, to) {
      await outbox.rename(from, to);
      notes.renamed(from, to);
    },
    expire: (before) => outbox.expire(before),
    destroy: () => outbox.destroy(),
    close: leave,
  };
}

/** It is on the disk of the device from here on. */
export function noteInvoke(notes: Notes, { conversation, command }: OutboxRow): void {
  const { type, clientId: key } = command;
  const hash = "body" in command ? textHash(command.body) : null;
  const target = "messageId" in command ? { target: { id: command.messageId, version: command.version } } : {};
  notes.note({ what: "invoke", conversation, key, type, hash, ...target });
}

/** Tabs of one browser: the first that asks sends, and when it closes the next does. */
class Tab implements Tabs {
  readonly #all: Set<Tab>;
  readonly #listeners = new Set<(note: TabNote) => void>();
  #begin: (() => void) | undefined;
  #leads = false;

  constructor(all: Set<Tab>) {
    this.#all = all;
  }

  lead(begin: () => void): void {
    this.#begin = begin;
    this.#elect();
  }

  tell(note: TabNote): void {
    for (const tab of this.#all)
      if (tab !== this) queueMicrotask(() => tab.#listeners.forEach((listener) => listener(note)));
  }

  hear(listener: (note: TabNote) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#all.delete(this);
    this.#listeners.clear();
    this.#leads = false;
    this.#elect();
  }

  #start(): void {
    this.#leads = true;
    this.#begin?.();
  }

  #elect(): void {
    const waiting = [...this.#all];
    if (waiting.some((tab) => tab.#leads)) return;
    const next = waiting.find((tab) => tab.#begin);
    if (next) next.#start();
  }
}
