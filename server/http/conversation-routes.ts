import { Router } from "express";
import { FetchEvents, FetchPage, PostEvent, type Answer, type Refused } from "#protocol/conversation.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import { isSignalType } from "#rooms/conversation/read-signal.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import type { Desk } from "../desk.ts";
import { addressKey } from "../throttles.ts";
import { accept, acceptNothing, acceptNumbers } from "./accept.ts";
import { conversationCaller, type Seen } from "./conversation-caller.ts";
import { shared } from "./origin.ts";
import { ok, route, type Handler, type Reply } from "./reply.ts";

const waitMaxSeconds = 20;

export const conversationRoutes = (desk: Desk): Router =>
  Router()
    .all("/api/conversations/:id/:what", shared)
    .post("/api/conversations/:id/seat", route(takeSeat(desk)))
    .post("/api/conversations/:id/events", route(postEvent(desk)))
    .get("/api/conversations/:id/events", route(pollEvents(desk)))
    .get("/api/conversations/:id/page", route(fetchPage(desk)));

const takeSeat =
  (desk: Desk): Handler =>
  async (req, res) => {
    const seen = await conversationCaller(desk, req, res);
    const refused = isRefusal(seen) ? seen : (acceptNothing(req) ?? (await tooManySeats(desk, seen.viewer)));
    if (isRefusal(seen) || refused) return refused ?? refuse("not_found");
    const seat = await desk.rooms.seats.conversation(seen.conversationId, seen.viewer);
    return isRefusal(seat) ? seat : ok({ seat });
  };

export async function tooManySeats(desk: Desk, { person, sessionId, ip }: Viewer): Promise<Refusal | undefined> {
  const who = person.side === "staff" ? person.id : sessionId;
  const waitMs =
    (await desk.throttles.seatsByPerson.tooMany(who)) ?? (await desk.throttles.seatsByAddress.tooMany(addressKey(ip)));
  return waitMs === undefined ? undefined : refuse("too_fast", waitMs);
}

const postEvent =
  (desk: Desk): Handler =>
  async (req, res) => {
    const seen = await conversationCaller(desk, req, res);
    if (isRefusal(seen)) return seen;
    const asked = accept(PostEvent, req.body);
    if (isRefusal(asked)) return asked;
    const { type, payload } = asked;
    if (isSignalType(type)) return signalled(desk, seen, type, payload);
    return answered(await desk.rooms.conversations.post(seen.conversationId, seen.viewer, type, payload));
  };

/** Of those without a socket, whose guard would count. */
async function signalled(desk: Desk, { conversationId, viewer }: Seen, type: string, payload: unknown): Promise<Reply> {
  const waitMs = await desk.throttles.signalsByPerson.tooMany(viewer.sessionId);
  if (waitMs !== undefined) return refuse("too_fast", waitMs);
  return answered(await desk.rooms.conversations.signal(conversationId, viewer, type, payload));
}

const pollEvents =
  (desk: Desk): Handler =>
  async (req, res) => {
    const seen = await conversationCaller(desk, req, res);
    if (isRefusal(seen)) return seen;
    const query = acceptNumbers(req, ["since", "limit", "wait"]);
    if (isRefusal(query)) return query;
    const { wait = 0, ...range } = query;
    const asked = accept(FetchEvents, { since: 0, ...range });
    if (isRefusal(asked) || wait > waitMaxSeconds) return refuse("invalid_message");
    const { since, limit } = asked;
    return answered(
      await desk.rooms.conversations.poll(seen.conversationId, seen.viewer, { since, limit, waitMs: wait * 1000 }),
    );
  };

const fetchPage =
  (desk: Desk): Handler =>
  async (req, res) => {
    const seen = await conversationCaller(desk, req, res);
    if (isRefusal(seen)) return seen;
    const query = acceptNumbers(req, ["before", "limit"]);
    const asked = isRefusal(query) ? query : accept(FetchPage, query);
    if (isRefusal(asked)) return asked;
    return answered(await desk.rooms.conversations.page(seen.conversationId, seen.viewer, asked));
  };

/** A room's answer as HTTP says it: a refusal is a status, not a 200 with a sad face. */
function answered(answer: Answer | Refused | { readonly ok: true }): Reply {
  if (answer.ok) return ok(answer);
  const { code, retryInMs, ref } = answer;
  return { ...refuse(code, retryInMs), ...(ref !== undefined && { ref }) };
}
