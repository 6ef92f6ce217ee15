import type { ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import type { Refusal } from "#protocol/refusals.ts";
import { newConversation, type Conversation, type MessageFacts } from "../conversation/conversation.ts";
import { decide } from "../conversation/decide.ts";
import { evolve } from "../conversation/evolve.ts";
import { fold } from "../conversation/transcript.ts";
import { countedIds } from "../memory/memory-desk.ts";
import { ana } from "./people.ts";

/** Any command without its key. */
export type Order = ConversationCommand extends infer C
  ? C extends ConversationCommand
    ? Omit<C, "clientId">
    : never
  : never;

/** Ana's conversation, lived through decide and evolve alone. */
export class Talk {
  readonly events: ConversationEvent[] = [];
  readonly #newId = countedIds();
  conversation: Conversation = newConversation("00000000-0000-4000-a000-000000000000", ana.id, ana.name);
  /** What the clock shows next. */
  at = 1000;

  constructor() {
    const by = { side: "customer", id: ana.id } as const;
    const clientId = this.#newId();
    this.#keep({ type: "conversation.opened", seq: 1, at: this.at, id: this.#newId(), by, clientId });
  }

  /** What follows from a command; kept unless it is a refusal. */
  try(by: Person, order: Order): readonly ConversationEvent[] | Refusal {
    const command = { clientId: this.#newId(), ...order } as ConversationCommand;
    const target = "messageId" in command ? this.facts(command.messageId) : undefined;
    const decided = decide(this.conversation, by, command, { at: this.at, newId: this.#newId, target });
    if (!("refused" in decided)) for (const event of decided) this.#keep(event);
    return decided;
  }

  /** Runs a command that must succeed; gives the event that was asked for. */
  do(by: Person, order: Order): ConversationEvent {
    const decided = this.try(by, order);
    const asked = "refused" in decided ? undefined : decided.at(-1);
    if (!asked) throw new Error(`${order.type} by ${by.name}: ${JSON.stringify(decided)}`);
    return asked;
  }

  say(by: Person, body: string): ConversationEvent {
    return this.do(by, { type: "message.send", body });
  }

  facts(messageId: string): MessageFacts | undefined {
    const line = fold([], this.events).find((one) => one.id === messageId);
    if (!line || !("version" in line)) return undefined;
    return { id: line.id, by: line.by, version: line.version, deleted: !!line.deleted, note: line.kind === "note" };
  }

  #keep(event: ConversationEvent): void {
    this.events.push(event);
    this.conversation = evolve(this.conversation, event);
  }
}
