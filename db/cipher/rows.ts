/** What a sealed text of an event is bound to; `version` is the message's, 1 where there is none. */
export const eventRow = (
  orgId: string,
  conversationId: string,
  eventId: string,
  field: "body" | "name",
  version: number,
): string => `${orgId}|${conversationId}|${eventId}|${field}|${version}`;

/** What any other sealed column is bound to. */
export const columnRow = (orgId: string, table: string, id: string, column: string): string =>
  `${orgId}|${table}|${id}|${column}`;
