import type { MessageLine, Speaker } from "../thread/thread-item.ts";

export const ana: Speaker = { id: "ana", name: "Ana", side: "customer" };
export const ben: Speaker = { id: "ben", name: "Ben Osei", side: "staff" };
export const noon: number = new Date(2026, 10, 19, 12).getTime();

let made = 0;
/** A line by Ana or Ben; own when Ana writes. */
export const line = (author: Speaker, body: string | null, more: Partial<MessageLine> = {}): MessageLine => ({
  kind: "message",
  id: `line-${++made}`,
  at: noon,
  author,
  own: author === ana,
  body,
  ...more,
});
