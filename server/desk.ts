import type { Logger } from "pino";
import type { AuditLog } from "#core/ports/audit.ts";
import type { Customers } from "#core/ports/customers.ts";
import type { Setup, Staff } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { Rooms } from "#rooms/open-rooms.ts";
import type { Passwords } from "./passwords.ts";
import type { SetupToken } from "./setup-token.ts";
import type { Throttles } from "./throttles.ts";

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

/** What the demo's pages need; `undefined` outside the demo. */
export type DemoSite = { readonly inboxKey: string };

/** Everything the HTTP routes work with. */
export type Desk = {
  readonly site: Site;
  readonly demo: DemoSite | undefined;
  readonly staff: Staff;
  readonly setup: Setup;
  readonly customers: Customers;
  readonly feed: WorkspaceFeed;
  readonly audit: AuditLog;
  readonly rooms: Pick<Rooms, "seats" | "conversations" | "closeSessions" | "renew">;
  readonly passwords: Passwords;
  readonly setupToken: SetupToken;
  readonly throttles: Throttles;
  readonly log: Logger;
  readonly now: () => number;
  /** Whether the database answers and the desk is not going away. */
  readonly isReady: () => Promise<boolean>;
};
