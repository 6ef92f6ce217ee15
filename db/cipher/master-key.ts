import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";

/** What follows from the desk's secret. Each key has one use. */
export type MasterKey = {
  /** A name for the secret that says nothing about it. */
  readonly id: string;
  /** Kept in the database to tell a wrong secret from the right one. */
  readonly checkValue: Buffer;
  readonly wrapping: KeyObject;
  readonly blindIndex: KeyObject;
  readonly audit: KeyObject;
};

export function masterKey(secret: string): MasterKey {
  const derived = (use: string, bytes = 32) => Buffer.from(hkdfSync("sha256", secret, "roomdesk", use, bytes));
  return {
    id: derived("master key id", 8).toString("hex"),
    checkValue: createHmac("sha256", derived("key check")).update("roomdesk").digest(),
    wrapping: createSecretKey(derived("wrapping")),
    blindIndex: createSecretKey(derived("blind index")),
    audit: createSecretKey(derived("audit")),
  };
}
