import { Mailbox } from "#core/mailbox.ts";
import type { TabNote, Tabs } from "#client-sdk/leader-tab.ts";
import type { Keeping } from "#client-sdk/open-outbox.ts";
import type { NewRow, Outbox, OutboxRow } from "#client-sdk/outbox.ts";
import { OutboxTable } from "#client-sdk/outbox-table.ts";
import type { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";

type Tab = { readonly process: SimProcess; hear: (note: TabNote) => void };

/** A browser's storage, and its tabs. The rows stay, whoever reloads; one tab leads, and the next when it is gone. */
export class Device {
  readonly table = new OutboxTable();
  readonly author: string;
  readonly #world: SimWorld;
  #tabs: Tab[] = [];
  #line: { readonly process: SimProcess; readonly begin: () => void }[] = [];

  /** @param author who writes on it */
  constructor(author: string, world: SimWorld) {
    this.author = author;
    this.#world = world;
  }

  open(process: SimProcess): Keeping {
    process.onEnd(() => this.#left(process));
    return { outbox: this.#outbox(process), tabs: this.#tab(process) };
  }

  #outbox(process: SimProcess): Outbox {
    const { table } = this;
    const adding = new Mailbox();
    const ask = <T>(name: string, act: () => T): Promise<T> => this.#ask(process, name, act);
    return {
      isPersistent: true,
      add: (row) => adding.post(() => ask("outbox add", () => this.#add(row))), // as the outbox in a browser does
      rows: (conversation) => ask("outbox rows", () => table.rows(conversation)),
      park: (clientId, code) => ask("outbox park", () => table.park(clientId, code)),
      unpark: (clientId) => ask("outbox unpark", () => table.park(clientId, null)),
      remove: (clientId) => ask("outbox remove", () => this.#remove(clientId)),
      rename: (from, to) => ask("outbox rename", () => table.rename(from, to)),
      expire: (before) => ask("outbox expire", () => table.expire(before)),
      destroy: () => ask("outbox destroy", () => table.clear()),
      close: () => undefined,
    };
  }

  #add(row: NewRow): OutboxRow {
    const { weather, judge } = this.#world;
    if (weather.happens(weather.full)) throw new Error("The device is full");
    const added = this.table.find(row.command.clientId) ?? this.table.next(row);
    this.table.put(added);
    judge.log.pressed(this.author, added);
    return added;
  }

  #remove(clientId: string): void {
    if (this.table.find(clientId)?.parked) this.#world.judge.log.discarded(clientId);
    this.table.remove(clientId);
  }

  /** What is on its way into the storage gets there even when the page is closed meanwhile. */
  #ask<T>(process: SimProcess, name: string, act: () => T): Promise<T> {
    const { scheduler } = this.#world;
    return new Promise((resolve, reject) => {
      scheduler.later(undefined, `${process.name}'s ${name}`, 0, () => {
        let settle: () => void;
        try {
          const value = act();
          settle = () => resolve(value);
        } catch (error) {
          settle = () => reject(error instanceof Error ? error : new Error(String(error)));
        }
        scheduler.later(process, `${name} is done`, 0, settle);
      });
    });
  }

  #tab(process: SimProcess): Tabs {
    const { scheduler, weather } = this.#world;
    const tab: Tab = { process, hear: () => undefined };
    this.#tabs.push(tab);
    return {
      lead: (begin) => {
        this.#line.push({ process, begin });
        if (this.#line.length === 1) scheduler.later(process, "leads", 0, begin);
      },
      tell: (note) => {
        for (const other of this.#tabs)
          if (other !== tab) scheduler.later(other.process, "hears a tab", weather.delay(), () => other.hear(note));
      },
      hear: (listener) => {
        tab.hear = listener;
        return () => (tab.hear = () => undefined);
      },
      close: () => this.#left(process),
    };
  }

  #left(process: SimProcess): void {
    const led = this.#line[0]?.process === process;
    this.#line = this.#line.filter((one) => one.process !== process);
    this.#tabs = this.#tabs.filter((one) => one.process !== process);
    const next = this.#line[0];
    if (led && next) this.#world.scheduler.later(next.process, "leads", 0, next.begin);
  }
}
