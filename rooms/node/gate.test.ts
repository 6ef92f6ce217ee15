import { beforeEach, describe, expect, test } from "vitest";
import { memoryConversationLog } from "#core/memory/conversation-log.ts";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { settled } from "../testing/manual-clock.ts";
import { fewCatchUps } from "./few-catch-ups.ts";
import { Gate } from "./gate.ts";

let gate: Gate;
let inside: number;
let most: number;
let letOut: (() => void)[];
const work = async () => {
  most = Math.max(most, ++inside);
  await new Promise<void>((resolve) => letOut.push(resolve));
  inside -= 1;
};
beforeEach(() => {
  gate = new Gate(2, 3);
  [inside, most, letOut] = [0, 0, []];
});

describe("a gate for two", () => {
  test("lets two in at once, the next in turn, and sends away who finds three waiting", async () => {
    const five = Array.from({ length: 5 }, () => gate.through(work));
    await expect(gate.through(work)).rejects.toThrow(Unavailable);
    for (let out = 0; out < 5; out++) {
      await settled();
      letOut.shift()!();
    }
    await Promise.all(five);
    expect(most).toBe(2);
    const late = gate.through(work);
    await settled();
    letOut.shift()!();
    await late;
  });

  test("is left by who fails, too", async () => {
    for (let n = 0; n < 10; n++)
      await expect(gate.through(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await gate.through(async () => "in")).toBe("in");
  });
});

test("a mass of people who catch up asks the log twenty questions at once, and writes go by", async () => {
  const log = memoryConversationLog();
  let asking = 0;
  let mostAsking = 0;
  log.since = async () => {
    mostAsking = Math.max(mostAsking, ++asking);
    await settled();
    asking -= 1;
    return { frames: [], upTo: 0, more: false };
  };
  const few = fewCatchUps(log);
  const all = Array.from({ length: 200 }, () => few.since("talk", "staff", 0, 10));
  expect(await few.claim("talk", "node")).toBeUndefined(); // not behind them
  await Promise.all(all);
  expect(mostAsking).toBe(20);
});
