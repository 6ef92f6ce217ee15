import * as z from "zod/mini";
import { limits } from "./limits.ts";

export const Uuid = z.uuid();

/** Staff roles, in rising order of right. */
export const StaffRole = z.enum(["agent", "supervisor", "admin"]);
export type StaffRole = z.infer<typeof StaffRole>;

/** Whose side of the desk somebody is on. */
export type Side = "customer" | "staff";

/**
 * Somebody who acts, as verified by the server, never as told by a payload. `id` is the id they write under: for staff
 * the user's, for customers the conversation's constant customer author (see docs/decisions/0004).
 */
export type Person =
  | { readonly side: "customer"; readonly id: string; readonly name: string }
  | { readonly side: "staff"; readonly id: string; readonly name: string; readonly role: StaffRole };

/** The author as it stands in an event. */
export type Author = { readonly side: Side | "system"; readonly id: string };

export const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(limits.emailMaxChars), z.email());

/** `POST /api/staff/sign-in` */
export const SignIn = z.strictObject({
  email: z.string().check(z.minLength(1), z.maxLength(limits.emailMaxChars)),
  password: z.string().check(z.minLength(1), z.maxLength(limits.passwordMaxChars)),
  remember: z._default(z.boolean(), false),
});
export type SignIn = z.infer<typeof SignIn>;

/** `GET /api/staff/me` and the answer to a sign-in. `csrf` goes back in the `x-roomdesk-csrf` header of every change. */
export type StaffSession = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string; readonly role: StaffRole };
  readonly organisation: string;
  readonly csrf: string;
};

/** `POST /api/setup`: the one-time link of a first start outside the demo. */
export const Setup = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  organisation: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.nameMaxChars)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.nameMaxChars)),
  email: Email,
  password: z.string().check(z.minLength(limits.passwordMinChars), z.maxLength(limits.passwordMaxChars)),
});
export type Setup = z.infer<typeof Setup>;

/**
 * `POST /api/customers/session`: an anonymous visitor of a page with the widget. `deviceId` is made and kept by the
 * browser profile; the token that comes back works only beside it. `identity` is a JWT signed by the host's server.
 */
export const OpenSession = z.strictObject({
  inboxKey: z.string().check(z.minLength(1), z.maxLength(100)),
  deviceId: Uuid,
  token: z.optional(z.string().check(z.maxLength(2000))),
  identity: z.optional(z.string().check(z.maxLength(4000))),
});
export type OpenSession = z.infer<typeof OpenSession>;

/** What a customer's device gets back. `token` goes in `authorization: Bearer`, `deviceId` in `x-roomdesk-device`. */
export type CustomerSession = {
  readonly token: string;
  readonly customer: { readonly id: string; readonly name: string; readonly verified: boolean };
  readonly inbox: { readonly name: string; readonly organisation: string };
  /** The customer's conversations in this inbox, newest first. */
  readonly conversations: readonly CustomerConversation[];
};

export type CustomerConversation = {
  readonly id: string;
  readonly status: "open" | "closed";
  readonly unread: number;
  readonly lastAt: number;
  readonly lastLine: string | null;
};

/** The claims of an identity JWT: HS256 with the inbox's secret. One use, five minutes at most. */
export const IdentityClaims = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(200)),
  aud: z.string(),
  exp: z.number(),
  iat: z.optional(z.number()),
  jti: z.string().check(z.minLength(8), z.maxLength(200)),
  name: z.optional(z.string().check(z.maxLength(limits.nameMaxChars))),
  email: z.optional(z.string().check(z.maxLength(limits.emailMaxChars))),
});
export type IdentityClaims = z.infer<typeof IdentityClaims>;
