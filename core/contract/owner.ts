import { randomUUID } from "node:crypto";
import type { Conversation } from "#core/conversation/conversation.ts";
import { decide } from "#core/conversation/decide.ts";
import { evolve } from "#core/conversation/evolve.ts";
import type { Append, Appended, ConversationLog } from "#core/ports/conversation-log.ts";
import type { ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";

/** Any command without the key, which is made here. */
export type Order = ConversationCommand extends infer C
  ? C extends ConversationCommand
    ? Omit<C, "clientId"> & { clientId?: string }
    : never
  : never;

/** The rules said no where the test expected a yes. */
export class CommandRefused extends Error {
  override readonly name = "CommandRefused";
}

/** Owns a conversation as a room does, one command at a time: decide, keep, evolve. */
export class Owner {
  readonly log: ConversationLog;
  readonly epoch: number;
  conversation: Conversation;

  private constructor(log: ConversationLog, epoch: number, conversation: Conversation) {
    this.log = log;
    this.epoch = epoch;
    this.conversation = conversation;
  }

  static async claim(log: ConversationLog, conversationId: string, node: string): Promise<Owner> {
    const claimed = await log.claim(conversationId, node);
    if (!claimed) throw new Error(`No conversation ${conversationId}`);
    return new Owner(log, claimed.epoch, claimed.conversation);
  }

  /** The append a command leads to, for tests that repeat, delay or spoil it. */
  async prepare(by: Person, order: Order, at = Date.now()): Promise<Append> {
    const command = { clientId: randomUUID(), ...order } as ConversationCommand;
    const { id, head } = this.conversation;
    const target = "messageId" in command ? await this.log.message(id, command.messageId) : undefined;
    const decided = decide(this.conversation, by, command, { at, newId: randomUUID, target });
    if ("refused" in decided) throw new CommandRefused(`${command.type} was refused: ${decided.refused}`);
    return { conversationId: id, epoch: this.epoch, expectedHead: head, events: decided };
  }

  async append(append: Append): Promise<Appended> {
    const appended = await this.log.append(append);
    if (appended.outcome === "kept") this.conversation = append.events.reduce(evolve, this.conversation);
    return appended;
  }

  /** Runs a command that must be kept; gives the event that was asked for. */
  async do(by: Person, order: Order, at?: number): Promise<ConversationEvent> {
    const append = await this.prepare(by, order, at);
    const appended = await this.append(append);
    if (appended.outcome !== "kept") throw new Error(`${order.type} was not kept: ${appended.outcome}`);
    return append.events.at(-1)!;
  }

  say(by: Person, body: string, at?: number): Promise<ConversationEvent> {
    return this.do(by, { type: "message.send", body }, at);
  }
}
