import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, safe in a header and in a cookie. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** How a secret is kept: who reads the store cannot sign in with what is there. */
export const hashed = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** What a page must echo beside its session's cookie. Bound to the session, so it needs no place of its own. */
export const csrfToken = (key: string, sessionId: string): string =>
  createHmac("sha256", key).update(`csrf|${sessionId}`).digest("base64url");

export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashed(one)), Buffer.from(hashed(other)));
}
