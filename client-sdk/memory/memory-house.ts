import { byServer } from "#core/audit-entries.ts";
import { addOrganisation, memoryDesk, type MemoryDesk } from "#core/memory/memory-desk.ts";
import { MemoryConversationLog } from "#core/memory/conversation-log.ts";
import { memoryCustomers } from "#core/memory/customers.ts";
import { memorySetup } from "#core/memory/setup.ts";
import { memoryWorkspaceFeed } from "#core/memory/workspace-feed.ts";
import type { Customers } from "#core/ports/customers.ts";
import type { Setup, StaffUser } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { StaffRole } from "#protocol/people.ts";
import { systemWorld } from "../system-world.ts";
import type { World } from "../world.ts";
import { MemoryRoom } from "./memory-room.ts";

/** A whole desk in memory: what a server would be, with one organisation and one inbox. */
export class MemoryHouse {
  readonly inboxKey = "garden";
  readonly desk: MemoryDesk;
  readonly log: MemoryConversationLog;
  readonly customers: Customers;
  readonly feed: WorkspaceFeed;
  readonly world: Pick<World, "clock" | "newId">;
  readonly orgId: string;
  readonly #setup: Setup;
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #watchers = new Set<() => void>();

  constructor(world: Pick<World, "clock" | "newId"> = systemWorld(), organisation = "Garden & Co") {
    this.world = world;
    this.desk = memoryDesk({ now: () => world.clock.now(), newId: world.newId });
    this.orgId = addOrganisation(this.desk, organisation, { name: "Shop", key: this.inboxKey }).orgId;
    this.log = new MemoryConversationLog(this.desk);
    this.customers = memoryCustomers(this.desk);
    this.feed = memoryWorkspaceFeed(this.desk);
    this.#setup = memorySetup(this.desk);
  }

  /** Somebody who works here. The password is kept as it is: nobody's secret is in this desk. */
  addStaff(name: string, role: StaffRole = "agent", password = "secret"): Promise<StaffUser> {
    const email = `${name.toLowerCase()}@example.com`;
    return this.#setup.addUser({ orgId: this.orgId, email, name, role, passwordHash: password }, byServer("request"));
  }

  /** The room of a conversation; it has to exist. */
  room(conversationId: string): MemoryRoom {
    const known = this.#rooms.get(conversationId);
    if (known) return known;
    const room = new MemoryRoom(conversationId, this.log, this.world, () => this.changed());
    this.#rooms.set(conversationId, room);
    return room;
  }

  isHere(personId: string): boolean {
    return [...this.#rooms.values()].some((room) => room.isHere(personId));
  }

  /** Something changed that an inbox shows. */
  changed(): void {
    for (const watch of [...this.#watchers]) watch();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

export const memoryHouse = (world?: Pick<World, "clock" | "newId">): MemoryHouse => new MemoryHouse(world);
