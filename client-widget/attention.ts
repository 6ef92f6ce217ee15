import type { MessageView, ViewLine } from "#client-sdk/view-line.ts";
import type { Speaker } from "#client-ui/thread/thread-item.ts";
import type { Chat } from "./chat.ts";

/** The newest message that the customer has not seen, as the launcher shows it. */
export type Teaser = {
  readonly key: string;
  readonly conversationId: string;
  readonly by: Speaker;
  readonly body: string;
  readonly at: number;
};

export type AttentionListener = {
  readonly changed: () => void;
  readonly received: (conversationId: string) => void;
  readonly sent: (conversationId: string) => void;
};

type Attended = { readonly chat: Chat; readonly stop: () => void; foreign: number; own: number; isKnown: boolean };

/** The conversations that are listened to, also while the panel is closed: what came, what was saved, who answers. */
export class Attention {
  readonly #on: AttentionListener;
  readonly #attended = new Map<Chat, Attended>();

  constructor(on: AttentionListener) {
    this.#on = on;
  }

  attend(chat: Chat): void {
    if (this.#attended.has(chat)) return;
    const stop = chat.onChange(() => this.#heard(attended));
    const attended: Attended = { chat, stop, foreign: 0, own: 0, isKnown: false };
    this.#attended.set(chat, attended);
    this.#heard(attended);
  }

  forget(): void {
    for (const { stop } of this.#attended.values()) stop();
    this.#attended.clear();
  }

  /** Who answers, by conversation. */
  get faces(): ReadonlyMap<string, Speaker> {
    const faces = new Map<string, Speaker>();
    for (const chat of this.#attended.keys()) {
      const face = answering(chat);
      if (face && chat.conversationId !== null) faces.set(chat.conversationId, face);
    }
    return faces;
  }

  get teaser(): Teaser | null {
    const all = [...this.#attended.keys()].map(teaserOf).filter((teaser) => teaser !== null);
    return all.sort((one, other) => other.at - one.at)[0] ?? null;
  }

  #heard(attended: Attended): void {
    const { chat, foreign, own, isKnown } = attended;
    if (chat.isLoading) return this.#on.changed();
    attended.foreign = newest(chat.messages, false);
    attended.own = newest(chat.messages, true);
    attended.isKnown = true;
    const id = chat.conversationId;
    if (isKnown && id !== null && attended.foreign > foreign) this.#on.received(id);
    if (isKnown && id !== null && attended.own > own) this.#on.sent(id);
    this.#on.changed();
  }
}

/** The agent whom the customer talks to: who joined last, else who wrote last. */
export function answering({ header, messages }: Chat): Speaker | undefined {
  const joined = header?.members.findLast(({ side, joined }) => side === "staff" && joined);
  if (joined) return { id: joined.id, name: joined.name, side: "staff" };
  const last = messages.findLast((line) => isMessage(line) && !line.own && line.name !== "");
  return last && { id: last.by.id, name: last.name, side: "staff" };
}

function teaserOf(chat: Chat): Teaser | null {
  const { conversationId, unread, messages } = chat;
  if (unread === 0 || conversationId === null) return null;
  const line = messages.findLast((one): one is MessageView => isMessage(one) && !one.own && one.body !== null);
  if (!line) return null;
  const by: Speaker = { id: line.by.id, name: line.name, side: "staff" };
  return { key: line.key, conversationId, by, body: line.body ?? "", at: line.at };
}

const newest = (lines: readonly ViewLine[], own: boolean): number =>
  lines.findLast((line) => isMessage(line) && line.own === own && line.seq !== null)?.seq ?? 0;

const isMessage = (line: ViewLine): line is MessageView => line.kind === "message";
