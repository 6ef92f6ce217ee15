import { setImmediate as turn } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { GroupCommit, heldUp, type GroupCommitOptions, type HeldUp, type Lane } from "./group-commit.ts";
import { seededRandom } from "../testing/seeded-random.ts";

type Item = { readonly key: string; readonly n: number; readonly bad?: boolean };

const open: GroupCommit<Item, string>[] = [];
afterEach(() => {
  open.splice(0).forEach((one) => one.close());
  vi.useRealTimers();
});

/** A lane whose commits the test ends by hand. */
function byHand(options: Partial<GroupCommitOptions> = {}) {
  const calls: {
    items: readonly Item[];
    done: (how?: (item: Item) => string | HeldUp) => void;
    fail: (e: Error) => void;
  }[] = [];
  const alone: { item: Item; done: () => void }[] = [];
  const lane: Lane<Item, string> = {
    keyOf: ({ key }) => key,
    many: (items) =>
      new Promise((resolve, fail) => {
        calls.push({ items, done: (how = ({ n }) => `kept ${n}`) => resolve(items.map(how)), fail });
      }),
    one: (item) => new Promise((resolve) => alone.push({ item, done: () => resolve(`alone ${item.n}`) })),
  };
  const commits = new GroupCommit(lane, options);
  open.push(commits);
  const sizes = () => calls.map(({ items }) => items.length);
  return { commits, calls, alone, sizes };
}

const items = (count: number): Item[] => Array.from({ length: count }, (_, n) => ({ key: `conversation ${n}`, n }));

describe("batches", () => {
  test("[DL9] somebody alone waits for nobody, and what gathers meanwhile goes together", async () => {
    const { commits, calls, sizes } = byHand();
    const [first, ...others] = items(11);
    const all = [commits.submit(first!)];
    await turn();
    expect(sizes()).toEqual([1]);
    all.push(...others.map((item) => commits.submit(item)));
    await turn();
    expect(sizes(), "nothing starts beside the first").toEqual([1]);
    calls[0]!.done();
    await turn();
    expect(sizes()).toEqual([1, 10]);
    calls[1]!.done();
    expect(await Promise.all(all)).toEqual(items(11).map(({ n }) => `kept ${n}`));
  });

  test("[DL9] at most one append of a conversation is under way, in the order they came", async () => {
    const { commits, calls } = byHand();
    const told: number[] = [];
    for (const n of [0, 1, 2]) void commits.submit({ key: "same", n }).then(() => told.push(n));
    const other = commits.submit({ key: "other", n: 9 });
    for (const expected of [[0, 9], [1], [2]]) {
      await turn();
      expect(calls.at(-1)!.items.map(({ n }) => n)).toEqual(expected);
      calls.at(-1)!.done();
    }
    await other;
    await vi.waitFor(() => expect(told).toEqual([0, 1, 2]));
  });

  test("a second batch starts beside the first when enough are waiting, never a third", async () => {
    const { commits, calls, sizes } = byHand({ maxBatch: 10, overlapFrom: 5 });
    const all = items(34).map((item) => commits.submit(item));
    await turn();
    expect(sizes()).toEqual([10, 10]);
    calls[1]!.done();
    await turn();
    expect(sizes()).toEqual([10, 10, 10]);
    calls[2]!.done();
    await turn();
    expect(sizes(), "four are not enough").toEqual([10, 10, 10]);
    calls[0]!.done();
    await turn();
    expect(sizes()).toEqual([10, 10, 10, 4]);
    calls[3]!.done();
    await Promise.all(all);
    expect(commits.size).toBe(0);
  });

  test("a full queue refuses at once", async () => {
    const { commits } = byHand({ maxWaiting: 3 });
    const outcomes = items(5).map((item) => commits.submit(item).catch((error: unknown) => error));
    expect(await outcomes[3]).toBeInstanceOf(Unavailable);
    expect(await outcomes[4]).toBeInstanceOf(Unavailable);
  });

  test("whoever somebody else holds up goes on alone, and the others do not wait", async () => {
    const { commits, calls, alone } = byHand({ maxAlone: 1 });
    const all = items(4).map((item) => commits.submit(item));
    const again = commits.submit({ key: "conversation 1", n: 7 });
    await turn();
    calls[0]!.done(({ n }) => (n === 1 || n === 3 ? heldUp : `kept ${n}`));
    expect(await Promise.all([all[0], all[2]])).toEqual(["kept 0", "kept 2"]);
    expect(
      alone.map(({ item }) => item.n),
      "one at a time",
    ).toEqual([1]);
    expect(calls, "its conversation is still under way").toHaveLength(1);
    alone[0]!.done();
    expect(await all[1]).toBe("alone 1");
    await vi.waitFor(() => expect(alone).toHaveLength(2));
    alone[1]!.done();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    calls[1]!.done();
    expect([await all[3], await again]).toEqual(["alone 3", "kept 7"]);
  });
});

describe("faults", () => {
  test("[DL4] a batch refused for its data is tried in halves until the fault stands alone", async () => {
    const lane: Lane<Item, string> = {
      keyOf: ({ key }) => key,
      many: async (batch) => {
        if (batch.some(({ bad }) => bad)) throw new Error("invalid byte sequence");
        return batch.map(({ n }) => `kept ${n}`);
      },
      one: () => Promise.reject(new Error("nobody is held up here")),
    };
    const tried: number[] = [];
    const commits = new GroupCommit(lane, { onBatch: (size) => tried.push(size) });
    open.push(commits);
    const outcomes = await Promise.allSettled(
      items(100).map((item) => commits.submit({ ...item, bad: item.n === 7 || item.n === 70 })),
    );
    const failed = outcomes.flatMap((outcome, n) => (outcome.status === "rejected" ? [n] : []));
    expect(failed).toEqual([7, 70]);
    expect(tried.length).toBeLessThan(32);
  });

  test("an unknown outcome is nobody's acknowledgement: all of the batch are told `Unavailable`, none is repeated", async () => {
    const { commits, calls } = byHand();
    const all = items(3).map((item) => commits.submit(item).catch((error: unknown) => error));
    await turn();
    calls[0]!.fail(new Unavailable("connection lost during COMMIT"));
    for (const outcome of await Promise.all(all)) expect(outcome).toBeInstanceOf(Unavailable);
    expect(calls).toHaveLength(1);
    const next = commits.submit({ key: "conversation 1", n: 1 });
    await turn();
    calls[1]!.done();
    expect(await next).toBe("kept 1");
  });

  test("nobody waits longer than the patience, and a late answer still frees the conversation", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }); // the retry below has all the time it needs
    const { commits, calls } = byHand({ patienceMs: 50 });
    const outcomes = Promise.allSettled([commits.submit({ key: "a", n: 1 }), commits.submit({ key: "a", n: 2 })]);
    await turn();
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    for (const outcome of await outcomes)
      expect(outcome).toEqual({ status: "rejected", reason: expect.any(Unavailable) as Unavailable });
    const retry = commits.submit({ key: "a", n: 1 });
    await turn();
    expect(calls, "the first may still be committed").toHaveLength(1);
    calls[0]!.done();
    await turn();
    expect(calls).toHaveLength(2);
    calls[1]!.done();
    expect(await retry).toBe("kept 1");
  });
});

const { seed, below: random } = seededRandom();

test(`[I3] whatever happens to batches, each kept append is in the log once, in order, and nobody is told otherwise (seed ${seed})`, async () => {
  const log: Item[] = [];
  const underWay = new Set<string>();
  let batches = 0;
  const during = async <T>(batch: readonly Item[], work: () => T): Promise<T> => {
    for (const { key } of batch) {
      expect(underWay.has(key), `${key} is under way twice`).toBe(false);
      underWay.add(key);
    }
    for (let turns = random(4); turns > 0; turns -= 1) await turn();
    for (const { key } of batch) underWay.delete(key);
    return work();
  };
  const commit = (batch: readonly Item[]) => {
    if (batch.some(({ bad }) => bad)) throw new Error("bad data");
    const how = random(20);
    if (how === 0) throw new Unavailable("lost before the commit");
    log.push(...batch);
    if (how === 1) throw new Unavailable("lost after the commit");
    return "kept";
  };
  const commits = new GroupCommit<Item, string>(
    {
      keyOf: ({ key }) => key,
      many: async (batch) => {
        expect((batches += 1)).toBeLessThanOrEqual(2);
        expect(batch.length).toBeLessThanOrEqual(8);
        const free = batch.filter(() => random(10) > 0);
        return during(
          batch,
          () => (commit(free), batch.map((item) => (free.includes(item) ? "kept" : heldUp))),
        ).finally(() => (batches -= 1));
      },
      one: (item) => during([item], () => commit([item])),
    },
    { maxBatch: 8, overlapFrom: 4 },
  );
  open.push(commits);
  const told: { item: Item; outcome: unknown }[] = [];
  const submittedAt = new Map<Item, number>();
  const submitted = Array.from({ length: 2000 }, async (_, n) => {
    for (let turns = random(300); turns > 0; turns -= 1) await turn();
    const item = { key: `c${random(30)}`, n, bad: random(40) === 0 };
    submittedAt.set(item, submittedAt.size);
    told.push({ item, outcome: await commits.submit(item).catch((error: unknown) => error) });
  });
  await Promise.all(submitted);

  const times = new Map<Item, number>();
  for (const item of log) times.set(item, (times.get(item) ?? 0) + 1);
  for (const { item, outcome } of told) {
    const kept = times.get(item) ?? 0;
    if (outcome === "kept") expect(kept, `item ${item.n} was acknowledged`).toBe(1);
    else if (outcome instanceof Unavailable) expect(kept).toBeLessThanOrEqual(1);
    else
      expect({ kept, bad: item.bad, outcome: String(outcome) }).toEqual({
        kept: 0,
        bad: true,
        outcome: "Error: bad data",
      });
  }
  for (const [key, ofKey] of Map.groupBy(log, (item) => item.key)) {
    const order = ofKey.map((item) => submittedAt.get(item) ?? -1);
    expect(order, `the order of ${key}`).toEqual(order.toSorted((a, b) => a - b));
  }
  expect(told.filter(({ outcome }) => outcome === "kept").length).toBeGreaterThan(1000);
  expect(commits.size).toBe(0);
});
