import { Router } from "express";
import { isRefusal, refuse } from "#protocol/refusals.ts";
import type { Desk } from "../desk.ts";
import { acceptNothing, idIn } from "./accept.ts";
import { asViewer } from "./conversation-caller.ts";
import { tooManySeats } from "./conversation-routes.ts";
import { denied } from "./denied.ts";
import { ok, route, type Handler } from "./reply.ts";
import { actor } from "./sign-in.ts";
import { staffCaller } from "./staff-caller.ts";

export const workspaceRoutes = (desk: Desk): Router =>
  Router()
    .post("/api/workspace/seat", route(takeSeat(desk)))
    .get("/api/customers/:id", route(customerPanel(desk, "customer")))
    .get("/api/customers/of/:id", route(customerPanel(desk, "conversation")))
    .get("/api/colleagues", route(colleagues(desk)))
    .get("/api/inboxes", route(inboxes(desk)));

const takeSeat =
  (desk: Desk): Handler =>
  async (req) => {
    const caller = await staffCaller(desk, req);
    if (isRefusal(caller)) return caller;
    const viewer = asViewer(req, caller.session);
    const refused = acceptNothing(req) ?? (await tooManySeats(desk, viewer));
    if (refused) return refused;
    const seat = await desk.rooms.seats.workspace(viewer);
    return isRefusal(seat) ? seat : ok({ seat });
  };

/** @param objectType what the id in the path is of: the customer, or a conversation of theirs */
const customerPanel =
  (desk: Desk, objectType: "customer" | "conversation"): Handler =>
  async (req, res) => {
    const caller = await staffCaller(desk, req);
    if (isRefusal(caller)) return caller;
    const objectId = idIn(req);
    if (objectId === undefined) return refuse("not_found");
    const { user } = caller.session;
    const { orgId } = user;
    const customerId = objectType === "customer" ? objectId : await desk.customers.customerOf(orgId, objectId);
    const panel = customerId === undefined ? undefined : await desk.customers.panel(orgId, customerId);
    if (panel) return ok(panel);
    denied(desk, res, { ...actor(user), action: "customer.read", objectType, objectId, code: "not_found" });
    return refuse("not_found");
  };

/** Who works here. Who of them is online is the workspace room's to tell. */
const colleagues =
  (desk: Desk): Handler =>
  async (req) => {
    const caller = await staffCaller(desk, req);
    if (isRefusal(caller)) return caller;
    const people = await desk.staff.list(caller.session.user.orgId);
    return ok({ colleagues: people.map(({ id, name, role }) => ({ id, name, role })) });
  };

/** What stands in the snippets of the embedding pages. Never the identity secret. */
const inboxes =
  (desk: Desk): Handler =>
  async (req) => {
    const caller = await staffCaller(desk, req);
    if (isRefusal(caller)) return caller;
    const found = await desk.setup.inboxes(caller.session.user.orgId);
    return ok({ inboxes: found.map(({ id, name, key, origins }) => ({ id, name, key, origins })) });
  };
