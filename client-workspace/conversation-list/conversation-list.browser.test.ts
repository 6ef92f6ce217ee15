import { html } from "lit";
import { afterEach, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { drawn, expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import type { Row } from "#protocol/workspace.ts";
import { row } from "../testing/rows.ts";
import type { RdConversationList } from "./conversation-list.component.ts";
import "./define.ts";

const now = new Date(2026, 10, 19, 12).getTime();
const minute = 60_000;
const nora = row({ id: "nora", unread: 3, waitingSince: now - 12 * minute, lastAt: now - 2 * minute });
const marcus = row({
  id: "marcus",
  customer: { id: "marcus", name: "Marcus Bell", verified: false, online: true },
  waitingSince: now - 8 * minute,
  lastAt: now - minute,
});
const visitor = row({
  id: "visitor",
  customer: { id: "0199c1d4-3a5b-7c7d-8e9f-0123456b7f2c", name: "Visitor", verified: false, online: false },
  lastLine: { text: "It leaves tomorrow.", side: "staff", name: "Ben Osei", deleted: false },
  lastAt: now - 26 * 60 * minute,
});
const three = [marcus, nora, visitor];

const shown = (rows: readonly Row[] = three, more: Partial<RdConversationList> = {}) =>
  mount<RdConversationList>(
    html`<rd-conversation-list
      view="new"
      reader="Ben Osei"
      .rows=${rows}
      .total=${rows.length}
      .now=${now}
      .selected=${more.selected ?? null}
      .loading=${more.loading ?? false}
      .more=${more.more ?? false}
      .known=${more.known ?? true}
    ></rd-conversation-list>`,
  );
const rowsOf = (list: RdConversationList) => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>("rd-conversation-row") ?? []),
];
const textOf = (one: Element | undefined) => one?.shadowRoot?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const focused = (list: RdConversationList) => (list.shadowRoot?.activeElement as HTMLElement | null)?.dataset.id;

test("a conversation one has begun to answer says so, but not the one that is open", async () => {
  const drafts = new Map([
    ["nora", "I can send a new mug"],
    ["marcus", "Dear Marcus"],
  ]);
  const list = await shown(three, { selected: "marcus" });
  list.drafts = drafts;
  await drawn(list);
  const [open, begun] = rowsOf(list);
  expect(textOf(begun)).toContain("Draft I can send a new mug");
  expect(textOf(open)).not.toContain("Draft");
  list.rows = [{ ...nora, customerTyping: true }];
  await drawn(list);
  expect(textOf(rowsOf(list)[0])).toMatch(/typing/);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("it is accessible: rows, nobody there, and on its way", async () => {
  await expectAccessible(await shown(three, { selected: "nora", more: true }));
  await expectAccessible(await shown([]));
  await expectAccessible(await shown([], { loading: true }));
});

test("a row says who, the last line, how long they wait, and what is unread", async () => {
  const [second, first, third] = rowsOf(await shown());
  expect(textOf(first)).toBe("Nora Lindqvist 12mwaiting for 12m Hello! One of the mugs came cracked. 33 unread");
  expect(first?.shadowRoot?.querySelector(".late")).not.toBeNull();
  expect(second?.shadowRoot?.querySelector(".due")).not.toBeNull();
  expect(textOf(third)).toBe("Visitor 7F2C Yesterday You: It leaves tomorrow.");
});

test("who types is said first, and not while the connection is down", async () => {
  const typing = row({ customerTyping: true });
  expect(textOf(rowsOf(await shown([typing]))[0])).toContain("typing");
  expect(textOf(rowsOf(await shown([typing], { known: false }))[0])).not.toContain("typing");
});

test("a deleted last line, one that cannot be read, and none are said in words", async () => {
  const line = { text: null, side: "customer", name: "Nora", deleted: false } as const;
  const rows = [row({ lastLine: { ...line, deleted: true } }), row({ lastLine: line }), row({ lastLine: null })];
  const texts = rowsOf(await shown(rows)).map(textOf);
  expect(texts.map((text) => /deleted|Cannot be read|No message yet/.exec(text)?.[0])).toEqual([
    "deleted",
    "Cannot be read",
    "No message yet",
  ]);
});

test("the list is one tab stop with arrows, Home, End and typing ahead", async () => {
  const list = await shown();
  expect(rowsOf(list).map((one) => one.tabIndex)).toEqual([0, -1, -1]);
  list.focus();
  const steps: [string, string][] = [
    ["{ArrowDown}", "nora"],
    ["{End}", "visitor"],
    ["{ArrowDown}", "visitor"],
    ["{ArrowUp}", "nora"],
    ["{Home}", "marcus"],
    ["v", "visitor"],
  ];
  for (const [key, id] of steps) {
    await userEvent.keyboard(key);
    expect(focused(list)).toBe(id);
  }
});

test("Enter and a click choose; moving about does not", async () => {
  const list = await shown();
  const chosen: unknown[] = [];
  list.addEventListener("desk-choose", (event) => chosen.push((event as CustomEvent).detail));
  list.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(chosen).toEqual([]);
  await userEvent.keyboard("{Enter}");
  rowsOf(list)[2]?.click();
  expect(chosen).toEqual([{ id: "nora" }, { id: "visitor" }]);
});

test("the longest wait comes first when one wants it so", async () => {
  const list = await shown();
  inside(list, ".sub .link").click();
  await drawn(list);
  expect(rowsOf(list).map((one) => one.dataset.id)).toEqual(["nora", "marcus", "visitor"]);
  expect(list.longestWait?.id).toBe("nora");
});

test("a row that throws is replaced by an apology, and the others live on", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const broken = { ...marcus, customer: null } as unknown as Row; // what no desk sends
  const list = await shown([{ ...nora, lastLine: broken as unknown as Row["lastLine"] }, visitor]);
  expect(rowsOf(list)).toHaveLength(2);
  expect(textOf(rowsOf(list)[0])).toContain("This part could not be shown.");
  expect(textOf(rowsOf(list)[1])).toContain("Visitor 7F2C");
});
