import { systemWorld } from "#client-sdk/system-world.ts";
import type { Network, NetworkNews, World } from "#client-sdk/world.ts";

/** A device's network that can be pulled out; its chance comes from the run's seed. */
export class OwnNetwork implements Network {
  onLine = true;
  readonly #listeners = new Set<(news: NetworkNews) => void>();

  listen(hear: (news: NetworkNews) => void): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  say(news: NetworkNews): void {
    if (news === "online" || news === "offline") this.onLine = news === "online";
    for (const hear of [...this.#listeners]) hear(news);
  }

  /** Without a network nothing gets out, whatever the session tries. */
  guard(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return (...asked) => (this.onLine ? fetch(...asked) : Promise.reject(new TypeError("offline")));
  }

  world(chance: () => number): World {
    return { ...systemWorld(), chance, network: this };
  }
}
