import type { FeedRow } from "#core/ports/workspace-feed.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { Counts, ListWindow, Row, View } from "#protocol/workspace.ts";
import { wire, type Dialer, type LinkListener } from "../link.ts";
import type { Cancel } from "../world.ts";
import { limits } from "#protocol/limits.ts";
import type { MemoryHouse } from "./memory-house.ts";

/** The inbox of one agent in memory: looks at everything again whenever something has changed. */
export function memoryWorkspaceDialer(house: MemoryHouse, user: () => StaffUser | undefined): Dialer {
  return {
    async dial(listener) {
      const now = user();
      if (!now) return { refused: "not_signed_in" };
      const watch = new Watch(house, now, listener);
      return {
        kind: "memory",
        owner: "memory",
        request: (_type, payload) => watch.look(payload as ListWindow),
        signal: () => undefined,
        close: () => watch.stop(),
      };
    },
    owner: async () => "memory",
  };
}

const isIn: Readonly<Record<View, (row: Row, userId: string) => boolean>> = {
  new: (row) => row.status === "open" && row.joined.length === 0,
  mine: (row, userId) => row.status === "open" && row.joined.some(({ id }) => id === userId),
  all: (row) => row.status === "open",
  closed: (row) => row.status === "closed",
};
const views = Object.keys(isIn) as readonly View[];

class Watch {
  readonly #house: MemoryHouse;
  readonly #user: StaffUser;
  readonly #listener: LinkListener;
  readonly #unwatch: Cancel;
  #window: { readonly view: View; readonly limit: number } | undefined;
  #shown: readonly Row[] = [];
  #cancelPing: Cancel | undefined;

  constructor(house: MemoryHouse, user: StaffUser, listener: LinkListener) {
    this.#house = house;
    this.#user = user;
    this.#listener = listener;
    this.#unwatch = house.watch(() => void this.#tell());
    this.#ping();
  }

  async look({ view, limit = 100 }: ListWindow): Promise<unknown> {
    this.#window = { view, limit };
    const { shown, total, counts } = await this.#see(view, limit);
    this.#shown = shown;
    return { ok: true, view, rows: shown, total, counts };
  }

  stop(): void {
    this.#unwatch();
    this.#cancelPing?.();
  }

  async #tell(): Promise<void> {
    if (!this.#window) return;
    const { view, limit } = this.#window;
    const before = new Map(this.#shown.map((row) => [row.id, JSON.stringify(row)]));
    const { shown, total, counts } = await this.#see(view, limit);
    const upserted = shown.filter((row) => before.get(row.id) !== JSON.stringify(row));
    const removed = [...before.keys()].filter((id) => !shown.some((row) => row.id === id));
    this.#shown = shown;
    if (upserted.length + removed.length > 0) this.#listener.told(wire.listChanged, { view, upserted, removed, total });
    this.#listener.told(wire.counts, counts);
  }

  async #see(view: View, limit: number) {
    const { feed, orgId } = this.#house;
    const { rows } = await feed.load(orgId, 1000);
    const reads = await feed.readCounts(orgId, this.#user.id);
    const all = rows.map((row) => this.#row(row, reads.get(row.id) ?? 0)).sort((a, b) => b.lastAt - a.lastAt);
    const inView = (one: View) => all.filter((row) => isIn[one](row, this.#user.id));
    const unread = (one: View) => inView(one).filter((row) => row.unread > 0).length;
    const counted = Object.fromEntries(views.map((one) => [one, inView(one).length])) as Record<View, number>;
    const counts: Counts = { ...counted, unreadMine: unread("mine"), unreadNew: unread("new") };
    const shown = inView(view);
    return { shown: shown.slice(0, limit), total: shown.length, counts };
  }

  #row({ customerMessages, changed: _changed, ...row }: FeedRow, read: number): Row {
    const author = this.#house.desk.conversations.get(row.id)?.customerAuthor ?? "";
    const customer = { ...row.customer, online: this.#house.isHere(author) };
    return { ...row, customer, unread: customerMessages - read, customerTyping: false };
  }

  #ping(): void {
    this.#cancelPing = this.#house.world.clock.after(limits.pingEveryMs, () => {
      this.#listener.told(wire.ping, { head: 0 });
      this.#ping();
    });
  }
}
