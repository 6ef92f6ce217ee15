import { and, asc, desc, eq, gt, isNotNull, lt, lte, notInArray, sql, type SQL } from "drizzle-orm";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { MessageFacts } from "#core/conversation/conversation.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { chatEvents, chatMessages, chatSessions } from "../schema/conversation.ts";
import type { Ctx, ScopedDb } from "../scope.ts";
import { eventOf, lineOf } from "./conversation-rows.ts";
import { ConversationScopes, type ConversationScope } from "./conversation-scopes.ts";
import type { TextScope } from "./event-texts.ts";

type Reading = { readonly db: ScopedDb; readonly text: TextScope; readonly head: number };

/**
 * What is asked of the log. Each question asks for what its side may see, and is asked as that side too: a customer's
 * reads run under the policies of a customer, so that a slip here shows too little rather than a note.
 */
export class ConversationReads {
  protected readonly door: Door;
  protected readonly keyring: Keyring;
  protected readonly scopes: ConversationScopes;

  constructor(door: Door, keyring: Keyring) {
    this.door = door;
    this.keyring = keyring;
    this.scopes = new ConversationScopes(door);
  }

  async since(conversationId: string, side: Side, seq: number, limit: number): ReturnType<ConversationLog["since"]> {
    const visible = visibleIn(conversationId, side);
    const found = await this.#reading(conversationId, side, async ({ db, text, head }) => {
      const [before, rows] = await Promise.all([
        lastBefore(db, and(visible, lte(chatEvents.seq, seq))),
        told(db, and(visible, gt(chatEvents.seq, seq)), limit + 1),
      ]);
      return { text, head, before, rows };
    });
    if (!found) return { frames: [], upTo: 0, more: false };
    const { text, head, before, rows } = found;
    const events = await Promise.all(
      rows.slice(0, limit).map((row) => eventOf(this.keyring, text, row.event, row.chat_messages !== null)),
    );
    const frames = framesFor(side, before, events);
    const last = frames.at(-1)?.event.seq ?? 0;
    const more = rows.length > limit;
    return { frames, upTo: more ? last : Math.max(head, last), more };
  }

  async page(
    conversationId: string,
    side: Side,
    before: number | undefined,
    limit: number,
  ): ReturnType<ConversationLog["page"]> {
    // The head is asked first: lines may know more than it says, never less.
    const where = and(visibleIn(conversationId, side), before === undefined ? undefined : lt(chatEvents.seq, before));
    const found = await this.#reading(conversationId, side, async ({ db, text, head }) => {
      return { text, head, rows: await lines(db, where, limit + 1) };
    });
    if (!found) return { lines: [], asOf: 0, more: false };
    const { text, head, rows } = found;
    const newest = rows.slice(0, limit).reverse();
    return {
      lines: await Promise.all(newest.map((row) => lineOf(this.keyring, text, row.event, row.chat_messages))),
      asOf: head,
      more: rows.length > limit,
    };
  }

  async message(conversationId: string, messageId: string): Promise<MessageFacts | undefined> {
    const [row] =
      (await this.#reading(conversationId, "staff", ({ db }) =>
        db
          .select()
          .from(chatMessages)
          .where(and(eq(chatMessages.conversationId, conversationId), eq(chatMessages.id, messageId))),
      )) ?? [];
    if (!row) return undefined;
    return {
      id: row.id,
      by: { side: row.authorSide, id: row.authorId },
      version: row.version,
      deleted: row.deletedAt !== null,
      note: row.visibility === "internal",
    };
  }

  async byKey(
    conversationId: string,
    author: { side: Side; id: string },
    clientId: string,
  ): Promise<ConversationEvent | undefined> {
    const isIt = and(
      eq(chatEvents.conversationId, conversationId),
      eq(chatEvents.authorId, author.id),
      eq(chatEvents.authorSide, author.side),
      eq(chatEvents.clientId, clientId),
    );
    const found = await this.#reading(conversationId, author.side, async ({ db, text }) => {
      const [row] = await told(db, isIt, 1);
      return row && { text, row };
    });
    return found && eventOf(this.keyring, found.text, found.row.event, found.row.chat_messages !== null);
  }

  /** Runs `read` as this side, after its head was asked. `undefined`: no such conversation. */
  async #reading<T>(
    conversationId: string,
    side: Side,
    read: (reading: Reading) => Promise<T>,
  ): Promise<T | undefined> {
    const remembered = await this.scopes.of(conversationId);
    const first = remembered && (await this.#readAs(conversationId, side, remembered, read));
    if (!remembered || first) return first?.value;
    // It has moved to another customer since it was remembered.
    const now = await this.scopes.fresh(conversationId);
    return now && (await this.#readAs(conversationId, side, now, read))?.value;
  }

  #readAs<T>(id: string, side: Side, scope: ConversationScope, read: (reading: Reading) => Promise<T>) {
    return this.door.withCtx(ctxOf(side, scope), async (db) => {
      // Along the index, so that a `limit` ends the reading; else a long conversation is read whole and sorted.
      const [, [session]] = await Promise.all([
        db.execute(sql`set local enable_bitmapscan = off`),
        db.select().from(chatSessions).where(eq(chatSessions.id, id)),
      ]);
      if (!session) return undefined;
      const text = { orgId: scope.orgId, dekId: scope.dekId, conversationId: id };
      const head = side === "staff" ? session.lastSeq : session.publicSeq;
      return { value: await read({ db, text, head }) };
    });
  }
}

const ctxOf = (side: Side, { orgId, customerId }: ConversationScope): Ctx =>
  side === "staff" ? { org: orgId, uid: null, role: "agent" } : { org: orgId, uid: customerId, role: "customer" };

/** The events of a conversation that this side may see. */
const visibleIn = (conversationId: string, side: Side) =>
  and(
    eq(chatEvents.conversationId, conversationId),
    side === "staff" ? undefined : eq(chatEvents.visibility, "public"),
  );

// First the few events, then what belongs to each: in one step a planner without statistics reads whole conversations.
const events = (db: ScopedDb, where: SQL | undefined, order: SQL, limit: number) =>
  db.select().from(chatEvents).where(where).orderBy(order).limit(limit).as("event");

/** With the message of those that were deleted. */
function told(db: ScopedDb, where: SQL | undefined, limit: number) {
  const event = events(db, where, asc(chatEvents.seq), limit);
  // Not `coalesce`: under row-level security PostgreSQL does not trust it with an index.
  const target = sql`case when ${event.messageId} is null then ${event.id} else ${event.messageId} end`;
  return db
    .select()
    .from(event)
    .leftJoin(chatMessages, and(eq(chatMessages.id, target), isNotNull(chatMessages.deletedAt)))
    .orderBy(event.seq);
}

/** With the message that each began, as it now reads; newest first. */
function lines(db: ScopedDb, where: SQL | undefined, limit: number) {
  const event = events(db, and(where, notInArray(chatEvents.type, changes)), desc(chatEvents.seq), limit);
  const isItsMessage = and(eq(chatMessages.conversationId, event.conversationId), eq(chatMessages.seq, event.seq));
  return db.select().from(event).leftJoin(chatMessages, isItsMessage).orderBy(desc(event.seq));
}

const changes = ["message.edited", "message.deleted"];

async function lastBefore(db: ScopedDb, where: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ seq: chatEvents.seq })
    .from(chatEvents)
    .where(where)
    .orderBy(desc(chatEvents.seq))
    .limit(1);
  return row?.seq ?? 0;
}
