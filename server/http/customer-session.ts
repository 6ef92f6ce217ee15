import type { Request, Response } from "express";
import type { CustomerSession, OpenSession } from "#protocol/people.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { CustomerSessionRow, Identity, Inbox } from "#core/ports/customers.ts";
import type { Desk } from "../desk.ts";
import { addressKey } from "../throttles.ts";
import { hashed, newSecret } from "../tokens.ts";
import { customerOf, tokenFor } from "./customer-caller.ts";
import { denied } from "./denied.ts";
import { identityFrom } from "./identity-token.ts";
import { mayEmbed, notShared } from "./origin.ts";
import { requestIdOf } from "./request-log.ts";

type Opened = { readonly token: string; readonly session: CustomerSessionRow };

/** Resumes a customer's session or starts an anonymous one; with an identity it becomes the known customer's. */
export async function openSession(
  desk: Desk,
  req: Request,
  res: Response,
  asked: OpenSession,
): Promise<CustomerSession | Refusal> {
  const waitMs = await desk.throttles.sessionsByAddress.tooMany(addressKey(req.ip));
  if (waitMs !== undefined) return refuse("too_many_attempts", waitMs);
  const inbox = await desk.customers.inbox(asked.inboxKey);
  if (!inbox) return refuse("unknown_inbox");
  if (!mayEmbed(req, desk.site, inbox)) return foreign(desk, res, inbox);
  const resumed =
    asked.token === undefined ? undefined : await resume(desk, req, res, inbox, asked.token, asked.deviceId);
  if (isRefusal(resumed)) return resumed;
  // Before anything is made: a bad identity leaves no anonymous customer behind whom nobody asked for.
  const identity = asked.identity === undefined ? undefined : await confirm(desk, req, res, inbox, asked.identity);
  if (isRefusal(identity)) return identity;
  const opened = resumed ?? (await startAnonymous(desk, req, inbox, asked.deviceId.toLowerCase()));
  return describe(desk, inbox, identity ? await introduce(desk, res, opened, identity) : opened);
}

async function confirm(desk: Desk, req: Request, res: Response, inbox: Inbox, token: string) {
  const waitMs = await desk.throttles.identityByAddress.tooMany(addressKey(req.ip));
  if (waitMs !== undefined) return refuse("too_many_attempts", waitMs);
  const identity = await identityFrom(token, inbox, desk.customers, desk.now());
  if (identity) return identity;
  refusedVisitor(desk, res, inbox, "customer.identify", "bad_identity");
  return refuse("bad_identity");
}

async function resume(
  desk: Desk,
  req: Request,
  res: Response,
  inbox: Inbox,
  token: string,
  deviceId: string,
): Promise<Opened | Refusal> {
  const caller = await customerOf(desk, req, res, { token, deviceId });
  if (isRefusal(caller)) return caller;
  return caller.inbox.id === inbox.id ? { token, session: caller.session } : refuse("not_signed_in");
}

async function startAnonymous(desk: Desk, req: Request, inbox: Inbox, deviceId: string): Promise<Opened> {
  const secret = newSecret();
  const device = (req.headers["user-agent"] ?? "").slice(0, 200);
  const language = /^[\w-]{2,20}/.exec(req.headers["accept-language"] ?? "")?.[0] ?? "";
  const start = { sessionId: hashed(secret), inbox, deviceId, name: "Visitor", hint: { device, language } };
  return { token: tokenFor(secret, inbox), session: await desk.customers.startAnonymous(start) };
}

async function introduce(
  desk: Desk,
  res: Response,
  { token, session: before }: Opened,
  identity: Identity,
): Promise<Opened> {
  const { session, moved } = await desk.customers.identify(before, identity, requestIdOf(res));
  desk.rooms.inboxChanged(session.orgId);
  // Somebody else from now on: what is open belongs to who they were.
  if (before.verified && session.customerId !== before.customerId) desk.rooms.closeSessions([session.id]);
  const renamed = session.customerName === before.customerName ? [] : await desk.customers.conversations(session);
  desk.rooms.renew([...new Set([...moved, ...renamed.map(({ id }) => id)])]);
  return { token, session };
}

async function describe(desk: Desk, inbox: Inbox, { token, session }: Opened): Promise<CustomerSession> {
  return {
    token,
    customer: { id: session.customerId, name: session.customerName, verified: session.verified },
    inbox: { name: inbox.name, organisation: inbox.organisation },
    conversations: await desk.customers.conversations(session),
  };
}

function foreign(desk: Desk, res: Response, inbox: Inbox): Refusal {
  notShared(res);
  refusedVisitor(desk, res, inbox, "customer.session", "foreign_origin");
  return refuse("foreign_origin");
}

function refusedVisitor(desk: Desk, res: Response, inbox: Inbox, action: string, code: string): void {
  const visitor = { orgId: inbox.orgId, actorId: null, actorRole: "customer" };
  denied(desk, res, { ...visitor, action, objectType: "inbox", objectId: inbox.id, code });
}
