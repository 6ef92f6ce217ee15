import type { IRoomCache } from "@colyseus/core";
import { RedisDriver } from "@colyseus/redis-driver";
import type { Redis } from "ioredis";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { RedisAway } from "./redis-link.ts";

/** Colyseus' own key; actor-driver.test.ts fails when it is another one day. */
export const listingsKey = "roomcaches";

const putIfOurs = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and cjson.decode(known).processId ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

const removeIfTheirs = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known or cjson.decode(known).processId ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])`;

/**
 * Colyseus' table of rooms in Redis, written by compare-and-set: the second of two rooms of one name is turned away, and a
 * room that was overtaken does not take the other's listing with it when it ends. Without Redis rooms are made all the
 * same, unlisted, until the self-audit lists them: whose a conversation is, the database decides.
 */
export class ActorDriver extends RedisDriver {
  readonly #redis: Redis;
  readonly #nodeId: string;

  constructor(redis: Redis, nodeId: string) {
    super(redis);
    this.#redis = redis;
    this.#nodeId = nodeId;
  }

  async insert(room: IRoomCache): Promise<boolean> {
    return this.#put(room).catch(unlisted);
  }

  override async persist(room: IRoomCache): Promise<boolean> {
    return this.#put(room).catch(() => false);
  }

  /** For whoever was turned away. Throws `Unavailable`: an outage that begins between the two questions is nobody's fault. */
  override async findOne(...asked: Parameters<RedisDriver["findOne"]>): Promise<IRoomCache> {
    return super.findOne(...asked).catch((cause: unknown) => {
      throw new Unavailable("Redis went away", { cause });
    });
  }

  override async remove(roomId: string): Promise<boolean> {
    return this.unlist(roomId, this.#nodeId).catch(() => false);
  }

  /** What a listing says beyond whose it is, nobody reads: a join costs Redis nothing. */
  override async update(room: IRoomCache, { $set, $inc }: Parameters<RedisDriver["update"]>[1]): Promise<boolean> {
    Object.assign(room, $set);
    if ($inc?.clients !== undefined) room.clients += $inc.clients;
    return true;
  }

  /** Rooms take their own listings back; reading all there are, as Colyseus would at its end, is for nobody. */
  override async cleanup(): Promise<void> {}

  override async shutdown(): Promise<void> {} // the connection is the cluster's

  /** Removes a listing if it is still that node's. Throws `RedisAway`, as what follows. */
  async unlist(roomId: string, nodeId: string): Promise<boolean> {
    return (await this.#redis.eval(removeIfTheirs, 1, listingsKey, roomId, nodeId).catch(away)) === 1;
  }

  /** Whose these rooms are, in the order they were asked for. */
  async listedAt(roomIds: readonly string[]): Promise<readonly (string | undefined)[]> {
    if (roomIds.length === 0) return [];
    return (await this.#redis.hmget(listingsKey, ...roomIds).catch(away)).map(nodeOf);
  }

  /** Removes the listings of nodes that are gone: a node that was killed took none of its own back. */
  async sweep(isGone: (nodeId: string) => boolean): Promise<void> {
    let cursor = "0";
    do {
      const [next, found] = await this.#redis.hscan(listingsKey, cursor, "COUNT", 500).catch(away);
      cursor = next;
      for (let at = 0; at < found.length; at += 2) {
        const [roomId = "", node] = [found[at], nodeOf(found[at + 1])];
        if (node !== undefined && isGone(node)) await this.unlist(roomId, node);
      }
    } while (cursor !== "0");
  }

  async #put(room: IRoomCache): Promise<boolean> {
    const listing = JSON.stringify({ ...room, processId: this.#nodeId });
    return (await this.#redis.eval(putIfOurs, 1, listingsKey, room.roomId, this.#nodeId, listing)) === 1;
  }
}

const unlisted = () => true;
const away = (cause: Error): never => {
  throw new RedisAway(cause.message, { cause });
};

/** The node that a listing names. */
export function nodeOf(listing: string | null | undefined): string | undefined {
  if (!listing) return undefined;
  const { processId } = JSON.parse(listing) as { processId?: unknown };
  return typeof processId === "string" ? processId : undefined;
}
