import type { Request, Response } from "express";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import type { CustomerSessionRow, Inbox } from "#core/ports/customers.ts";
import type { Desk } from "../desk.ts";
import { hashed } from "../tokens.ts";
import { mayEmbed, notShared } from "./origin.ts";

export type CustomerCaller = { readonly side: "customer"; readonly session: CustomerSessionRow; readonly inbox: Inbox };

/** A customer's token: a secret, and the key of its inbox so that its origins are known even when the session has ended. */
export const tokenFor = (secret: string, inbox: Inbox): string => `${secret}.${inbox.key}`;

export const isCustomers = ({ headers }: Request): boolean => headers.authorization !== undefined;

/** Who sent the bearer token, from a page the inbox allows and the device the token was given to. */
export function customerCaller(desk: Desk, req: Request, res: Response): Promise<CustomerCaller | Refusal> {
  const token = /^Bearer ([\w.-]{1,2000})$/i.exec(req.headers.authorization ?? "")?.[1];
  const deviceId = req.headers["x-roomdesk-device"];
  if (token === undefined || typeof deviceId !== "string") return Promise.resolve(refuse("not_signed_in"));
  return customerOf(desk, req, res, { token, deviceId });
}

export async function customerOf(
  desk: Desk,
  req: Request,
  res: Response,
  { token, deviceId }: { token: string; deviceId: string },
): Promise<CustomerCaller | Refusal> {
  const [secret = "", key = ""] = split(token);
  const inbox = await desk.customers.inbox(key);
  if (inbox && !mayEmbed(req, desk.site, inbox)) {
    notShared(res);
    return refuse("foreign_origin");
  }
  const session = await desk.customers.session(hashed(secret));
  const fits = inbox !== undefined && session?.inboxId === inbox.id && session.deviceId === deviceId.toLowerCase();
  return fits ? { side: "customer", session, inbox } : refuse("not_signed_in");
}

// The key of an inbox may hold dots; a secret holds none.
function split(token: string): [string, string] {
  const dot = token.indexOf(".");
  return dot < 0 ? [token, ""] : [token.slice(0, dot), token.slice(dot + 1)];
}
