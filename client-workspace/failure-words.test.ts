import { expect, test } from "vitest";
import { unreachable } from "#client-sdk/desk-request.ts";
import { refusals } from "#protocol/refusals.ts";
import { failureWords } from "./failure-words.ts";

test("a refusal says its sentence", () => {
  expect(failureWords({ refused: "wrong_credentials" })).toBe(refusals.wrong_credentials.say);
});

test("no answer is not called wrong credentials", () => {
  expect(failureWords(unreachable)).toBe("The desk does not answer. Is the network there?");
});

test("who was throttled reads how long to wait", () => {
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 1 })).toContain("in 1 second.");
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 42_300 })).toContain("in 43 seconds.");
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 170_000 })).toContain("in 3 minutes.");
  expect(failureWords({ refused: "too_many_attempts" })).toBe(refusals.too_many_attempts.say);
});
