import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cipher } from "#core/ports/cipher.ts";
import { difficultTexts } from "./texts.ts";

export type CipherUnderTest = {
  readonly cipher: Cipher;
  /** Two keys of two different people. */
  readonly keys: readonly [string, string];
  /** Destroys a third key, fresh and used by nobody, after `use` has used it. */
  destroyAfter(use: (keyId: string) => Promise<void>): Promise<void>;
  close?(): Promise<void>;
};

/** What every cipher must do. */
export function cipherContract(start: () => Promise<CipherUnderTest>): void {
  let under: CipherUnderTest;
  beforeAll(async () => {
    under = await start();
  });
  afterAll(() => under.close?.());
  const seal = (text: string, row = "org|conversation|event|body|1") => under.cipher.seal(under.keys[0], row, text);
  const open = (bytes: Uint8Array, row = "org|conversation|event|body|1", key = under.keys[0]) =>
    under.cipher.open(key, row, bytes);

  describe("sealing", () => {
    test("[TX1] what was sealed opens exactly as it was", async () => {
      for (const text of ["", ...difficultTexts]) expect(await open(await seal(text))).toBe(text);
    });

    test("[N63] sealed bytes hold no readable word", async () => {
      const canary = "the quick brown canary";
      const bytes = Buffer.from(await seal(canary));
      for (const encoding of ["utf8", "utf16le"] as const)
        expect(bytes.includes(Buffer.from(canary, encoding))).toBe(false);
    });

    test("[N64] bytes moved to another row do not open, nor with another person's key", async () => {
      const bytes = await seal("mine");
      expect(await open(bytes, "org|conversation|other|body|1")).toBeNull();
      expect(await open(bytes, undefined, under.keys[1])).toBeNull();
    });

    test("[N64] with any bit flipped, a byte cut off or added, they do not open, and nothing throws", async () => {
      const bytes = await seal("do not change me");
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Uint8Array.from(bytes);
        changed[at]! ^= 1 << (at % 8);
        expect(await open(changed), `byte ${at}`).toBeNull();
      }
      expect(await open(bytes.subarray(0, -1))).toBeNull();
      expect(await open(Uint8Array.from([...bytes, 0]))).toBeNull();
      expect(await open(new Uint8Array())).toBeNull();
    });

    test("[N68] after its key is destroyed nothing opens any more", async () => {
      let bytes = new Uint8Array();
      let key = "";
      await under.destroyAfter(async (keyId) => {
        key = keyId;
        bytes = Uint8Array.from(await under.cipher.seal(keyId, "row", "forget me"));
        expect(await under.cipher.open(keyId, "row", bytes)).toBe("forget me");
      });
      expect(await under.cipher.open(key, "row", bytes)).toBeNull();
    });
  });
}
