import { jwtVerify } from "jose";
import { limits } from "#protocol/limits.ts";
import { IdentityClaims } from "#protocol/people.ts";
import type { Customers, Identity, Inbox } from "#core/ports/customers.ts";

/**
 * Who the host's server says this is; `undefined` for whatever does not hold in every point. HS256 with this inbox's
 * secret and nothing else: what the header says of algorithms and keys is not followed.
 */
export async function identityFrom(
  token: string,
  inbox: Inbox,
  customers: Pick<Customers, "useOnce">,
  now: number,
): Promise<Identity | undefined> {
  const claims = await claimsOf(token, inbox, now);
  if (!claims) return undefined;
  const { sub, name, email, jti, exp } = claims;
  // Last, so that only a token good in all else is used up; by then it is known to be from the host.
  if (!(await customers.useOnce(inbox.orgId, jti, exp * 1000))) return undefined;
  return { externalId: sub, name: name?.trim() || null, email: email?.trim().toLowerCase() || null };
}

async function claimsOf(token: string, inbox: Inbox, now: number): Promise<IdentityClaims | undefined> {
  if (inbox.identitySecret === null) return undefined;
  const verified = await verify(token, inbox.identitySecret, inbox.key, now);
  const claims = IdentityClaims.safeParse(verified);
  if (!claims.success) return undefined;
  const lifeSeconds = claims.data.exp - Math.floor(now / 1000);
  return lifeSeconds <= limits.identityTokenMaxAgeSeconds ? claims.data : undefined;
}

async function verify(token: string, secret: string, audience: string, now: number): Promise<unknown> {
  try {
    const key = new TextEncoder().encode(secret);
    const checks = { algorithms: ["HS256"], audience, requiredClaims: ["sub", "aud", "exp", "jti"] };
    const { payload } = await jwtVerify(token, key, { ...checks, currentDate: new Date(now), clockTolerance: 5 });
    return payload;
  } catch {
    return undefined; // jose says in twenty ways why; a stranger is told in one.
  }
}
