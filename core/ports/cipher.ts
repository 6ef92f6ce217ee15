/** Seals texts before they reach a store. The bytes are bound to their row: moved anywhere else they do not open. */
export interface Cipher {
  /** @param row identifies the row and field; the same must be given to `open` */
  seal(keyId: string, row: string, text: string): Promise<Uint8Array>;
  /** `null` when the bytes were changed, moved, or the key was destroyed. */
  open(keyId: string, row: string, bytes: Uint8Array): Promise<string | null>;
}
