import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import type { Route } from "../route.ts";
import { words } from "../words.ts";
import type { KnownCustomer, KnownCustomers } from "../known-customers.ts";

export const isOnline = ({ connection }: Pick<WorkspaceSession, "connection">): boolean =>
  connection === "online" || connection === "back";

export const listConnection = ({
  connection,
}: Pick<WorkspaceSession, "connection">): "online" | "reconnecting" | "offline" =>
  connection === "reconnecting" || connection === "offline" ? connection : "online";

/** The tab says how much is unread, so that one sees it from another one. */
export function titleOf({ counts }: Pick<WorkspaceSession, "counts">, { view }: Route): string {
  const unread = (counts?.unreadMine ?? 0) + (counts?.unreadNew ?? 0);
  return `${unread > 0 ? `(${unread}) ` : ""}${words.views[view]} · ${words.product}`;
}

export function customerOf(open: ConversationSession, customers: KnownCustomers): KnownCustomer | null {
  const id = open.conversationId ?? "";
  const member = open.header?.members.find(({ side }) => side === "customer");
  if (member) customers.meet(id, member);
  return customers.of(id);
}
