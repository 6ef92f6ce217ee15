import { expect, test, vi } from "vitest";
import { Unavailable, type Append, type Appended, type ConversationLog } from "#core/ports/conversation-log.ts";
import { HistoryLine, type Noted } from "../../history/lines.ts";
import { CrashPoints } from "./crash-points.ts";
import type { NodeCrashPoint } from "./orders.ts";
import { WatchedLog } from "./watched-log.ts";

const by = { side: "customer", id: "2d9e1d32-2c4c-4b5c-9a35-7a2d2f6b1a11" } as const;
const append: Append = {
  conversationId: "talk",
  epoch: 3,
  expectedHead: 4,
  events: [{ type: "message.posted", seq: 5, at: 1, id: "e5", by, clientId: "k5", body: "hello" }],
};

/** A log that answers as it is told, and what was noted before each of its answers reached anybody. */
function watched(answer: () => Promise<Appended>, crash = new CrashPoints(() => undefined)) {
  const noted: Noted[] = [];
  const log = {
    append: vi.fn(answer),
    since: vi.fn(async () => ({ frames: [{ after: 4, event: append.events[0] }], upTo: 5, more: false })),
    release: vi.fn(async () => undefined),
  };
  const watch = { nodeId: "node", note: (one: Noted) => void noted.push(one), crash };
  return { log, noted, watched: new WatchedLog(log as unknown as ConversationLog, watch) }; // only these are asked
}

const whats = (noted: readonly Noted[]) => noted.map(({ what }) => what);

test("an append is noted before it is asked for and before its outcome is heard, without its text", async () => {
  const {
    log,
    noted,
    watched: under,
  } = watched(async () => {
    expect(whats(noted)).toEqual(["append"]);
    return { outcome: "kept" };
  });
  await under.append(append);
  expect(log.append).toHaveBeenCalledWith(append);
  expect(whats(noted)).toEqual(["append", "appended"]);
  expect(JSON.stringify(noted)).not.toContain("hello");
  for (const one of noted) expect(HistoryLine.safeParse({ t: 1, ...one }).success).toBe(true);
});

test("of an append whose answer is lost, the outcome is unknown", async () => {
  const { noted, watched: under } = watched(() => Promise.reject(new Unavailable("lost")));
  await expect(under.append(append)).rejects.toThrow(Unavailable);
  expect(noted.at(-1)).toMatchObject({ what: "appended", outcome: "unknown" });
});

const points: Record<string, { at: NodeCrashPoint; work: (log: WatchedLog) => Promise<unknown>; asked: string }> = {
  "before the insert": { at: "before_insert", work: (log) => log.append(append), asked: "append" },
  "after the commit": { at: "after_commit_before_ack", work: (log) => log.append(append), asked: "append" },
  "in a replay": { at: "in_replay", work: (log) => log.since("talk", "staff", 4, 10), asked: "since" },
  "in a drain": { at: "in_drain", work: (log) => log.release("talk", 3), asked: "release" },
};

test.each(Object.entries(points))("a node dies %s the second time it comes there, and then only", async (_, point) => {
  const died = vi.fn();
  const crash = new CrashPoints(died);
  const { log, watched: under } = watched(async () => ({ outcome: "kept" }), crash);
  crash.arm(point.at, 2);
  await point.work(under);
  expect(died).not.toHaveBeenCalled();
  const asked = log[point.asked as keyof typeof log];
  died.mockImplementation(() => {
    const isAfter = point.at === "after_commit_before_ack" || point.at === "in_replay";
    expect(asked).toHaveBeenCalledTimes(isAfter ? 2 : 1);
  });
  await point.work(under);
  expect(died).toHaveBeenCalledOnce();
});

test("a commit that was refused is no commit to die after", async () => {
  const died = vi.fn();
  const crash = new CrashPoints(died);
  const { watched: under } = watched(async () => ({ outcome: "fenced" }), crash);
  crash.arm("after_commit_before_ack", 1);
  await under.append(append);
  expect(died).not.toHaveBeenCalled();
});
