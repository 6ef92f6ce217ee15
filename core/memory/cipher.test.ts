import { describe } from "vitest";
import { cipherContract } from "#core/contract/cipher.contract.ts";
import { memoryCipher } from "./cipher.ts";

describe("the cipher in memory", () => {
  cipherContract(async () => {
    const cipher = memoryCipher();
    return {
      cipher,
      keys: ["ana", "carl"],
      destroyAfter: async (use) => {
        await use("zoe");
        cipher.destroy("zoe");
      },
    };
  });
});
