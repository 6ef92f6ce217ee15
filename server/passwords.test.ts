import { expect, test } from "vitest";
import { isGuessable, Passwords } from "./passwords.ts";

const passwords = new Passwords();

test("[N1] only the right password matches, and nothing matches nobody", async () => {
  const kept = await passwords.hash("a long sentence");
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=32768,t=3,p=1\$/);
  expect(await passwords.matches(kept, "a long sentence")).toBe(true);
  for (const wrong of ["", "a long sentenc", "A long sentence"])
    expect(await passwords.matches(kept, wrong)).toBe(false);
  expect(await passwords.matches(undefined, "a long sentence")).toBe(false);
});

test("[N1] nobody's password takes as much work to check as somebody's", async () => {
  const kept = await passwords.hash("a long sentence");
  // Work in all threads rather than time on the wall: a busy machine stretches the one and not the other.
  const work = { somebody: 0, nobody: 0 };
  for (let round = 0; round < 12; round++)
    for (const [who, hash] of [
      ["somebody", kept],
      ["nobody", undefined],
    ] as const) {
      const before = process.cpuUsage();
      await passwords.matches(hash, "wrong");
      const { user, system } = process.cpuUsage(before);
      work[who] += user + system;
    }
  expect(Math.abs(work.nobody - work.somebody) / work.somebody).toBeLessThan(0.2);
});

test("[N28] many at once wait for each other, and too many are told so", async () => {
  const kept = await passwords.hash("a long sentence");
  const asked = Array.from({ length: 103 }, () => passwords.matches(kept, "a long sentence"));
  expect(passwords.isFull).toBe(true);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
  expect(passwords.isFull).toBe(false);
});

test("[N2] the first guesses are no passwords", () => {
  for (const guess of ["aaaaaaaaaaaa", "123456789012", "01234567890123", "Ada@Harbour.example"])
    expect(isGuessable(guess, "ada@harbour.example")).toBe(true);
  for (const fine of ["a long sentence", "9n2m-ze57-hmcp-7tj8"])
    expect(isGuessable(fine, "ada@harbour.example")).toBe(false);
});
