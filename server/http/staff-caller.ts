import type { Request } from "express";
import type { StaffSession } from "#protocol/people.ts";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import type { StaffSessionRow } from "#core/ports/staff.ts";
import type { Desk } from "../desk.ts";
import { csrfToken, hashed, sameSecret } from "../tokens.ts";
import { isOwnOrigin } from "./origin.ts";
import { sessionSecret } from "./session-cookie.ts";

export type StaffCaller = { readonly side: "staff"; readonly session: StaffSessionRow };

/** Whose cookie came, from a page of ours; for anything but reading also with the token only such a page can know. */
export async function staffCaller(desk: Desk, req: Request): Promise<StaffCaller | Refusal> {
  if (!isOwnOrigin(req, desk.site)) return refuse("foreign_origin");
  const secret = sessionSecret(req, desk.site);
  const session = secret === undefined ? undefined : await desk.staff.session(hashed(secret));
  if (!session) return refuse("not_signed_in");
  if (req.method !== "GET" && !hasCsrfToken(desk, req, session)) return refuse("bad_csrf");
  return { side: "staff", session };
}

function hasCsrfToken(desk: Desk, { headers }: Request, session: StaffSessionRow): boolean {
  const given = headers["x-roomdesk-csrf"];
  return typeof given === "string" && sameSecret(given, csrfToken(desk.site.secret, session.id));
}

export const asStaffSession = (desk: Desk, { id, user }: Pick<StaffSessionRow, "id" | "user">): StaffSession => ({
  user: { id: user.id, name: user.name, email: user.email, role: user.role },
  organisation: user.organisation,
  csrf: csrfToken(desk.site.secret, id),
});
