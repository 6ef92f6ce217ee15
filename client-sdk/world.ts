export type Cancel = () => void;

/** Time as the sessions see it, so that tests can move it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  after(ms: number, call: () => void): Cancel;
}

/** `asleep` and `awake`: the page was put into the browser's back-forward cache, or came out of it. */
export type NetworkNews = "online" | "offline" | "visible" | "asleep" | "awake";

/** What the device says about itself. A hint only: `onLine` lies in both directions. */
export interface Network {
  readonly onLine: boolean;
  listen(hear: (news: NetworkNews) => void): Cancel;
}

/** Everything the sessions need that is not the same each time. */
export type World = {
  readonly clock: Clock;
  /** At least 0, below 1. */
  readonly chance: () => number;
  readonly newId: () => string;
  readonly network: Network;
};
