import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { nonceBytes, type Nonces } from "./nonces.ts";

// 0x01 | id of the key (16) | nonce (12) | ciphertext | tag (16). A wrapped key is the same without the id.
const format = 1;
const keyIdBytes = 16;
const tagBytes = 16;
const algorithm = "aes-256-gcm";

/** The one format of sealed bytes. `bound` is authenticated with them: they open only with the same. */
export function sealed(key: KeyObject, bound: string, plain: Buffer, nonces: Nonces, keyId?: string): Buffer {
  const nonceAt = 1 + (keyId === undefined ? 0 : keyIdBytes);
  const textAt = nonceAt + nonceBytes;
  const out = Buffer.alloc(textAt + plain.length + tagBytes);
  out[0] = format;
  if (keyId !== undefined) out.write(keyId.replaceAll("-", ""), 1, "hex");
  nonces.write(out, nonceAt);
  const cipher = createCipheriv(algorithm, key, out.subarray(nonceAt, textAt)).setAAD(Buffer.from(bound));
  cipher.update(plain).copy(out, textAt);
  cipher.final();
  cipher.getAuthTag().copy(out, textAt + plain.length);
  return out;
}

/** `null` when the bytes were changed, bound to something else, or sealed with another key. */
export function opened(key: KeyObject, bound: string, bytes: Buffer, hasKeyId: boolean): Buffer | null {
  const nonceAt = 1 + (hasKeyId ? keyIdBytes : 0);
  const textAt = nonceAt + nonceBytes;
  const tagAt = bytes.length - tagBytes;
  if (tagAt < textAt || bytes[0] !== format) return null;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(nonceAt, textAt), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(tagAt));
  const plain = decipher.update(bytes.subarray(textAt, tagAt));
  try {
    decipher.final();
    return plain;
  } catch {
    return null; // the tag does not fit: these are not the bytes that were sealed here
  }
}

/** The key that sealed these bytes says which it is; `undefined` when they are nothing of ours. */
export function keyIdOf(bytes: Buffer): string | undefined {
  if (bytes[0] !== format || bytes.length < 1 + keyIdBytes + nonceBytes + tagBytes) return undefined;
  const hex = bytes.toString("hex", 1, 1 + keyIdBytes);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
