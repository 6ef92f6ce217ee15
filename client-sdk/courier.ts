import type { Ack, ConversationCommand, Refused } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { isTransient } from "./answers.ts";
import { failed, type Failed } from "./desk-request.ts";
import type { Attempt } from "./drain.ts";
import type { PendingRows } from "./pending-rows.ts";

/** `undefined`: nobody answered. */
export type Answered = Promise<Ack | Refused | undefined>;

export type CourierParts = {
  readonly pending: PendingRows;
  /** `wait`: the conversation's own link will be there in a moment. */
  readonly send: (conversation: string, command: ConversationCommand) => Answered | "wait";
  /** Opens a conversation that has only a key yet; the same key gives the same conversation. */
  readonly open: (key: string) => Promise<{ readonly conversationId: string } | Failed>;
  readonly acked: (clientId: string, ack: Ack) => void;
  readonly refused: (clientId: string, code: RefusalCode) => void;
  readonly opened: (key: string, conversationId: string) => Promise<void>;
};

/** The conversation's own link is given this long to come back before HTTP is tried. */
export const linkPatienceMs = 3000;

const newPrefix = "new:";
/** Key of a conversation that does not exist yet. */
export const newKey = (clientId: string): string => newPrefix + clientId;
export const isNew = (conversation: string): boolean => conversation.startsWith(newPrefix);
export const openingIdOf = (key: string): string => key.slice(newPrefix.length);

/** Refusals of us, not of what we send: it waits until we are let in again. */
const ofUs: ReadonlySet<RefusalCode> = new Set(["not_signed_in", "bad_csrf", "foreign_origin", "unknown_inbox"]);

/** Carries the next row of a conversation to the desk, once, and says what came of it. */
export class Courier {
  readonly #parts: CourierParts;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  async attempt(conversation: string): Promise<Attempt> {
    const next = this.#parts.pending.next(conversation);
    if (!next) return "settled";
    const { command } = next.row;
    if (isNew(conversation)) return this.#open(conversation, command.clientId);
    const sent = this.#parts.send(conversation, command);
    if (sent === "wait") return {};
    const answer = await sent;
    // Its event may have come meanwhile, by which it is settled.
    if (this.#parts.pending.next(conversation)?.row.command.clientId !== command.clientId) return "settled";
    if (answer === undefined) return {};
    return answer.ok ? this.#acked(command.clientId, answer) : this.#refused(command.clientId, answer);
  }

  async #open(key: string, clientId: string): Promise<Attempt> {
    const answer = await this.#parts.open(openingIdOf(key));
    if (!failed(answer)) {
      await this.#parts.opened(key, answer.conversationId);
      return "settled";
    }
    if ("unreachable" in answer) return {};
    // What is refused here is the conversation; the message has done nothing wrong.
    this.#parts.pending.change(clientId, { problem: answer.refused });
    return { retryInMs: answer.retryInMs, isAnswered: isTransient(answer.refused) };
  }

  #acked(clientId: string, ack: Ack): Attempt {
    this.#parts.acked(clientId, ack);
    return "settled";
  }

  #refused(clientId: string, { code, retryInMs }: Refused): Attempt {
    if (isTransient(code) || ofUs.has(code)) {
      this.#parts.pending.change(clientId, { problem: code });
      return { retryInMs, isAnswered: isTransient(code) }; // who is not let in yet waits for that
    }
    this.#parts.refused(clientId, code);
    return "settled";
  }
}
