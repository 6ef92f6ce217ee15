import type { ConversationApi } from "#client-sdk/desk-api.ts";
import { unreachable, type Failed } from "#client-sdk/desk-request.ts";
import type { Refused } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Road } from "./road.ts";
import type { SimNode } from "./sim-node.ts";

const withinMs = 10_000;

type Asked<T> = (node: SimNode) => Promise<T | Refused>;

/** The desk over HTTP: a request or its answer may be lost, and one may arrive twice. */
export class SimApi implements ConversationApi {
  readonly #road: Road;

  constructor(road: Road) {
    this.#road = road;
  }

  seat: ConversationApi["seat"] = async () => unreachable; // the dialer takes its seats itself

  post: ConversationApi["post"] = (id, { type, ...payload }) => {
    this.#road.sends(payload);
    return this.#ask(id, limits.ackWithinMs, payload, (node) => this.#served(node, id, type, payload));
  };

  signal: ConversationApi["signal"] = (id, type, payload) =>
    this.#ask(id, withinMs, {}, (node) => this.#served(node, id, type, payload));

  page: ConversationApi["page"] = (id, page) =>
    this.#ask(id, withinMs, page, (node) => this.#served(node, id, "events.page", page));

  poll: ConversationApi["poll"] = (id, since, limit, seconds) => {
    const { viewer } = this.#road.of;
    const waitMs = seconds * 1000;
    return this.#ask(id, waitMs + limits.ackWithinMs, {}, (node) => node.poll(id, viewer, since, limit, waitMs));
  };

  #served<T>(node: SimNode, id: string, type: string, payload: unknown): Promise<T | Refused> {
    return node.ask(id, this.#road.of.viewer, type, payload) as Promise<T | Refused>;
  }

  async #ask<T>(id: string, ms: number, asked: unknown, ask: Asked<T>): Promise<T | Failed> {
    const { world } = this.#road;
    const answer = await this.#road.within<T | Refused | undefined>(ms, undefined, (give) =>
      this.#road.place(id, (node) => {
        if (!node) return give({ ok: false, code: "unavailable" });
        this.#once(node, ask, give);
        if (world.weather.happens(world.weather.double)) this.#once(node, ask, give);
        return undefined;
      }),
    );
    const heard = this.#road.hears(asked, answer);
    if (heard === undefined) return unreachable;
    return isRefused(heard) ? { refused: heard.code, ...(heard.retryInMs && { retryInMs: heard.retryInMs }) } : heard;
  }

  #once<T>(node: SimNode, ask: Asked<T>, give: (answer: T | Refused) => boolean): void {
    const { weather } = this.#road.world;
    if (weather.isLost()) return;
    this.#road.on(node, "serves", async () => {
      const said = await ask(node);
      if (!weather.isLost()) this.#road.back("hears the desk", () => give(said));
    });
  }
}

const isRefused = (value: unknown): value is Refused =>
  typeof value === "object" && value !== null && "ok" in value && value.ok === false;
