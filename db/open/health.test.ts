import { expect, test, vi } from "vitest";
import { Health, type State } from "./health.ts";

const never = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));

/** A database that answers as it is told to, and what was said of it. */
function watched(first: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()) {
  const ask = vi.fn(first);
  const health = new Health(ask);
  const states: State[] = [];
  health.onState((state) => states.push(state));
  return { ask, health, states };
}
const refused = () => Promise.reject(new Error("ECONNREFUSED"));

test("a database that says nothing is down within three seconds, and up within one of answering again", async () => {
  const { ask, health, states } = watched(never);
  const since = performance.now();
  await vi.waitFor(() => expect(states).toEqual(["down"]), { timeout: 3000 });
  expect(performance.now() - since).toBeLessThan(3000);
  ask.mockImplementation(() => Promise.resolve());
  await vi.waitFor(() => expect(states).toEqual(["down", "up"]), { timeout: 1000 });
  await health.close();
});

test("one lost connection is not an outage", async () => {
  const { ask, health, states } = watched();
  ask.mockImplementationOnce(refused);
  health.suspect();
  await vi.waitFor(() => expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3), { timeout: 3000 });
  expect(states).toEqual([]);
  await health.close();
});

test("a suspicion is looked into at once, and many are looked into together", async () => {
  const { ask, health, states } = watched(refused);
  const since = performance.now();
  for (let n = 0; n < 1000; n++) health.suspect();
  await vi.waitFor(() => expect(states).toEqual(["down"]));
  expect(performance.now() - since).toBeLessThan(700);
  expect(ask.mock.calls.length).toBeLessThan(5);
  await health.close();
});

test("suspicions while it is down do not make it asked more often", async () => {
  const asked: number[] = [];
  const { health } = watched(() => {
    asked.push(performance.now());
    return refused();
  });
  await vi.waitFor(
    () => {
      health.suspect();
      expect(asked.length).toBeGreaterThanOrEqual(6);
    },
    { timeout: 5000, interval: 5 },
  );
  const pauses = asked.slice(2).map((at, n) => at - asked[n + 1]!); // the first two made it down
  expect(Math.min(...pauses)).toBeGreaterThan(200);
  await health.close();
});

test("a process that was frozen does not blame the database on waking", async () => {
  const { ask, health, states } = watched();
  const answered = Promise.withResolvers<void>();
  ask.mockImplementationOnce((signal) => Promise.race([answered.promise, never(signal)]));
  await vi.waitFor(() => expect(ask).toHaveBeenCalled(), { timeout: 2000 });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500); // as SIGSTOP, a long collection or a VM's pause
  setTimeout(answered.resolve, 100); // what had come in meanwhile is read a few turns later
  await answered.promise;
  await vi.waitFor(() => expect(ask.mock.calls.length).toBe(2), { timeout: 3000 });
  expect(ask.mock.calls[0]?.[0].aborted).toBe(false);
  expect(states).toEqual([]);
  await health.close();
});

test("closing ends a question nobody answers", async () => {
  const { ask, health } = watched(never);
  await vi.waitFor(() => expect(ask).toHaveBeenCalled(), { timeout: 2000 });
  await health.close();
});
