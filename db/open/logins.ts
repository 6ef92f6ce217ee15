import { createHmac } from "node:crypto";
import { Refused } from "../refused.ts";

/** Who connects. The owner only migrates; each of the others may do what its policies and grants say, and owns nothing. */
export const logins = ["owner", "app", "log", "job"] as const;
export type Login = (typeof logins)[number];

export const roleOf = (login: Login) => `roomdesk_${login}`;

/** Each login's password follows from the secret, so every node of a desk knows it and nobody has to keep it. */
export const passwordOf = (login: Login, secret: string) =>
  createHmac("sha256", secret).update(`roomdesk login ${login}`).digest("hex");

/** The same database for one of our logins. */
export const loginAddress = (url: string, login: Login, secret: string) =>
  changed(url, (address) => {
    address.username = roleOf(login);
    address.password = passwordOf(login, secret);
  });

/** Another database of the same server. */
export const databaseAddress = (url: string, database: string) =>
  changed(url, (address) => {
    address.pathname = `/${encodeURIComponent(database)}`;
  });

/** Refuses what is no address, without repeating it: it may hold a password. */
export function checkedAddress(url: string): string {
  const scheme = URL.parse(url)?.protocol;
  if (scheme === "postgresql:" || scheme === "postgres:") return url;
  throw new Refused("DATABASE_URL is not an address like postgresql://user:password@host:5432/database.");
}

/** The address as it may be printed. */
export function printable(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get("host") ?? hostname}${port && `:${port}`}${pathname}`;
}

/** What else the address says (TLS, socket) stays. */
function changed(url: string, change: (address: URL) => void): string {
  const address = new URL(url);
  if (address.hostname === "") address.hostname = "localhost"; // an address without a host has no place for a name
  change(address);
  return address.href;
}
