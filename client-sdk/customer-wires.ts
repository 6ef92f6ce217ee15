import { colyseusDialer } from "./colyseus-link.ts";
import type { DialConversation } from "./conversation-feed.ts";
import { customerApi, type ConversationApi, type CustomerApi } from "./desk-api.ts";
import { askDesk } from "./desk-request.ts";
import { pollingDialer } from "./polling-link.ts";
import type { World } from "./world.ts";

export type Page = { readonly url: string; readonly title: string };

export type WireSettings = {
  readonly desk: string;
  readonly world: World;
  readonly identity: () => Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** What leads to the desk: over the network, or, in playgrounds and tests, to a desk in memory. */
export type CustomerWires = (settings: WireSettings) => { readonly api: CustomerApi; readonly dial: DialConversation };

export const customerWires: CustomerWires = ({ desk, world, identity, fetch }) => {
  const api = customerApi(askDesk({ desk, clock: world.clock, identity, fetch, credentials: "omit" }));
  return { api, dial: dialDesk(desk, world, api) };
};

/** By WebSocket, and by polling where that is blocked. */
export const dialDesk =
  (desk: string, { clock }: World, api: ConversationApi): DialConversation =>
  (conversationId, since) => ({
    socket: colyseusDialer({ desk, clock, seat: (isHurried) => api.seat(conversationId, isHurried) }),
    polling: pollingDialer({ api, clock, conversationId, since }),
  });
