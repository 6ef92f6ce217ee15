import type { Conversation } from "./conversation.ts";
import type { Gathered, Noticed } from "./gather.ts";
import type { Press, Receipt, Screen, Viewing } from "./screens.ts";

type Known = {
  /** Ids of conversations by the key they had before. */
  readonly names: ReadonlyMap<string, string>;
  readonly screens: ReadonlyMap<string, Screen>;
};

export function screensOf(all: Gathered): Map<string, Screen> {
  const gone = Map.groupBy(all.of("gone"), ({ line }) => line.who);
  // A page whose process was killed says so only when the next one begins; the nemesis knows when it was.
  const killed = all.of("did").filter(({ line }) => line.injection === "reload");
  const screens = new Map<string, Screen>();
  for (const { line } of all.of("screen")) {
    const { who, side, person, outbox, persistent } = line;
    const ends = killed.filter(({ line }) => line.targets.includes(who) || line.targets.includes(outbox));
    const times = [...ends.map((one) => one.line.from), ...(gone.get(who) ?? []).map((one) => one.line.t)];
    if (!screens.has(who)) screens.set(who, { who, side, person, outbox, persistent, gone: times });
  }
  return screens;
}

export function pressesOf(
  all: Gathered,
  { names, screens, conversations }: Known & { readonly conversations: ReadonlyMap<string, Conversation> },
): Map<string, Press> {
  const presses = new Map<string, Press>();
  for (const one of all.of("invoke", "ok", "fail", "info", "retried", "discarded")) {
    const { line } = one;
    const screen = screens.get(line.who);
    if (!screen) continue;
    const conversation = names.get(line.conversation) ?? line.conversation;
    const author = authorOf(screen, conversations.get(conversation));
    const name = pressName(conversation, author, line.key);
    const known = presses.get(name);
    if (line.what !== "invoke") known?.heard.push(one as Press["heard"][number]);
    else if (!known)
      presses.set(name, { conversation, key: line.key, author, screen, first: one as Noticed<"invoke">, heard: [] });
  }
  return presses;
}

export const pressName = (conversation: string, author: string, key: string): string =>
  `${conversation} ${author} ${key}`;

/** Customers write under an id of the conversation's. */
const authorOf = (screen: Screen, conversation: Conversation | undefined): string =>
  screen.side === "staff" ? screen.person : (conversation?.kept?.line.customerAuthor ?? screen.person);

export function viewingsOf(all: Gathered, { names, screens }: Known): Viewing[] {
  const viewings: Viewing[] = [];
  const open = new Map<string, Map<string, Viewing>>();
  const end = (who: string, t: number, conversation?: string): void => {
    for (const [id, viewing] of open.get(who) ?? []) {
      if (conversation !== undefined && conversation !== id) continue;
      viewing.until = t;
      open.get(who)?.delete(id);
    }
  };
  for (const one of all.of("screen", "gone", "left", "ui")) {
    const { line } = one;
    const screen = screens.get(line.who);
    if (!screen) continue;
    if (line.what === "left") end(line.who, line.t, names.get(line.conversation) ?? line.conversation);
    else if (line.what !== "ui") end(line.who, line.t);
    else {
      const conversation = names.get(line.conversation) ?? line.conversation;
      const theirs = open.get(line.who) ?? new Map<string, Viewing>();
      open.set(line.who, theirs);
      const viewing = theirs.get(conversation) ?? { screen, conversation, changes: [], until: Infinity };
      if (!theirs.has(conversation)) viewings.push(viewing);
      theirs.set(conversation, viewing);
      viewing.changes.push(one as Noticed<"ui">);
    }
  }
  return viewings;
}

export function receiptsOf(all: Gathered, screens: ReadonlyMap<string, Screen>): Map<string, Receipt[]> {
  const receipts = new Map<string, Receipt[]>();
  for (const noticed of all.of("recv", "page")) {
    const screen = screens.get(noticed.line.who);
    if (!screen) continue;
    const { conversation } = noticed.line;
    const same = receipts.get(conversation);
    if (same) same.push({ screen, noticed });
    else receipts.set(conversation, [{ screen, noticed }]);
  }
  return receipts;
}
