import { Unavailable, type ConversationLog } from "#core/ports/conversation-log.ts";
import type { NodeRegistry } from "#core/ports/node-registry.ts";
import { limits } from "#protocol/limits.ts";
import type { Clock } from "../node/clock.ts";
import { ActorDriver } from "./actor-driver.ts";
import type { Cluster } from "./cluster.ts";
import { HintExchange, type Ear, type Hints } from "./hint-exchange.ts";
import { Locator } from "./locator.ts";
import { RedisAway, RedisLink } from "./redis-link.ts";
import { Roster } from "./roster.ts";
import { auditListings, type Listed } from "./self-audit.ts";
import { Signs } from "./signs.ts";
import type { Whereabouts } from "./whereabouts.ts";

export type ClusterWorld = {
  readonly redisUrl: string;
  readonly nodeId: string;
  readonly registry: NodeRegistry;
  readonly log: Pick<ConversationLog, "stillOwned">;
  readonly clock: Clock;
  /** The living rooms of this process, and whether one of this name is among them. */
  readonly rooms: () => readonly Listed[];
  readonly hasRoom: (roomId: string) => boolean;
  readonly onFault: (error: unknown) => void;
  /** Redis went away or came back; open conversations do not notice. */
  readonly onRedis: (isUp: boolean, error: Error | undefined) => void;
};

const beatEveryMs = 500;
const auditEveryBeats = limits.heartbeatEveryMs / beatEveryMs;
const wholeEveryBeats = 10;
const sweepEveryBeats = 120;

/** Several processes over one database and one Redis. */
export class RedisCluster implements Cluster {
  readonly driver: ActorDriver;
  readonly whereabouts: Whereabouts;
  readonly hints: Hints;
  readonly #world: ClusterWorld;
  readonly #link: RedisLink;
  readonly #roster: Roster;
  readonly #signs: Signs;
  readonly #locator: Locator;
  readonly #exchange: HintExchange;
  #beats = 0;
  #cancelBeat: () => void = () => undefined;
  #isClosed = false;

  constructor(world: ClusterWorld) {
    const { redisUrl, nodeId, registry, clock, hasRoom } = world;
    this.#world = world;
    this.#link = new RedisLink(redisUrl, clock, world.onRedis);
    this.#roster = new Roster(registry, nodeId, clock);
    this.#signs = new Signs(this.#link, nodeId);
    this.driver = new ActorDriver(this.#link.redis, nodeId);
    this.#locator = new Locator({ roster: this.#roster, signs: this.#signs, driver: this.driver, hasRoom });
    this.whereabouts = this.#locator;
    this.#exchange = new HintExchange(this.#link, nodeId, clock);
    this.hints = this.#exchange;
  }

  listen(ear: Ear): void {
    this.#exchange.listen(ear);
  }

  makeWay(roomId: string, nodeId: string): Promise<boolean> {
    return this.#locator.makeWay(roomId, nodeId);
  }

  async join(address: string): Promise<void> {
    await this.#roster.announce(address);
    await this.#beat();
  }

  async drain(): Promise<void> {
    await Promise.allSettled([this.#roster.drain(), this.#signs.give("draining")]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelBeat();
    await Promise.allSettled([this.#roster.leave(), this.#signs.withdraw()]);
    this.#link.close();
  }

  /** One after the other, so that a slow Redis is not asked ever more. */
  async #beat(): Promise<void> {
    const turn = this.#beats++;
    try {
      await Promise.all([this.#giveSign(turn), turn % auditEveryBeats === 0 && this.#roster.renew()]);
    } catch (error) {
      if (!isOutage(error)) this.#world.onFault(error);
    }
    if (!this.#isClosed) this.#cancelBeat = this.#world.clock.after(beatEveryMs, () => void this.#beat());
  }

  async #giveSign(turn: number): Promise<void> {
    const given = await this.#signs.give(this.#roster.own.isDraining ? "draining" : "up");
    if (given === "away") return;
    const isNews = given === "forgotten";
    if (isNews || turn % wholeEveryBeats === 0) this.#exchange.sendWhole();
    if (isNews || turn % auditEveryBeats === 0) {
      await auditListings({ ...this.#world, driver: this.driver }, this.#world.rooms());
      await this.#missNeighbours();
    }
    if (turn % sweepEveryBeats === sweepEveryBeats - 1) await this.#sweep();
  }

  /** A node that died takes with it who was online there. */
  async #missNeighbours(): Promise<void> {
    this.#exchange.loseSilent(this.#link.goodForMs ?? 0);
    const neighbours = this.#exchange.neighbours;
    if (neighbours.length === 0) return;
    const { alive } = await this.#signs.look("", neighbours);
    for (const id of neighbours) if (!alive.has(id)) this.#exchange.lose(id);
  }

  /** One node, whichever comes first in the order of ids, removes what the dead have left in the list. */
  async #sweep(): Promise<void> {
    const nodes = this.#roster.known().map(({ id }) => id);
    if (nodes.some((id) => id < this.#roster.own.id)) return;
    const { alive } = await this.#signs.look("", nodes);
    await this.driver.sweep((id) => id !== this.#roster.own.id && !alive.has(id) && !nodes.includes(id));
  }
}

const isOutage = (error: unknown): boolean => error instanceof Unavailable || error instanceof RedisAway;
