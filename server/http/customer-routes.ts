import { Router, type Request, type Response } from "express";
import { OpenConversation } from "#protocol/conversation.ts";
import { OpenSession, type CustomerSession } from "#protocol/people.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { Desk } from "../desk.ts";
import { accept, acceptNothing } from "./accept.ts";
import { customerCaller, isCustomers } from "./customer-caller.ts";
import { openSession } from "./customer-session.ts";
import { shared } from "./origin.ts";
import { requestIdOf } from "./request-log.ts";
import { created, done, ok, route, type Handler } from "./reply.ts";

export function customerRoutes(desk: Desk): Router {
  return Router()
    .all(["/api/customers/session", "/api/customers/sign-out", "/api/conversations"], shared)
    .post(
      "/api/customers/session",
      route(async (req, res) => {
        const session = await open(desk, req, res);
        return isRefusal(session) ? session : ok(session);
      }),
    )
    .post("/api/customers/sign-out", route(signOut(desk)))
    .post("/api/conversations", route(openConversation(desk)));
}

function open(desk: Desk, req: Request, res: Response): Promise<CustomerSession | Refusal> | Refusal {
  const asked = accept(OpenSession, req.body);
  return isRefusal(asked) ? asked : openSession(desk, req, res, asked);
}

const signOut =
  (desk: Desk): Handler =>
  async (req, res) => {
    const caller = await customerCaller(desk, req, res);
    const refused = isRefusal(caller) ? caller : acceptNothing(req);
    if (isRefusal(caller) || refused) return refused ?? done;
    await desk.customers.endSession(caller.session.id, requestIdOf(res));
    desk.rooms.closeSessions([caller.session.id]);
    return done;
  };

const openConversation =
  (desk: Desk): Handler =>
  async (req, res) => {
    if (!isCustomers(req)) return refuse("not_signed_in");
    const caller = await customerCaller(desk, req, res);
    if (isRefusal(caller)) return caller;
    const asked = accept(OpenConversation, req.body);
    if (isRefusal(asked)) return asked;
    const waitMs = await desk.throttles.conversationsByPerson.tooMany(caller.session.id);
    if (waitMs !== undefined) return refuse("too_fast", waitMs);
    const opened = await desk.customers.openConversation(
      caller.session,
      { ...asked, at: desk.now() },
      requestIdOf(res),
    );
    if (opened.created) desk.rooms.inboxChanged(caller.session.orgId);
    const body = { conversationId: opened.conversationId };
    return opened.created ? created(body) : ok(body);
  };
