/** Why a socket was closed by us, and what the client does about it. 4000–4499: come back; 4500–4999: do not. */
export const closeCodes = {
  /** The conversation moved to another owner, or this node was fenced: ask for a seat again. */
  moved: { code: 4010, again: true },
  /** More than 4 MiB or 10 s of unread bytes: come back and catch up by fetch. */
  slow: { code: 4008, again: true },
  /** The node is going away on purpose; `moved` told when to come back. */
  draining: { code: 4011, again: true },
  /** Too many sockets or frames. */
  rate_limited: { code: 1008, again: true },
  /** A frame above the limit, closed by the WebSocket layer. */
  too_large: { code: 1009, again: true },
  /** Three broken frames within ten seconds. */
  malformed: { code: 4500, again: false },
  /** The session was revoked, the role lowered, or the password changed: sign in again. */
  signed_out: { code: 4501, again: false },
} as const satisfies Record<string, { code: number; again: boolean }>;

export type CloseReason = keyof typeof closeCodes;

/** Unknown codes (1005, 1006, proxies' own) are treated as a broken wire: come back. */
export const mayComeBack = (code: number): boolean =>
  Object.values(closeCodes).find((known) => known.code === code)?.again ?? true;
