import type { Noticed } from "./gather.ts";

/** A page of one person on one device, over all its reloads. */
export type Screen = {
  readonly who: string;
  readonly side: "customer" | "staff";
  readonly person: string;
  readonly outbox: string;
  readonly persistent: boolean;
  /** When the page ended, each time. */
  readonly gone: readonly number[];
};

/** One action of a person, by its key, and all that was heard of it. */
export type Press = {
  readonly conversation: string;
  readonly key: string;
  /** Who writes it, as the log calls them. */
  readonly author: string;
  readonly screen: Screen;
  readonly first: Noticed<"invoke">;
  readonly heard: Noticed<"ok" | "fail" | "info" | "retried" | "discarded">[];
};

/** What one screen showed of one conversation, from its first line until it was reloaded, left or the run ended. */
export type Viewing = {
  readonly screen: Screen;
  readonly conversation: string;
  readonly changes: Noticed<"ui">[];
  /** `Infinity`: it was looking to the end. */
  until: number;
};

/** Frames or a page as one screen got them. */
export type Receipt = { readonly screen: Screen; readonly noticed: Noticed<"recv" | "page"> };

export const isOver = (screen: Screen, from: number, until: number): boolean =>
  screen.gone.some((t) => t >= from && t < until);

/** The last word on an action: what it stands at when the run ends. */
export function standing({ heard }: Press): "ok" | "fail" | "discarded" | "open" {
  if (heard.some(({ line }) => line.what === "ok")) return "ok";
  const last = heard.findLast(({ line }) => line.what !== "info")?.line.what;
  return last === "fail" || last === "discarded" ? last : "open";
}
