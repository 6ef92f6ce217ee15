import { beforeEach, describe, expect, test, vi } from "vitest";
import { doubt, whenPatienceEnds } from "./patience.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate"] });
  return () => void vi.useRealTimers();
});

describe("patience", () => {
  test("ends after its time, once, and not at all when it was cancelled", async () => {
    const [ended, cancelled] = [vi.fn(), vi.fn()];
    whenPatienceEnds(1000, ended);
    whenPatienceEnds(1000, cancelled)();
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5000);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(cancelled).not.toHaveBeenCalled();
  });
});

describe("doubt about a node", () => {
  const patience = { silentMs: 1000, slowMs: 4500 };
  const doubting = (isAwake: () => Promise<unknown>, heldMs = 0) => {
    const told: string[] = [];
    const calm = doubt(patience, heldMs, { isAwake, gone: () => told.push("gone"), slow: () => told.push("slow") });
    return { told, calm };
  };

  test("one that is not awake is gone after a second", async () => {
    const { told } = doubting(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(990);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(told).toEqual(["gone"]);
  });

  test("one that is awake is only slow, and never gone", async () => {
    const { told } = doubting(() => Promise.resolve());
    await vi.advanceTimersByTimeAsync(4400);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(["slow"]);
  });

  test("an answer that may be held back is waited for as much longer, and nobody is woken meanwhile", async () => {
    const isAwake = vi.fn(() => Promise.reject(new Error("silent")));
    const { told } = doubting(isAwake, 8000);
    await vi.advanceTimersByTimeAsync(8400);
    expect([isAwake.mock.calls.length, told]).toEqual([0, []]);
    await vi.advanceTimersByTimeAsync(700);
    expect([isAwake.mock.calls.length, told]).toEqual([1, ["gone"]]);
  });

  test("a sign of life ends it", async () => {
    const { told, calm } = doubting(() => Promise.reject(new Error("silent")));
    await vi.advanceTimersByTimeAsync(900);
    calm();
    await vi.advanceTimersByTimeAsync(9000);
    expect(told).toEqual([]);
  });
});

test("who was frozen himself does not find, on waking, that the others were silent", async () => {
  vi.useRealTimers();
  const ended = vi.fn();
  const cancel = whenPatienceEnds(600, ended);
  const until = performance.now() + 1500;
  while (performance.now() < until); // the event loop stands still, as under SIGSTOP
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ended).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), 2000);
  cancel();
});
