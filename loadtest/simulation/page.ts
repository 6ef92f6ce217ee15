import { ConversationShelf } from "#client-sdk/conversation-shelf.ts";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { pollingDialer } from "#client-sdk/polling-link.ts";
import type { Self } from "#client-sdk/view-line.ts";
import type { Network, NetworkNews, World } from "#client-sdk/world.ts";
import { unreachable } from "#client-sdk/desk-request.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import type { Device } from "./device.ts";
import type { Screen, Silence } from "./judge-of-screens.ts";
import type { Locator } from "./locator.ts";
import { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";
import { Road } from "./road.ts";
import { SimApi } from "./sim-api.ts";
import { SimDialer } from "./sim-dialer.ts";

export type Person = { readonly name: string; readonly self: Self; readonly viewer: Viewer };

class PageNetwork implements Network {
  onLine = true;
  readonly #hearers = new Set<(news: NetworkNews) => void>();

  listen(hear: (news: NetworkNews) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  say(news: NetworkNews): void {
    if (news === "online" || news === "offline") this.onLine = news === "online";
    for (const hear of this.#hearers) hear(news);
  }
}

/** One tab with the real session in it. */
export class Page {
  readonly person: Person;
  readonly device: Device;
  readonly process: SimProcess;
  readonly network = new PageNetwork();
  readonly session: ConversationSession;
  /** Something on its screen may have changed since somebody looked. */
  isChanged = true;
  readonly #road: Road;
  readonly #dialer: SimDialer;
  readonly #world: SimWorld;
  readonly #openedAt: number;
  #sending = new Map<string, number>();

  constructor(name: string, person: Person, device: Device, world: SimWorld, locator: Locator) {
    this.person = person;
    this.device = device;
    this.#world = world;
    this.#openedAt = world.scheduler.now;
    this.process = new SimProcess(name, world.scheduler);
    this.#road = new Road(world, locator, { process: this.process, viewer: person.viewer, device });
    this.#dialer = new SimDialer(this.#road, world.conversationId);
    const shelf = this.#shelf();
    shelf.admit();
    this.session = shelf.session(world.conversationId);
    this.session.onChange(() => (this.isChanged = true));
  }

  get screen(): Screen {
    const { messages, hasOlder } = this.session;
    return { name: this.process.name, side: this.person.self.side, messages, hasOlder };
  }

  get silence(): Silence {
    const { now } = this.#world.scheduler;
    const since = Math.max(this.#openedAt, this.process.thawedAt ?? 0);
    const oldest = Math.min(...this.#sending.values());
    const sendingMs = this.#sending.size > 0 ? now - Math.max(since, oldest) : 0;
    return { name: this.process.name, sendingMs, deafMs: this.#deafMs(since) };
  }

  /** Notes since when each message says no more than "sending". */
  watch(): void {
    const before = this.#sending;
    this.#sending = new Map();
    for (const line of this.session.messages)
      if ("state" in line && line.own && line.seq === null && line.state === "sending")
        this.#sending.set(line.key, before.get(line.key) ?? this.#world.scheduler.now);
  }

  /** Nothing is waiting to be sent, fetched or dialled. */
  get isAtRest(): boolean {
    const { session, device } = this;
    const isOnline = session.connection === "online" || session.connection === "back";
    return isOnline && !session.isLoading && device.table.rows().every(({ parked }) => parked !== null);
  }

  /** The wire is cut: noticed by both ends, or by neither. */
  cut(isTold: boolean): void {
    if (isTold) this.#dialer.socket?.reset();
    else this.#dialer.socket?.blackhole();
  }

  #deafMs(since: number): number {
    const { socket, heardAt } = this.#dialer;
    const isOnline = this.session.connection === "online" || this.session.connection === "back";
    if (!isOnline || socket?.deadSince === undefined) return 0;
    return this.#world.scheduler.now - Math.max(socket.deadSince, heardAt, since);
  }

  #shelf(): ConversationShelf {
    const { process, network, person, device } = this;
    const { dice, newId } = this.#world;
    const world: World = { clock: process.clock, chance: dice.chance, newId, network };
    const api = new SimApi(this.#road);
    return new ConversationShelf({
      name: person.name,
      world,
      api,
      dial: (conversationId, since) => ({
        socket: this.#dialer,
        polling: pollingDialer({ api, clock: process.clock, conversationId, since }),
      }),
      keeping: async () => device.open(process),
      self: () => person.self,
      open: async () => unreachable,
      signedOut: () => undefined,
      changed: () => undefined,
    });
  }
}
