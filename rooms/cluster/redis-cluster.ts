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

const signEveryMs = 500;
const wholeEveryMs = 5000;
const sweepEveryMs = 60_000;

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
  readonly #timers = new Map<object, () => void>();
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
    await this.#try(() => this.#roster.announce(address));
    await this.#giveSign();
    this.#every(signEveryMs, () => this.#giveSign());
    this.#every(limits.heartbeatEveryMs, () => this.#try(() => this.#roster.renew()));
    this.#every(limits.heartbeatEveryMs, () => this.#try(() => this.#lookAfterRooms()));
    this.#every(wholeEveryMs, async () => this.#exchange.sendWhole());
    this.#every(sweepEveryMs, () => this.#try(() => this.#sweep()));
  }

  async drain(): Promise<void> {
    await Promise.allSettled([this.#roster.drain(), this.#signs.give("draining")]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const cancel of this.#timers.values()) cancel();
    await Promise.allSettled([this.#roster.leave(), this.#signs.withdraw()]);
    this.#link.close();
  }

  /** Each on its own, and none before it has ended: a slow database must not look like a node that is gone. */
  #every(ms: number, work: () => Promise<void>): void {
    const key = {};
    const next = () => {
      this.#timers.set(
        key,
        this.#world.clock.after(ms, () => {
          void work().finally(() => {
            if (!this.#isClosed) next();
          });
        }),
      );
    };
    next();
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isOutage(error)) this.#world.onFault(error); // an outage is told by who sees it, and this is tried again
    }
  }

  async #giveSign(): Promise<void> {
    const given = await this.#signs.give(this.#roster.own.isDraining ? "draining" : "up");
    if (given !== "forgotten") return;
    this.#exchange.sendWhole();
    void this.#try(() => this.#lookAfterRooms());
  }

  async #lookAfterRooms(): Promise<void> {
    await auditListings({ ...this.#world, driver: this.driver }, this.#world.rooms());
    await this.#missNeighbours();
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
