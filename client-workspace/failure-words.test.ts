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

test("[I21] a form whose answer was no, for now, does not say that anything is tried again", () => {
  for (const refused of ["unavailable", "moved", "fault"] as const)
    expect(failureWords({ refused })).toBe("The desk cannot do this just now. Please try again in a moment.");
});

test("who was throttled reads how long to wait", () => {
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 1 })).toContain("in 1 second.");
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 42_300 })).toContain("in 43 seconds.");
  expect(failureWords({ refused: "too_many_attempts", retryInMs: 170_000 })).toContain("in 3 minutes.");
  expect(failureWords({ refused: "too_many_attempts" })).toBe(refusals.too_many_attempts.say);
});
