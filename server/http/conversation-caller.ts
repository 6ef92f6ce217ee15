import type { Request, Response } from "express";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import type { Desk } from "../desk.ts";
import { idIn } from "./accept.ts";
import { customerCaller, isCustomers, type CustomerCaller } from "./customer-caller.ts";
import { denied } from "./denied.ts";
import { staffCaller, type StaffCaller } from "./staff-caller.ts";

export type Seen = { readonly conversationId: string; readonly viewer: Viewer };

/**
 * Who asks about which conversation. One that is not theirs and one that does not exist take the same way through here, so
 * that neither the answer nor its time tells them apart.
 */
export async function conversationCaller(desk: Desk, req: Request, res: Response): Promise<Seen | Refusal> {
  const caller = isCustomers(req) ? await customerCaller(desk, req, res) : await staffCaller(desk, req);
  if (isRefusal(caller)) return caller;
  const conversationId = idIn(req);
  if (conversationId === undefined) return refuse("not_found");
  const viewer =
    caller.side === "staff"
      ? await staffViewer(desk, req, caller, conversationId)
      : await customerViewer(desk, req, caller, conversationId);
  if (viewer) return { conversationId, viewer };
  notTheirs(desk, req, res, caller, conversationId);
  return refuse("not_found");
}

async function customerViewer(
  desk: Desk,
  req: Request,
  { session }: CustomerCaller,
  conversationId: string,
): Promise<Viewer | undefined> {
  const seat = await desk.customers.seatOf(session, conversationId);
  if (!seat) return undefined;
  const person = { side: "customer", id: seat.author, name: seat.name } as const;
  return { person, orgId: session.orgId, sessionId: session.id, ...connection(req) };
}

async function staffViewer(
  desk: Desk,
  req: Request,
  { session }: StaffCaller,
  conversationId: string,
): Promise<Viewer | undefined> {
  const isOurs = await desk.feed.has(session.user.orgId, conversationId);
  return isOurs ? asViewer(req, session) : undefined;
}

export function asViewer(req: Request, { id, user }: StaffCaller["session"]): Viewer {
  const person = { side: "staff", id: user.id, name: user.name, role: user.role } as const;
  return { person, orgId: user.orgId, sessionId: id, ...connection(req) };
}

const connection = (req: Request) => ({
  userAgent: req.headers["user-agent"] ?? "",
  origin: req.headers.origin,
  ip: req.ip ?? "",
});

function notTheirs(
  desk: Desk,
  req: Request,
  res: Response,
  caller: CustomerCaller | StaffCaller,
  objectId: string,
): void {
  const who =
    caller.side === "staff"
      ? { orgId: caller.session.user.orgId, actorId: caller.session.user.id, actorRole: caller.session.user.role }
      : { orgId: caller.session.orgId, actorId: caller.session.customerId, actorRole: "customer" };
  const action = `conversation.${req.path.split("/").at(-1) === "seat" ? "enter" : "read"}`;
  denied(desk, res, { ...who, action, objectType: "conversation", objectId, code: "not_found" });
}
