import { createHmac, createSecretKey, randomBytes, randomUUID, type KeyObject } from "node:crypto";
import type { Cipher } from "#core/ports/cipher.ts";
import type { KeyRow, KeyShelf } from "./key-shelf.ts";
import type { MasterKey } from "./master-key.ts";
import { Nonces } from "./nonces.ts";
import { keyIdOf, opened, sealed } from "./sealed.ts";
import { UnwrappedKeys, type Unwrapped, type UnwrappedKeysOptions } from "./unwrapped-keys.ts";

/** Whom a new key is for. A conversation's is wrapped by its customer's key `parentId`. */
export type KeyFor = { readonly orgId: string; readonly subjectId: string } & (
  { readonly kind: "organisation" | "customer" } | { readonly kind: "conversation"; readonly parentId: string }
);

const cacheDefaults: UnwrappedKeysOptions = { max: 20_000, forMs: 10 * 60_000, now: Date.now };

/**
 * Seals and opens texts with keys that never leave memory unwrapped. Sealing and opening read the database only for a key
 * that is not in memory: do neither inside a transaction that has not used the key before.
 */
export class Keyring implements Cipher {
  readonly #master: MasterKey;
  readonly #shelf: KeyShelf;
  readonly #nonces = new Nonces();
  readonly #unwrapped: UnwrappedKeys;
  readonly #loading = new Map<string, Promise<Unwrapped | undefined>>();
  readonly #sweeping: NodeJS.Timeout;

  constructor(master: MasterKey, shelf: KeyShelf, cache: Partial<UnwrappedKeysOptions> = {}) {
    this.#master = master;
    this.#shelf = shelf;
    this.#unwrapped = new UnwrappedKeys({ ...cacheDefaults, ...cache });
    this.#sweeping = setInterval(() => this.#unwrapped.sweep(), 30_000).unref();
  }

  async seal(keyId: string, row: string, text: string): Promise<Buffer> {
    const bytes = await this.#use(keyId, ({ key }) => sealed(key, row, Buffer.from(text), this.#nonces, keyId));
    if (!bytes) throw new Error(`There is no key ${keyId}`);
    return bytes;
  }

  async open(keyId: string, row: string, bytes: Uint8Array): Promise<string | null> {
    const box = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const sealedBy = keyIdOf(box);
    if (sealedBy === undefined) return null;
    if (sealedBy !== keyId && !(await this.#areOfOneSubject(sealedBy, keyId))) return null;
    return this.#use(sealedBy, ({ key }) => opened(key, row, box, true)?.toString() ?? null);
  }

  /** Makes a key. Its row is the caller's to keep, in the transaction of what it is for. */
  async forge(what: KeyFor): Promise<KeyRow> {
    const { orgId, subjectId, kind } = what;
    const parentId = what.kind === "conversation" ? what.parentId : null;
    const by = parentId === null ? this.#master.wrapping : await this.#use(parentId, (parent) => parent.key);
    if (!by) throw new Error(`There is no key ${parentId}`);
    const row = { id: randomUUID(), orgId, subjectId, kind, parentId, kek: parentId ?? this.#master.id };
    const bytes = randomBytes(32);
    const wrapped = this.#wrap(by, row, bytes);
    this.#unwrapped.keep(row.id, { key: asKey(bytes), subjectId });
    return { ...row, wrapped };
  }

  /** The same key wrapped by another; without touching the database, so it may be done inside a transaction. */
  rewrap(row: KeyRow, from: KeyRow, to: KeyRow): KeyRow {
    const fromKey = this.#unwrap(from, this.#master.wrapping);
    const toKey = this.#unwrap(to, this.#master.wrapping);
    const bytes = fromKey && opened(fromKey, boundTo(row), row.wrapped, false);
    if (!bytes || !toKey) throw new Error(`The key ${row.id} cannot be unwrapped`);
    const moved = { ...row, parentId: to.id, kek: to.id };
    const wrapped = this.#wrap(toKey, moved, bytes);
    bytes.fill(0);
    return { ...moved, wrapped };
  }

  /** Finds equal values without keeping them readable. `purpose` keeps equal values of different columns apart. */
  blindIndex(purpose: string, value: string): Buffer {
    return createHmac("sha256", this.#master.blindIndex).update(`${purpose}\0${value}`).digest();
  }

  /** Key of the audit log's chain. */
  get auditKey(): KeyObject {
    return this.#master.audit;
  }

  /** Drops a key from memory: its row was destroyed. */
  forget(keyId: string): void {
    this.#unwrapped.forget(keyId);
  }

  close(): void {
    clearInterval(this.#sweeping);
    this.#unwrapped.clear();
  }

  async #use<T>(keyId: string, use: (key: Unwrapped) => T): Promise<T | null> {
    const found = this.#unwrapped.get(keyId) ?? (await this.#load(keyId));
    return found ? use(found) : null;
  }

  #load(keyId: string): Promise<Unwrapped | undefined> {
    const loading = this.#loading.get(keyId) ?? this.#unwrapChain(keyId).finally(() => this.#loading.delete(keyId));
    this.#loading.set(keyId, loading);
    return loading;
  }

  async #unwrapChain(keyId: string): Promise<Unwrapped | undefined> {
    let found: Unwrapped | undefined;
    for (const row of (await this.#shelf.chain(keyId)).toReversed()) {
      const key = this.#unwrap(row, found?.key ?? this.#master.wrapping);
      if (!key) return undefined;
      found = this.#unwrapped.get(row.id) ?? this.#unwrapped.keep(row.id, { key, subjectId: row.subjectId });
    }
    return found;
  }

  async #areOfOneSubject(one: string, other: string): Promise<boolean> {
    const subject = await this.#use(one, ({ subjectId }) => subjectId);
    return subject !== null && subject === (await this.#use(other, ({ subjectId }) => subjectId));
  }

  #wrap(by: KeyObject, row: Omit<KeyRow, "wrapped">, bytes: Buffer): Buffer {
    return sealed(by, boundTo(row), bytes, this.#nonces);
  }

  #unwrap(row: KeyRow, by: KeyObject): KeyObject | null {
    const bytes = opened(by, boundTo(row), row.wrapped, false);
    return bytes && asKey(bytes);
  }
}

/** The bytes live on in the key object only. */
function asKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

const boundTo = ({ kind, id, parentId, kek }: Omit<KeyRow, "wrapped">): string =>
  `${kind}|${id}|${parentId ?? ""}|${kek}`;
