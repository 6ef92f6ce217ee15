import type { ConversationEvent } from "#protocol/conversation.ts";
import type { FeedRow, WorkspaceFeed } from "../ports/workspace-feed.ts";
import { folded, linesFor } from "./conversation-log.ts";
import type { KeptConversation, MemoryDesk } from "./memory-desk.ts";

export function memoryWorkspaceFeed(desk: MemoryDesk): WorkspaceFeed {
  const headsOf = (orgId: string) =>
    new Map(
      [...desk.inboxes.values()].filter((i) => i.orgId === orgId).map((i) => [i.id, desk.feedHeads.get(i.id) ?? 0]),
    );
  const of = (orgId: string) => [...desk.conversations.values()].filter((one) => one.orgId === orgId);
  return {
    async changes(orgId, since, limit) {
      const rows: FeedRow[] = [];
      const heads = headsOf(orgId);
      for (const inboxId of heads.keys()) {
        const changed = of(orgId)
          .filter((one) => one.inboxId === inboxId && one.changed > (since.get(inboxId) ?? 0))
          .sort((a, b) => a.changed - b.changed);
        const told = changed.slice(0, limit);
        rows.push(...told.map((one) => rowOf(desk, one)));
        if (told.length < changed.length) heads.set(inboxId, told.at(-1)?.changed ?? 0);
      }
      return { rows, heads };
    },

    async load(orgId, closedLimit) {
      const rows = of(orgId).map((one) => rowOf(desk, one));
      const closed = rows.filter((row) => row.status === "closed").sort((a, b) => b.lastAt - a.lastAt);
      return {
        rows: [...rows.filter((row) => row.status === "open"), ...closed.slice(0, closedLimit)],
        heads: headsOf(orgId),
        closedTotal: closed.length,
      };
    },

    async readCounts(orgId, userId) {
      const read = of(orgId).filter((one) => one.reads.has(userId));
      return new Map(read.map((one) => [one.id, customersUpTo(one, one.reads.get(userId) ?? 0)]));
    },

    async has(orgId, conversationId) {
      return desk.conversations.get(conversationId)?.orgId === orgId;
    },
  };
}

function rowOf(desk: MemoryDesk, one: KeptConversation): FeedRow {
  const { status, head, lastAt, members } = folded(desk, one);
  const customer = desk.customers.get(one.customerId);
  const joined = [...members.values()].filter((member) => member.side === "staff" && member.joined);
  return {
    id: one.id,
    inboxId: one.inboxId,
    inboxName: desk.inboxes.get(one.inboxId)?.name ?? "",
    customer: { id: one.customerId, name: customer?.name ?? "", verified: typeof customer?.externalId === "string" },
    status,
    head,
    openedAt: one.events[0]?.at ?? 0,
    lastAt,
    lastLine: lastLineOf(desk, one),
    waitingSince: one.events.reduce(waitingAfter, null),
    joined: joined.map(({ id, name }) => ({ id, name })),
    changed: one.changed,
    customerMessages: one.events.filter(isCustomers).length,
  };
}

const customersUpTo = (one: KeptConversation, seq: number): number =>
  one.events.filter((event) => event.seq <= seq && isCustomers(event)).length;

const isCustomers = (event: ConversationEvent): boolean =>
  event.type === "message.posted" && event.by.side === "customer";

function lastLineOf(desk: MemoryDesk, one: KeptConversation): FeedRow["lastLine"] {
  const line = linesFor(one, "customer").findLast((said) => said.kind === "message");
  if (line?.kind !== "message") return null;
  const isCustomer = line.by.side === "customer";
  const name = isCustomer ? desk.customers.get(one.customerId)?.name : desk.users.get(line.by.id)?.name;
  return { text: line.body, side: isCustomer ? "customer" : "staff", name: name ?? "", deleted: line.deleted !== null };
}

/** The customer waits from their first message after our last one; closing ends the wait. */
function waitingAfter(since: number | null, event: ConversationEvent): number | null {
  if (event.type === "conversation.closed") return null;
  if (event.type !== "message.posted") return since;
  return event.by.side === "customer" ? (since ?? event.at) : null;
}
