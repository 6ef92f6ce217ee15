import { createHmac, randomBytes, randomUUID } from "node:crypto";
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
    const parentId = what.kind === "conversation" ? what.parentId : null;
    const { orgId, subjectId, kind } = what;
    const row = { id: randomUUID(), orgId, subjectId, kind, parentId, kek: parentId ?? this.#master.id };
    const key = randomBytes(32);
    const wrapped = parentId
      ? await this.#use(parentId, (parent) => this.#wrap(parent.key, row, key))
      : this.#wrap(this.#master.wrapping, row, key);
    if (!wrapped) throw new Error(`There is no key ${parentId}`);
    this.#unwrapped.keep(row.id, key, subjectId);
    return { ...row, wrapped };
  }

  /** The same key wrapped by another; without touching the database, so it may be done inside a transaction. */
  rewrap(row: KeyRow, from: KeyRow, to: KeyRow): KeyRow {
    const keys = [this.#unwrap(from, this.#master.wrapping), this.#unwrap(to, this.#master.wrapping)] as const;
    const key = keys[0] && this.#unwrap(row, keys[0]);
    if (!key || !keys[1]) throw new Error(`The key ${row.id} cannot be unwrapped`);
    const moved = { ...row, parentId: to.id, kek: to.id };
    const wrapped = this.#wrap(keys[1], moved, key);
    for (const each of [...keys, key]) each?.fill(0);
    return { ...moved, wrapped };
  }

  /** Finds equal values without keeping them readable. `purpose` keeps equal values of different columns apart. */
  blindIndex(purpose: string, value: string): Buffer {
    return createHmac("sha256", this.#master.blindIndex).update(`${purpose}\0${value}`).digest();
  }

  /** Key of the audit log's chain. */
  get auditKey(): Buffer {
    return this.#master.audit;
  }

  /** Wipes a key from memory: its row was destroyed. */
  forget(keyId: string): void {
    this.#unwrapped.forget(keyId);
  }

  close(): void {
    clearInterval(this.#sweeping);
    this.#unwrapped.clear();
  }

  /** `use` runs at once with a key that is not wiped: never await while holding one. */
  async #use<T>(keyId: string, use: (key: Unwrapped) => T): Promise<T | null> {
    for (;;) {
      const found = this.#unwrapped.get(keyId) ?? (await this.#load(keyId));
      if (!found) return null;
      if (!found.wiped) return use(found);
    }
  }

  #load(keyId: string): Promise<Unwrapped | undefined> {
    const loading = this.#loading.get(keyId) ?? this.#unwrapChain(keyId).finally(() => this.#loading.delete(keyId));
    this.#loading.set(keyId, loading);
    return loading;
  }

  async #unwrapChain(keyId: string): Promise<Unwrapped | undefined> {
    const chain = [...(await this.#shelf.chain(keyId))].reverse();
    let by: Buffer | null = this.#master.wrapping;
    for (const row of chain) {
      by = this.#unwrapped.get(row.id)?.key ?? this.#unwrap(row, by);
      if (!by) return undefined;
      if (!this.#unwrapped.get(row.id)) this.#unwrapped.keep(row.id, by, row.subjectId);
    }
    return this.#unwrapped.get(keyId);
  }

  async #areOfOneSubject(one: string, other: string): Promise<boolean> {
    const subject = await this.#use(one, ({ subjectId }) => subjectId);
    return subject !== null && subject === (await this.#use(other, ({ subjectId }) => subjectId));
  }

  #wrap(by: Buffer, row: Omit<KeyRow, "wrapped">, key: Buffer): Buffer {
    return sealed(by, boundTo(row), key, this.#nonces);
  }

  #unwrap(row: KeyRow, by: Buffer): Buffer | null {
    return opened(by, boundTo(row), row.wrapped, false);
  }
}

const boundTo = ({ kind, id, parentId, kek }: Omit<KeyRow, "wrapped">): string =>
  `${kind}|${id}|${parentId ?? ""}|${kek}`;
