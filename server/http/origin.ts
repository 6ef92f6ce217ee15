import type { Request, RequestHandler, Response } from "express";
import type { Inbox } from "#core/ports/customers.ts";
import type { Site } from "../desk.ts";

/** Whether a request comes from a page of this desk itself, or from no page at all. */
export function isOwnOrigin({ headers }: Request, site: Site): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] !== "cross-site";
  if (site.publicUrl !== undefined && origin === site.publicUrl) return true;
  // Without PUBLIC_URL the desk is wherever it was asked for; a page of another host cannot set our Host header.
  return site.publicUrl === undefined && host !== undefined && URL.parse(origin)?.host === host;
}

/** Whether a page may talk to this inbox. Exact origins: `https://good.example.evil.example` is another one. */
export const mayEmbed = (req: Request, site: Site, inbox: Inbox): boolean =>
  isOwnOrigin(req, site) || inbox.origins.length === 0 || inbox.origins.includes(req.headers.origin ?? "");

/** What pages of other sites may ask: customers' routes. They carry a token by header, so credentials are never allowed. */
export const shared: RequestHandler = (req, res, next) => {
  if (req.headers.origin !== undefined) res.setHeader("access-control-allow-origin", "*");
  res.setHeader("access-control-expose-headers", "x-request-id, retry-after");
  res.vary("origin");
  if (req.method !== "OPTIONS") return next();
  res.setHeader("access-control-allow-headers", "authorization, content-type, x-roomdesk-device");
  res.setHeader("access-control-allow-methods", "GET, POST");
  res.setHeader("access-control-max-age", "7200");
  res.status(204).end();
};

/** Takes the permission to read the answer back: the page turned out not to be one of the inbox's. */
export const notShared = (res: Response): void => {
  res.removeHeader("access-control-allow-origin");
};
