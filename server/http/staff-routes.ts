import { Router } from "express";
import { isRefusal } from "#protocol/refusals.ts";
import type { Desk } from "../desk.ts";
import { acceptNothing } from "./accept.ts";
import { done, ok, route, type Handler } from "./reply.ts";
import { requestIdOf } from "./request-log.ts";
import { clearSessionCookie } from "./session-cookie.ts";
import { signIn } from "./sign-in.ts";
import { asStaffSession, staffCaller } from "./staff-caller.ts";

export function staffRoutes(desk: Desk): Router {
  const enter = signIn(desk);
  return Router()
    .post(
      "/api/staff/sign-in",
      route(async (req, res) => {
        const session = await enter(req, res);
        return isRefusal(session) ? session : ok(session);
      }),
    )
    .get("/api/staff/me", route(whoAmI(desk)))
    .post("/api/staff/sign-out", route(signOut(desk)))
    .post("/api/staff/sign-out-everywhere", route(signOutEverywhere(desk)));
}

const whoAmI =
  (desk: Desk): Handler =>
  async (req) => {
    const caller = await staffCaller(desk, req);
    return isRefusal(caller) ? caller : ok(asStaffSession(desk, caller.session));
  };

const signOut =
  (desk: Desk): Handler =>
  async (req, res) => {
    const caller = await staffCaller(desk, req);
    const refused = isRefusal(caller) ? caller : acceptNothing(req);
    if (isRefusal(caller) || refused) return refused ?? done;
    const { id } = caller.session;
    await desk.staff.endSession(id, requestIdOf(res));
    desk.rooms.closeSessions([id]);
    clearSessionCookie(res, desk.site);
    return done;
  };

const signOutEverywhere =
  (desk: Desk): Handler =>
  async (req, res) => {
    const caller = await staffCaller(desk, req);
    const refused = isRefusal(caller) ? caller : acceptNothing(req);
    if (isRefusal(caller) || refused) return refused ?? done;
    desk.rooms.closeSessions(await desk.staff.endAllSessions(caller.session.user.id, requestIdOf(res)));
    clearSessionCookie(res, desk.site);
    return done;
  };
