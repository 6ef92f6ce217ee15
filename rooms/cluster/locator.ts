import { Unavailable } from "#core/ports/conversation-log.ts";
import type { ActorDriver } from "./actor-driver.ts";
import { RedisAway } from "./redis-link.ts";
import { rendezvous } from "./rendezvous.ts";
import type { Roster } from "./roster.ts";
import type { Seen, Signs } from "./signs.ts";
import type { Place, Whereabouts } from "./whereabouts.ts";

export type LocatorWorld = {
  readonly roster: Roster;
  readonly signs: Pick<Signs, "look">;
  readonly driver: Pick<ActorDriver, "unlist">;
  /** A room of this name lives in this process. */
  readonly hasRoom: (roomId: string) => boolean;
};

/** A sign is given twice a second; of a node that has been silent for one the last is older. */
const awakeMs = 950;

/**
 * Finds the node of a conversation: by Redis in one question, or by the database when Redis is away or has forgotten.
 * Whoever is wrong makes a second room for a moment, which claims the conversation and fences the first one off.
 */
export class Locator implements Whereabouts {
  readonly #world: LocatorWorld;

  constructor(world: LocatorWorld) {
    this.#world = world;
  }

  async of(conversationId: string): Promise<Place> {
    const { roster, hasRoom } = this.#world;
    if (hasRoom(conversationId)) return { here: true };
    const nodeId = await this.#byRedis(conversationId).catch((error: unknown) => {
      if (!(error instanceof RedisAway)) throw error;
      return this.#byDatabase(conversationId);
    });
    if (nodeId === roster.own.id) return { here: true };
    const address = nodeId === undefined ? undefined : (await roster.find(nodeId))?.address;
    if (nodeId === undefined || !address) throw new Unavailable("No node takes this conversation now");
    return { here: false, nodeId, address };
  }

  async suspect(nodeId: string, conversationId: string): Promise<void> {
    if (nodeId === this.#world.roster.own.id || (await this.#isAwake(nodeId))) return;
    this.#world.roster.suspect(nodeId);
    await this.#unlist(conversationId, nodeId);
  }

  async addressOf(nodeId: string): Promise<string | undefined> {
    return (await this.#world.roster.find(nodeId))?.address || undefined;
  }

  /** Makes way for a room of ours where another node's is listed; false when that node is really there. */
  async makeWay(roomId: string, nodeId: string): Promise<boolean> {
    try {
      if (!this.#isThere(nodeId, await this.#look(roomId, nodeId))) await this.#unlist(roomId, nodeId);
      else return false;
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error; // then it is not listed by the time we try again, or is said again
    }
    return true;
  }

  async #byRedis(conversationId: string): Promise<string | undefined> {
    const { roster } = this.#world;
    let seen = await this.#look(conversationId);
    const { listedAt } = seen;
    if (listedAt === undefined) {
      const owner = await this.#unlistedOwner(conversationId);
      if (owner !== undefined && seen.alive.get(owner)?.sign === "up" && this.#isThere(owner, seen)) return owner;
    } else if (listedAt !== roster.own.id) {
      if (!seen.alive.has(listedAt)) seen = await this.#look(conversationId, listedAt); // maybe one we do not know yet
      if (this.#isThere(listedAt, seen)) return listedAt;
      await this.#unlist(conversationId, listedAt);
    }
    const up = [...seen.alive].filter(([id, { sign }]) => sign === "up" && !roster.isSuspected(id)).map(([id]) => id);
    return this.#placeOf(conversationId, up);
  }

  async #byDatabase(conversationId: string): Promise<string | undefined> {
    const { roster } = this.#world;
    const { owner, live } = await roster.byDatabase(conversationId);
    if (owner !== undefined && owner !== roster.own.id && !roster.isSuspected(owner)) return owner;
    const up = live.filter(({ id, isDraining }) => !isDraining && !roster.isSuspected(id)).map(({ id }) => id);
    return this.#placeOf(conversationId, up);
  }

  /** This node counts itself in or out; what others believe of it comes late. */
  #placeOf(conversationId: string, up: readonly string[]): string | undefined {
    const { own } = this.#world.roster;
    const ids = new Set(up).add(own.id);
    if (own.isDraining) ids.delete(own.id);
    return rendezvous(conversationId, ids);
  }

  /** A living room may be missing in the list, as one made while Redis was away. */
  async #unlistedOwner(conversationId: string): Promise<string | undefined> {
    try {
      return await this.#world.roster.ownerOf(conversationId);
    } catch (error) {
      if (error instanceof Unavailable) return undefined; // whoever claims it will say so
      throw error;
    }
  }

  async #look(roomId: string, alsoAt?: string): Promise<Seen> {
    const ids = this.#world.roster.known().map(({ id }) => id);
    return this.#world.signs.look(roomId, alsoAt === undefined || ids.includes(alsoAt) ? ids : [...ids, alsoAt]);
  }

  /** One that has just given its sign is busy, not gone; whose process has ended no longer listens, however fresh the sign. */
  async #isAwake(nodeId: string): Promise<boolean> {
    try {
      const { alive } = await this.#world.signs.look("", [nodeId]);
      return (alive.get(nodeId)?.ageMs ?? Infinity) < awakeMs;
    } catch (error) {
      if (error instanceof RedisAway) return false; // nobody speaks for it
      throw error;
    }
  }

  #isThere(nodeId: string, { alive }: Seen): boolean {
    return alive.has(nodeId) && !this.#world.roster.isSuspected(nodeId);
  }

  async #unlist(roomId: string, nodeId: string): Promise<void> {
    await this.#world.driver.unlist(roomId, nodeId).catch(() => undefined); // without Redis there is no listing to heed
  }
}
