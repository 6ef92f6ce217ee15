import { describe, expect, test } from "vitest";
import { fold } from "#core/conversation/transcript.ts";
import type { ConversationEvent, Line } from "#protocol/conversation.ts";
import type { Pending } from "./pending-rows.ts";
import type { MessageView, Self } from "./view-line.ts";
import { ViewLines, type Shown } from "./view-lines.ts";

const self: Self = { side: "customer", name: "Ana" };
const ana = { side: "customer", id: "a" } as const;
const ben = { side: "staff", id: "b" } as const;
const said = (seq: number, by: typeof ana | typeof ben = seq % 2 ? ana : ben): ConversationEvent => ({
  type: "message.posted",
  seq,
  at: seq,
  id: `event-${seq}`,
  by,
  clientId: `key-${seq}`,
  body: `${seq}`,
});
const lines = (count: number): readonly Line[] =>
  fold(
    [],
    Array.from({ length: count }, (_, at) => said(at + 1)),
  );
const shown = (more: Partial<Shown> = {}): Shown => ({
  lines: [],
  pending: none,
  self,
  marks: noMarks,
  names: noNames,
  isOffline: false,
  ...more,
});
const none: readonly Pending[] = [];
const noMarks = { delivered: 0, read: 0 };
const noNames = new Map<string, string>();
const pending = (command: Pending["row"]["command"], more: Partial<Pending> = {}): Pending => ({
  row: { conversation: "garden", command, at: 1, order: 1, parked: null },
  ack: null,
  late: false,
  problem: null,
  kept: true,
  ...more,
});
const edit = (seq: number, body: string) =>
  pending({ type: "message.edit", clientId: `edit-${seq}`, messageId: `event-${seq}`, version: 1, body });
const changedAt = (before: readonly unknown[], after: readonly unknown[]) =>
  after.flatMap((line, at) => (line === before[at] ? [] : [at]));
const message = (views: ViewLines, at: number) => views.messages.at(at) as MessageView;

describe("what did not change stays the same object", () => {
  test("a new line makes one new view, an edit changes one, older lines push the others back", () => {
    const views = new ViewLines();
    const ten = lines(10);
    views.show(shown({ lines: ten }));
    const before = views.messages;
    const eleven = fold(ten, [said(11)]);
    views.show(shown({ lines: eleven }));
    expect(changedAt(before, views.messages)).toEqual([10]);

    const then = views.messages;
    const edited = fold(eleven, [
      {
        ...said(12, ana),
        type: "message.edited",
        messageId: "event-3",
        version: 2,
        note: false,
        body: "!",
      },
    ]);
    views.show(shown({ lines: edited }));
    expect(changedAt(then, views.messages)).toEqual([2]);
    expect(message(views, 2)).toMatchObject({ body: "!", edited: true, key: "key-3" });

    const young = new ViewLines();
    young.show(shown({ lines: edited.slice(6) }));
    const late = young.messages;
    young.show(shown({ lines: edited }));
    expect(young.messages.slice(6)).toEqual(late);
    expect(changedAt(late, young.messages.slice(6))).toEqual([]);
  });

  test("ticks change my messages between the old and the new number, and no others", () => {
    const views = new ViewLines();
    const ten = lines(10);
    views.show(shown({ lines: ten, marks: { delivered: 4, read: 2 } }));
    const before = views.messages;
    expect([0, 2, 4].map((at) => message(views, at).state)).toEqual(["read", "delivered", "saved"]);
    views.show(shown({ lines: ten, marks: { delivered: 8, read: 4 } }));
    expect(changedAt(before, views.messages)).toEqual([2, 4, 6]);
    expect([0, 2, 4, 6, 8].map((at) => message(views, at).state)).toEqual([
      "read",
      "read",
      "delivered",
      "delivered",
      "saved",
    ]);
  });

  test("nothing changed: the same array", () => {
    const views = new ViewLines();
    const now = shown({ lines: lines(3), pending: [pending({ type: "message.send", clientId: "k", body: "x" })] });
    expect(views.show(now)).toBe(true);
    const before = views.messages;
    expect(views.show(now)).toBe(false);
    expect(views.messages).toBe(before);
  });

  test("an edit on its way changes its message and comes off again", () => {
    const views = new ViewLines();
    const five = lines(5);
    views.show(shown({ lines: five }));
    const before = views.messages;
    views.show(shown({ lines: five, pending: [edit(3, "new")] }));
    expect(changedAt(before, views.messages)).toEqual([2]);
    expect(message(views, 2)).toMatchObject({ body: "new", state: "sending", edited: true });
    views.show(shown({ lines: five, pending: [edit(3, "new")], isOffline: true }));
    expect(message(views, 2).state).toBe("kept");
    views.show(shown({ lines: five }));
    expect(message(views, 2)).toEqual(before[2]);
  });
});

describe("whose line it is", () => {
  test("my messages go by my key, others' by the event's id: nobody can take the place of another's bubble", () => {
    const views = new ViewLines();
    const twice = fold([], [said(1, ana), { ...said(2, ben), clientId: "key-1" }]);
    views.show(shown({ lines: twice }));
    expect(views.messages.map(({ key, own }) => [key, own])).toEqual([["key-1", true], ["event-2", false]]); // prettier-ignore
  });

  test("names come with the header, also for lines that were there before", () => {
    const views = new ViewLines();
    const two = lines(2);
    views.show(shown({ lines: two }));
    expect(views.messages.map(({ name }) => name)).toEqual(["Ana", ""]);
    views.show(shown({ lines: two, names: new Map([["b", "Ben"]]) }));
    expect(views.messages.map(({ name }) => name)).toEqual(["Ana", "Ben"]);
  });
});

test("50,000 lines: an event costs a copy, not a thousand times that", () => {
  const views = new ViewLines();
  let all = lines(50_000);
  views.show(shown({ lines: all }));
  const times: number[] = [];
  for (let seq = 50_001; seq <= 50_100; seq++) {
    const began = performance.now();
    all = fold(all, [said(seq)]);
    views.show(shown({ lines: all, marks: { delivered: seq - 2, read: seq - 3 } }));
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  expect(times[50], "median milliseconds").toBeLessThan(8);
  expect(views.messages).toHaveLength(50_100);
});
