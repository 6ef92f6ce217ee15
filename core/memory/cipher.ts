import type { Cipher } from "../ports/cipher.ts";
import { fnv1a } from "./audit.ts";

export type MemoryCipher = Cipher & { /** Nothing sealed with this key opens again. */ destroy(keyId: string): void };

/**
 * Keeps a cipher's promises (bound to key and row, unreadable at a glance, `null` after a change) without its secrecy,
 * for tests and playgrounds where no cryptography is at hand.
 */
export function memoryCipher(): MemoryCipher {
  const destroyed = new Set<string>();
  return {
    async seal(keyId, row, text) {
      return scrambled(keyId, asBytes(checked(keyId, row, text)));
    },

    async open(keyId, row, bytes) {
      if (destroyed.has(keyId)) return null;
      const found = asText(scrambled(keyId, bytes));
      const text = found.slice(2);
      return checked(keyId, row, text) === found ? text : null;
    },

    destroy(keyId) {
      destroyed.add(keyId);
    },
  };
}

function checked(keyId: string, row: string, text: string): string {
  const sum = fnv1a(JSON.stringify([keyId, row, text]));
  return String.fromCharCode(sum >>> 16, sum & 0xffff) + text;
}

/** Xor with a stream made from the key: its own inverse. */
function scrambled(keyId: string, bytes: Uint8Array): Uint8Array {
  let state = fnv1a(keyId);
  return bytes.map((byte) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return byte ^ (state >>> 24);
  });
}

function asBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i += 1) {
    bytes[2 * i] = text.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = text.charCodeAt(i) & 0xff;
  }
  return bytes;
}

function asText(bytes: Uint8Array): string {
  const units: string[] = [];
  for (let i = 0; i < bytes.length; i += 2)
    units.push(String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)));
  return units.join("");
}
