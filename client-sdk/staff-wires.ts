import type { StaffSession } from "#protocol/people.ts";
import { colyseusDialer } from "./colyseus-link.ts";
import type { DialConversation } from "./conversation-feed.ts";
import { dialDesk } from "./customer-wires.ts";
import { staffApi, type StaffApi } from "./desk-api.ts";
import { askDesk, failed, type AskDesk } from "./desk-request.ts";
import type { Dialers } from "./link-keeper.ts";
import type { World } from "./world.ts";

export type StaffWireSettings = {
  readonly desk: string;
  readonly world: World;
  /** Of the session as this tab knows it. */
  readonly csrf: () => string;
  /** The cookie turned out to be of a newer session: another tab has signed in again. */
  readonly renewed: (session: StaffSession) => boolean;
  /** In Node, one that keeps the cookie. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};

export type StaffLines = {
  readonly api: StaffApi;
  readonly dial: DialConversation;
  readonly dialWorkspace: () => Dialers;
};
export type StaffWires = (settings: StaffWireSettings) => StaffLines;

export const staffWires: StaffWires = ({ desk, world, csrf, renewed, fetch }) => {
  const { clock } = world;
  const identity = () => ({ "x-roomdesk-csrf": csrf() });
  const ask = askDesk({ desk, clock, identity, fetch, credentials: "same-origin" });
  const api = staffApi(renewing(ask, renewed));
  const dial = dialDesk(desk, world, api);
  return {
    api,
    dial,
    dialWorkspace: () => ({
      socket: colyseusDialer({ desk, clock, seat: (isHurried) => api.workspaceSeat(isHurried) }),
    }),
  };
};

/** @param renewed whether the session is still the same person's, so that the request may be made again */
const renewing =
  (ask: AskDesk, renewed: (session: StaffSession) => boolean): AskDesk =>
  async (request) => {
    const answer = await ask(request);
    if (!failed(answer) || !("refused" in answer) || answer.refused !== "bad_csrf") return answer;
    const session = await staffApi(ask).me();
    return !failed(session) && renewed(session) ? ask(request) : answer;
  };
