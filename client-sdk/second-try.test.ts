import { describe, expect, test } from "vitest";
import { withSecondTry } from "./second-try.ts";
import { ManualClock, settled } from "./testing/manual-world.ts";

function trying() {
  const clock = new ManualClock();
  const tries: ((outcome: string) => void)[] = [];
  const outcomes: string[] = [];
  const attempt = () => new Promise<string>((resolve) => tries.push(resolve));
  void withSecondTry(clock, 1000, attempt, (outcome) => outcome === "failed").then((outcome) => outcomes.push(outcome));
  const answer = async (at: number, outcome: string) => {
    tries[at]!(outcome);
    await settled();
  };
  return { clock, tries, outcomes, answer };
}

describe("trying beside", () => {
  test("an answer in time is tried for once", async () => {
    const { clock, tries, outcomes, answer } = trying();
    await answer(0, "seat");
    await clock.pass(10_000);
    expect([tries.length, outcomes]).toEqual([1, ["seat"]]);
  });

  test("while there is none it is tried again, three times in all, and the first answer counts", async () => {
    const { clock, tries, outcomes, answer } = trying();
    await clock.pass(1000);
    expect(tries).toHaveLength(2);
    await clock.pass(10_000);
    expect(tries).toHaveLength(3);
    await answer(1, "from the second");
    await answer(0, "from the first");
    expect(outcomes).toEqual(["from the second"]);
  });

  test("a slow network is only slow: the first may still answer", async () => {
    const { clock, outcomes, answer } = trying();
    await clock.pass(1000);
    await answer(1, "failed");
    expect(outcomes).toEqual([]);
    await answer(0, "late");
    await clock.pass(10_000);
    expect(outcomes).toEqual(["late"]);
  });

  test("a failure that is known counts at once: when to come back is for others to say", async () => {
    const { clock, tries, outcomes, answer } = trying();
    await answer(0, "failed");
    await clock.pass(10_000);
    expect([tries.length, outcomes]).toEqual([1, ["failed"]]);
  });

  test("all failed, it has failed", async () => {
    const { clock, outcomes, answer } = trying();
    await clock.pass(2000);
    await answer(2, "failed");
    await answer(0, "failed");
    expect(outcomes).toEqual([]);
    await answer(1, "failed");
    expect(outcomes).toEqual(["failed"]);
  });
});
