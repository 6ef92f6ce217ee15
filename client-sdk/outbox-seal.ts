/** A text as it is kept: sealed, or plain where the browser has no `crypto.subtle` (pages served by plain http). */
export type Sealed = string | { readonly nonce: Uint8Array<ArrayBuffer>; readonly bytes: ArrayBuffer };

export interface Sealer {
  seal(clientId: string, text: string): Promise<Sealed>;
  /** `undefined` when it cannot be opened. */
  open(clientId: string, sealed: Sealed): Promise<string | undefined>;
}

export interface KeyStore {
  get(): Promise<CryptoKey | undefined>;
  keep(key: CryptoKey): Promise<CryptoKey>;
}

const algorithm = { name: "AES-GCM", length: 256 };

/**
 * Seals with a key that no script can read, only use. It keeps texts from whoever copies the profile's files, not from
 * code that runs in this page.
 */
export async function sealer(keys: KeyStore): Promise<Sealer> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  const key = subtle && ((await keys.get()) ?? (await keys.keep(await newKey(subtle))));
  return {
    async seal(clientId, text) {
      if (!key) return text;
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const bytes = await subtle.encrypt(bound(nonce, clientId), key, new TextEncoder().encode(text));
      return { nonce, bytes };
    },
    async open(clientId, sealed) {
      if (typeof sealed === "string") return sealed;
      if (!key) return undefined;
      try {
        return new TextDecoder().decode(await subtle.decrypt(bound(sealed.nonce, clientId), key, sealed.bytes));
      } catch {
        return undefined; // sealed with another key, or changed
      }
    },
  };
}

const newKey = (subtle: SubtleCrypto): Promise<CryptoKey> =>
  subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);

/** Bound to its row: the bytes do not open under another key of the outbox. */
const bound = (iv: Uint8Array<ArrayBuffer>, clientId: string) => ({
  name: algorithm.name,
  iv,
  additionalData: new TextEncoder().encode(clientId),
});
