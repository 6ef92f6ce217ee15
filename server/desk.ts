import type { Logger } from "pino";
import type { Rooms } from "#rooms/open-rooms.ts";
import { Passwords } from "./passwords.ts";
import type { Ports } from "./ports.ts";
import { throttles, type Throttles } from "./throttles.ts";

/** Where this desk stands, as far as requests need to know it. */
export type Site = {
  /** Origin under which people reach it; `undefined`: whatever they asked for. */
  readonly publicUrl: string | undefined;
  /** It is reached over https, so cookies are `__Host-` and `Secure`. */
  readonly secure: boolean;
  /** Key of what is derived and never stored, such as CSRF tokens. */
  readonly secret: string;
  /** Reverse proxies before us whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
  /** Folder with the built `widget` and `workspace`. */
  readonly clients: string;
};

/** What the demo's pages need. */
export type DemoSite = { readonly inboxKey: string };

export type DeskSettings = Omit<Site, "secure"> & {
  readonly logger: Logger;
  readonly demo?: DemoSite | undefined;
  /** What load tests raise the limits on rates by; 1 in earnest. */
  readonly rateFactor?: number;
  /** A refused sign-in takes a whole number of these. */
  readonly refusalPaceMs?: number;
  readonly now?: () => number;
};

/** Everything the HTTP routes work with. */
export type Desk = Omit<Ports, "log" | "registry" | "isUp"> & {
  readonly site: Site;
  /** `undefined` outside the demo. */
  readonly demo: DemoSite | undefined;
  readonly rooms: Pick<Rooms, "closeSessions" | "renew" | "inboxChanged"> & {
    readonly seats: Pick<Rooms["seats"], "conversation" | "workspace">;
    readonly conversations: Pick<Rooms["conversations"], "post" | "signal" | "poll" | "page">;
  };
  readonly passwords: Passwords;
  readonly throttles: Throttles;
  readonly refusalPaceMs: number;
  readonly log: Logger;
  readonly now: () => number;
  /** Whether the database answers and the desk is not going away. */
  readonly isReady: () => boolean;
};

export function deskOf(
  { staff, setup, customers, feed, audit }: Ports,
  { publicUrl, secret, trustedProxies, clients, demo, logger, rateFactor, refusalPaceMs, now }: DeskSettings,
  made: Pick<Desk, "rooms" | "isReady">,
): Desk {
  return {
    ...{ staff, setup, customers, feed, audit, demo, ...made },
    site: { publicUrl, secret, trustedProxies, clients, secure: publicUrl?.startsWith("https:") ?? false },
    passwords: new Passwords(),
    throttles: throttles(rateFactor),
    refusalPaceMs: refusalPaceMs ?? 250,
    log: logger,
    now: now ?? Date.now,
  };
}
