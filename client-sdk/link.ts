import type { SeenHeader } from "./header-of.ts";
import type { Failed } from "./desk-request.ts";

/** One connection to one room, used once: when it is gone, another is dialled. */
export interface Link {
  readonly kind: "socket" | "polling" | "memory";
  /** Which node it leads to; another name means that the room has moved. */
  readonly owner: string;
  /** The answer, or `undefined` when there was none in time. */
  request(type: string, payload: unknown): Promise<unknown>;
  /** Forgotten when it does not arrive. */
  signal(type: string, payload: unknown): void;
  /** Silent: nothing is told after it. */
  close(): void;
}

/** What a room tells unasked. May be called before `dial` has given the link. */
export type LinkListener = {
  told(type: string, payload: unknown): void;
  header(header: SeenHeader): void;
  /** The other end is gone. At most once. */
  closed(code: number): void;
};

/** The desk answered over HTTP and gave a seat, but the socket did not come about. */
export type NoSocket = { readonly noSocket: true };
export const noSocket: NoSocket = { noSocket: true };

export interface Dialer {
  /** @param isHurried a frozen node is in the way, so that it is worth trying again beside each step soon */
  dial(listener: LinkListener, isHurried?: boolean): Promise<Link | NoSocket | Failed>;
  /** Asks the desk which node owns the room now; `undefined` when nobody can say. */
  owner(): Promise<string | undefined>;
}

/** Names of what is said over a link, besides the commands of `conversationRequests`. */
export const wire = {
  fetch: "events.fetch",
  page: "events.page",
  list: "list.window",
  typing: "typing",
  read: "read",
  delivered: "delivered",
  welcome: "welcome",
  frames: "frames",
  ping: "ping",
  moved: "moved",
  listChanged: "list.changed",
  counts: "counts",
  colleagues: "colleagues",
} as const;
