import { newConversation, type Member } from "#core/conversation/conversation.ts";
import type { Claimed } from "#core/ports/conversation-log.ts";
import type { Status } from "#protocol/conversation.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import { openName, type TextScope } from "./event-texts.ts";

/** What `claim_conversation` gives: the state of the conversation without its events. */
export type ClaimRow = {
  readonly epoch: number;
  readonly org_id: string;
  readonly inbox_id: string;
  readonly dek_id: string;
  readonly customer_id: string;
  readonly customer_author: string;
  readonly customer_name: Buffer;
  readonly customer_key: string;
  readonly status: Status;
  readonly last_seq: number;
  readonly public_seq: number;
  readonly last_at: string;
  readonly members: readonly {
    readonly id: string;
    readonly joined: boolean;
    readonly nameEvent: string;
    /** Base64. */
    readonly name: string;
  }[];
  readonly reads: Readonly<Record<string, number>>;
};

/** The conversation as its new owner takes it over, without replaying the log. */
export async function claimed(keyring: Keyring, conversationId: string, row: ClaimRow): Promise<Claimed> {
  const { org_id: orgId, customer_id: customerId } = row;
  const nameRow = columnRow(orgId, "customers", customerId, "name");
  const [customerName, staff] = await Promise.all([
    keyring.open(row.customer_key, nameRow, row.customer_name),
    staffOf(keyring, { orgId, conversationId, dekId: row.dek_id }, row),
  ]);
  const fresh = newConversation(conversationId, row.customer_author, customerName ?? "");
  return {
    conversation: {
      ...fresh,
      status: row.status,
      head: row.last_seq,
      publicHead: row.public_seq,
      lastAt: Number(row.last_at),
      members: new Map([...fresh.members, ...staff.map((member) => [member.id, member] as const)]),
    },
    epoch: row.epoch,
    orgId,
    inboxId: row.inbox_id,
    reads: new Map(Object.entries(row.reads)),
  };
}

const staffOf = (keyring: Keyring, scope: TextScope, { members }: ClaimRow): Promise<Member[]> =>
  Promise.all(
    members.map(async ({ id, joined, nameEvent, name }) => ({
      id,
      side: "staff" as const,
      name: await openName(keyring, scope, nameEvent, Buffer.from(name, "base64")),
      joined,
    })),
  );
