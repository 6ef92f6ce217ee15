import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Author, Side } from "#protocol/people.ts";
import { statusChanged } from "../audit-entries.ts";
import { headFor, newConversation, type Conversation, type MessageFacts } from "../conversation/conversation.ts";
import { advanced } from "../conversation/cursor.ts";
import { evolve } from "../conversation/evolve.ts";
import { fold } from "../conversation/transcript.ts";
import { framesFor, visibleTo } from "../conversation/visible-to.ts";
import type { Append, Appended, Claimed, ConversationLog } from "../ports/conversation-log.ts";
import { AppendFaults } from "./append-faults.ts";
import { keepAudit } from "./audit.ts";
import { keepConversation, memoryDesk, type KeptConversation, type MemoryDesk } from "./memory-desk.ts";

/** The log in memory. `faults` lets a test lose, repeat or delay appends as a real store might. */
export const memoryConversationLog = (desk: MemoryDesk = memoryDesk()): MemoryConversationLog =>
  new MemoryConversationLog(desk);

export class MemoryConversationLog implements ConversationLog {
  readonly faults = new AppendFaults();
  readonly desk: MemoryDesk;

  constructor(desk: MemoryDesk) {
    this.desk = desk;
  }

  async claim(conversationId: string, nodeId: string): Promise<Claimed | undefined> {
    const found = this.#find(conversationId);
    if (!found) return undefined;
    const epoch = found.epoch + 1;
    this.desk.conversations.set(conversationId, { ...found, epoch, ownerNode: nodeId });
    const { orgId, inboxId, reads } = found;
    return { conversation: folded(this.desk, found), epoch, orgId, inboxId, reads };
  }

  async release(conversationId: string, epoch: number): Promise<void> {
    const found = this.#find(conversationId);
    if (found?.epoch === epoch) this.desk.conversations.set(conversationId, { ...found, ownerNode: null });
  }

  async stillOwned(owned: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> {
    return new Set([...owned].filter(([id, epoch]) => this.#find(id)?.epoch === epoch).map(([id]) => id));
  }

  async append(append: Append): Promise<Appended> {
    await this.faults.beforeKeeping();
    const appended = keep(this.desk, append);
    this.faults.afterKeeping();
    return appended;
  }

  async since(conversationId: string, side: Side, seq: number, limit: number): ReturnType<ConversationLog["since"]> {
    const events = told(this.#find(conversationId)).filter((event) => visibleTo(side, event));
    const beyond = events.filter((event) => event.seq > seq);
    const after = events.findLast((event) => event.seq <= seq)?.seq ?? 0;
    const frames = framesFor(side, after, beyond.slice(0, limit));
    const more = beyond.length > limit;
    return { frames, upTo: (more ? frames.at(-1)?.event.seq : events.at(-1)?.seq) ?? 0, more };
  }

  async page(
    conversationId: string,
    side: Side,
    before: number | undefined,
    limit: number,
  ): ReturnType<ConversationLog["page"]> {
    const found = this.#find(conversationId);
    const older = found ? linesFor(found, side).filter((line) => line.seq < (before ?? Infinity)) : [];
    const asOf = found ? headFor(folded(this.desk, found), side) : 0;
    return { lines: older.slice(-limit), asOf, more: older.length > limit };
  }

  async message(conversationId: string, messageId: string): Promise<MessageFacts | undefined> {
    return factsOf(this.#find(conversationId)?.events ?? [], messageId);
  }

  async byKey(conversationId: string, author: Author, clientId: string): Promise<ConversationEvent | undefined> {
    return told(this.#find(conversationId)).find((event) => hasKey(event, author, clientId));
  }

  async read(conversationId: string, person: { side: Side; id: string }, upTo: number): Promise<void> {
    const found = this.#find(conversationId);
    if (!found) return;
    const read = advanced(found.reads.get(person.id) ?? 0, upTo, found.events.length);
    this.desk.conversations.set(conversationId, { ...found, reads: new Map(found.reads).set(person.id, read) });
  }

  #find(id: string): KeptConversation | undefined {
    this.faults.refuseWhileDown();
    return this.desk.conversations.get(id);
  }
}

function keep(desk: MemoryDesk, { conversationId, epoch, expectedHead, events }: Append): Appended {
  const found = desk.conversations.get(conversationId);
  if (found?.epoch !== epoch) return { outcome: "fenced" };
  const asked = events.at(-1); // what comes along with it has a key of its own
  const known = asked && told(found).find((kept) => hasKey(kept, asked.by, asked.clientId));
  if (known) return { outcome: "duplicate", event: known };
  if (found.events.length !== expectedHead) return { outcome: "behind" };
  for (const event of events) auditStatus(desk, found, event);
  keepConversation(desk, { ...found, events: [...found.events, ...events] });
  return { outcome: "kept" };
}

function auditStatus(desk: MemoryDesk, { orgId, id }: KeptConversation, event: ConversationEvent): void {
  if (event.type !== "conversation.closed" && event.type !== "conversation.reopened") return;
  const role = event.by.side === "customer" ? "customer" : (desk.users.get(event.by.id)?.role ?? "none");
  keepAudit(desk, statusChanged({ orgId, conversationId: id }, event, role));
}

const hasKey = (event: ConversationEvent, author: Author, clientId: string): boolean =>
  event.clientId === clientId && event.by.id === author.id && event.by.side === author.side;

/** The events as they may be told: texts of deleted messages are gone from all of them (CV10). */
function told(found: KeptConversation | undefined): readonly ConversationEvent[] {
  const events = found?.events ?? [];
  const deleted = new Set(events.flatMap((event) => (event.type === "message.deleted" ? [event.messageId] : [])));
  const isGone = (event: ConversationEvent) => deleted.has("messageId" in event ? event.messageId : event.id);
  return events.map((event) => ("body" in event && isGone(event) ? { ...event, body: null } : event));
}

export function folded(desk: MemoryDesk, kept: KeptConversation): Conversation {
  const name = desk.customers.get(kept.customerId)?.name ?? "";
  return kept.events.reduce(evolve, newConversation(kept.id, kept.customerAuthor, name));
}

function factsOf(events: readonly ConversationEvent[], messageId: string): MessageFacts | undefined {
  const line = fold([], events).find((one) => one.id === messageId);
  if (!line || !("version" in line)) return undefined;
  const { id, by, version, kind, deleted } = line;
  return { id, by, version, deleted: deleted !== null, note: kind === "note" };
}

/** What a side sees of a conversation: for the other ports in memory. */
export const linesFor = (kept: KeptConversation, side: Side) =>
  fold(
    [],
    told(kept).filter((event) => visibleTo(side, event)),
  );
