import type { ChainableCommander } from "ioredis";
import { listingsKey, nodeOf } from "./actor-driver.ts";
import { RedisAway, type RedisLink } from "./redis-link.ts";

export type LifeSign = "up" | "draining";
/** Of a node that gave its sign in time and still listens. */
export type Alive = { readonly sign: LifeSign; readonly ageMs: number };

export type Seen = {
  /** Whose room of this name is. */
  readonly listedAt: string | undefined;
  /** Those of the nodes asked about that live. */
  readonly alive: ReadonlyMap<string, Alive>;
};

const bornKey = "roomdesk:born";
/** Name of a node's sign of life, and of the channel it listens to: the one vanishes when it freezes, the other when it dies. */
const signOf = (nodeId: string): string => `roomdesk:node:${nodeId}`;
const signMs = 1500;
/** After this long every node has given its sign and listed its rooms again. */
const settledMs = 3000;

const give = `
local time = redis.call('TIME')
redis.call('SET', KEYS[1], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), 'NX')
local had = redis.call('EXISTS', KEYS[2])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return had`;

const look = `
local time = redis.call('TIME')
local born = redis.call('GET', KEYS[2])
local age = born and (time[1] * 1000 + math.floor(time[2] / 1000) - born) or -1
local answer = { age, redis.call('HGET', KEYS[1], ARGV[1]) }
for i = 3, #KEYS do
  answer[#answer + 1] = redis.call('GET', KEYS[i])
  answer[#answer + 1] = redis.call('PTTL', KEYS[i])
end
return answer`;

/** The signs of life of the nodes, in Redis. Hints only: who believes a wrong one is fenced off by the database. */
export class Signs {
  readonly #link: RedisLink;
  readonly #nodeId: string;
  #isDown = true;

  constructor(link: RedisLink, nodeId: string) {
    this.#link = link;
    this.#nodeId = nodeId;
    link.hear(signOf(nodeId), () => undefined);
  }

  /** Gives ours. `forgotten`: Redis has lost it, and with it maybe everything. */
  async give(sign: LifeSign): Promise<"kept" | "forgotten" | "away"> {
    try {
      if (!(await this.#link.answers())) throw new RedisAway();
      const keys = [bornKey, signOf(this.#nodeId)] as const;
      const had = await this.#link.redis.eval(give, keys.length, ...keys, sign, signMs);
      this.#isDown = false;
      return had === 1 ? "kept" : "forgotten";
    } catch {
      this.#isDown = true; // whatever it was: until a sign can be given, nobody asks
      return "away";
    }
  }

  /** All in one go. Throws `RedisAway` when Redis does not answer or may have forgotten. */
  async look(roomId: string, nodeIds: readonly string[]): Promise<Seen> {
    if (this.#isDown || (this.#link.goodForMs ?? 0) < settledMs) throw new RedisAway();
    const signs = nodeIds.map(signOf);
    const keys = [listingsKey, bornKey, ...signs];
    const asked = this.#link.redis.pipeline().eval(look, keys.length, ...keys, roomId);
    const [found, listeners] = await answersOf(asked.pubsub("NUMSUB", ...signs));
    const [age, listing, ...given] = found as [number, string | null, ...unknown[]]; // sign and what it has left, in turns
    if (age < settledMs) throw new RedisAway();
    const counts = listeners as (string | number)[]; // name and count in turns
    const alive = new Map<string, Alive>();
    nodeIds.forEach((id, index) => {
      const [sign, leftMs] = given.slice(index * 2) as [LifeSign | null, number];
      if (sign && Number(counts[index * 2 + 1]) > 0) alive.set(id, { sign, ageMs: signMs - leftMs });
    });
    return { listedAt: nodeOf(listing), alive };
  }

  async withdraw(): Promise<void> {
    await this.#link.redis.del(signOf(this.#nodeId)).catch(() => undefined); // it runs out by itself
  }
}

async function answersOf(asked: ChainableCommander): Promise<unknown[]> {
  const answers = await asked.exec().catch(() => null);
  return (answers ?? [[new RedisAway()]]).map(([error, answer]) => {
    if (error) throw new RedisAway(error.message, { cause: error });
    return answer;
  });
}
