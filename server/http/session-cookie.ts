import type { Request, Response } from "express";
import type { Site } from "../desk.ts";

// Browsers take `__Host-` only with Secure, and Secure only over https (or localhost): plain http gets a plain name.
const nameFor = (site: Site): string => (site.secure ? "__Host-roomdesk" : "roomdesk");
const attributes = (site: Site) => ({ path: "/", httpOnly: true, sameSite: "lax", secure: site.secure }) as const;

export function sessionSecret({ headers }: Request, site: Site): string | undefined {
  const prefix = `${nameFor(site)}=`;
  const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  return value !== undefined && /^[\w-]{20,100}$/.test(value) ? value : undefined;
}

/** @param maxAgeMs how long the browser keeps it; `undefined`: until it is closed */
export function setSessionCookie(res: Response, site: Site, secret: string, maxAgeMs: number | undefined): void {
  res.cookie(nameFor(site), secret, { ...attributes(site), ...(maxAgeMs !== undefined && { maxAge: maxAgeMs }) });
}

export function clearSessionCookie(res: Response, site: Site): void {
  res.clearCookie(nameFor(site), attributes(site));
}
