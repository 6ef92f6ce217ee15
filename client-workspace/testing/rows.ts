import type { Row } from "#protocol/workspace.ts";

let made = 0;

/** A row of the list as the desk sends it: Nora, who waits for an answer. */
export function row(more: Partial<Row> = {}): Row {
  const id = more.id ?? `conversation-${++made}`;
  return {
    inboxId: "inbox",
    inboxName: "Shop",
    customer: { id: `customer-of-${id}`, name: "Nora Lindqvist", verified: true, online: true },
    status: "open",
    head: 2,
    openedAt: 0,
    lastAt: 0,
    lastLine: { text: "Hello! One of the mugs came cracked.", side: "customer", name: "Nora", deleted: false },
    waitingSince: null,
    unread: 0,
    joined: [],
    customerTyping: false,
    ...more,
    id,
  };
}
