import type { Person } from "#protocol/people.ts";

/** Somebody who asks for a seat or acts over HTTP, as the server has verified them. Plain data: Colyseus copies it. */
export type Viewer = {
  readonly person: Person;
  readonly orgId: string;
  /** Id of their session's row: what revocation goes by. */
  readonly sessionId: string;
  /** The `user-agent` of the request, empty when there was none. The socket must come with the same one. */
  readonly userAgent: string;
  /** The `origin` of the request, found allowed by the server; `undefined` when there was none. */
  readonly origin: string | undefined;
  /** The address the server believes in, for the cap of sockets per address. */
  readonly ip: string;
};

/** Whose sockets are counted together: a customer's author id differs per conversation, their session does not. */
export const holderOf = (viewer: Viewer): string =>
  viewer.person.side === "staff" ? viewer.person.id : viewer.sessionId;
