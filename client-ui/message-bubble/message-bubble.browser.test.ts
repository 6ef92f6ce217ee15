import { html } from "lit";
import { expect, test } from "vitest";
import "../avatar/define.ts";
import { ana, ben, line } from "../testing/people.ts";
import { expectAccessible, heard, inside, mount } from "../testing/stage.ts";
import type { MessageItem, MessageLine, SendState } from "../thread/thread-item.ts";
import type { RdMessageBubble } from "./message-bubble.component.ts";
import "./define.ts";

const states = ["sending", "kept", "saved", "delivered", "read", "not_saved"] as const satisfies SendState[];
const item = (of: MessageLine, more: Partial<MessageItem> = {}): MessageItem => ({
  kind: "message",
  id: of.id,
  line: of,
  first: true,
  last: true,
  differs: false,
  ...more,
});
const shown = (of: MessageLine, more: Partial<MessageItem> = {}, options = {}) =>
  mount<RdMessageBubble>(html`<rd-message-bubble avatars .item=${item(of, more)}></rd-message-bubble>`, options);
const text = (element: Element, selector = ".row") =>
  inside(element, selector).textContent?.replace(/\s+/g, " ").trim();

test("it is accessible in every state, as an agent and as a customer sees it", async () => {
  for (const widget of [true, false]) {
    for (const state of states) {
      await expectAccessible(await shown(line(ana, "See **this**: https://example.com", { state }), {}, { widget }));
    }
    const menu = line(ben, "Hello", { may: ["copy", "history"], edited: true });
    await expectAccessible(await shown(menu, {}, { widget }));
    await expectAccessible(await shown(line(ben, null, { deletedBy: "Ben" }), {}, { widget }));
    await expectAccessible(await shown(line(ben, "only us @Dee", { kind: "note" }), {}, { widget }));
  }
});

test.each([
  ["sending", "Sending"],
  ["kept", "Kept, sent when you are back"],
  ["saved", /^\d\d:00.*·Saved$/],
  ["delivered", /^\d\d:00.*·Delivered$/],
  ["read", /^\d\d:00.*·Read$/],
] as const)("the state %s is said in a word beside its shape", async (state, words) => {
  const bubble = await shown(line(ana, "Hi", { state }));
  expect(text(bubble, ".foot")).toMatch(words);
  expect(inside(bubble, ".state").querySelector("svg")).not.toBeNull();
});

test("a bubble that waits is an outline, one that is saved is filled", async () => {
  const fill = async (state: SendState) =>
    getComputedStyle(inside(await shown(line(ana, "Hi", { state })), ".bubble")).backgroundColor;
  expect(await fill("sending")).toBe("rgba(0, 0, 0, 0)");
  expect(await fill("saved")).toBe("rgb(220, 237, 241)");
});

test("the bubble never changes its size with its state, wide or narrow, short or long", async () => {
  for (const width of [340, 700]) {
    for (const body of ["Hi", "A longer text that needs more than one line in a narrow window, and says more."]) {
      const bubble = await shown(line(ana, body, { state: "sending" }), {}, { width });
      const heights = [];
      for (const state of ["sending", "kept", "saved", "delivered", "read"] as const) {
        bubble.item = item({ ...bubble.item.line, state });
        await bubble.updateComplete;
        heights.push(bubble.offsetHeight);
      }
      expect(new Set(heights).size, `${width} px: ${heights.join()}`).toBe(1);
    }
  }
});

test("a short bubble carries its state beside it where there is room, else below", async () => {
  const beside = async (body: string, width: number) => {
    const bubble = await shown(line(ana, body, { state: "saved" }), {}, { width });
    return (
      inside(bubble, ".foot").getBoundingClientRect().top < inside(bubble, ".bubble").getBoundingClientRect().bottom
    );
  };
  expect(await beside("Hi", 600)).toBe(true);
  expect(await beside("Hi", 360)).toBe(false);
  expect(await beside("A text of more than thirty-six characters", 600)).toBe(false);
});

test("a refusal stands at the message in words, with the text kept and what can be done", async () => {
  const of = line(ana, "Here is the receipt", {
    state: "not_saved",
    problem: "This conversation is closed.",
    mayRetry: true,
  });
  const bubble = await shown(of);
  const events = heard(bubble, "rd-retry", "rd-discard");
  expect(text(bubble)).toContain("Here is the receipt");
  expect(text(bubble, ".foot")).toBe("Not saved. This conversation is closed. Retry Discard");
  for (const button of inside(bubble, ".ways").querySelectorAll("button")) button.click();
  expect(events).toEqual([
    { name: "rd-retry", detail: { id: of.id } },
    { name: "rd-discard", detail: { id: of.id } },
  ]);
});

test("Retry is offered only where the same action may succeed later", async () => {
  const bubble = await shown(line(ana, "x", { state: "not_saved", problem: "This message is too long." }));
  expect(text(bubble, ".ways")).toBe("Discard");
});

test("a refusal is shown inside a group too, and a state that differs by its shape", async () => {
  const refused = await shown(line(ana, "x", { state: "not_saved" }), { last: false, differs: true });
  expect(text(refused, ".foot")).toContain("Not saved.");
  const differing = await shown(line(ana, "x", { state: "delivered" }), { last: false, differs: true }, { width: 340 });
  expect(inside(differing, ".foot").getBoundingClientRect().top).toBeLessThan(
    inside(differing, ".bubble").getBoundingClientRect().bottom,
  );
});

test("what others wrote is signed with name and time, once per group", async () => {
  expect(text(await shown(line(ben, "Hello")), ".foot")).toMatch(/^Ben Osei·\d\d:00/);
  expect((await shown(line(ben, "Hello"), { last: false })).shadowRoot?.querySelector(".foot")).toBeNull();
});

test("a deleted message says by whom and nothing of its text, an unreadable one says so", async () => {
  const deleted = await shown(line(ben, "secret words", { deletedBy: "Ben Osei" }));
  expect(text(deleted)).toContain("Deleted by Ben Osei");
  expect(text(deleted)).not.toContain("secret");
  expect(text(await shown(line(ben, null)))).toContain("This text can no longer be read.");
});

test("a deletion says who, in the reader's own words when it was they, and nobody when nobody is known", async () => {
  const says = async (...of: Parameters<typeof line>) =>
    inside(await shown(line(...of)), ".bubble").textContent?.trim();
  expect(await says(ana, null, { deletedBy: "" })).toBe("You deleted this message");
  expect(await says(ben, null, { deletedBy: "" })).toBe("This message was deleted");
  expect(await says(ana, null, { deletedBy: "Ben Osei" })).toBe("Deleted by Ben Osei");
});

test("Edited opens the history where there is one to open", async () => {
  const bubble = await shown(line(ben, "Hello", { edited: true, may: ["history"] }));
  const events = heard(bubble, "rd-history");
  inside(bubble, ".foot button").click();
  expect(events).toHaveLength(1);
  const plain = await shown(line(ben, "Hello", { edited: true }));
  expect(text(plain, ".foot")).toContain("Edited");
  expect(plain.shadowRoot?.querySelector(".foot button")).toBeNull();
});

test("a note says that only the team sees it", async () => {
  const note = await shown(line(ben, "He is angry, @Dee", { kind: "note" }));
  expect(text(note, ".note")).toMatch(/Ben Osei only your team sees this .* He is angry, @Dee/);
  expect(inside(note, ".mention").textContent).toBe("@Dee");
  expect(note.ariaLabel).toMatch(/^Note: Ben Osei/);
});

test("64 KiB of combining marks, and a word without end, stay inside their bubble", async () => {
  for (const body of [`Z${"\u0310\u0321\u0336".repeat(10_900)}`, "W".repeat(4000)]) {
    const bubble = await shown(line(ben, body), {}, { width: 360 });
    const box = inside(bubble, ".bubble");
    expect(getComputedStyle(box).overflow).toBe("hidden");
    expect(bubble.getBoundingClientRect().right).toBeGreaterThanOrEqual(box.getBoundingClientRect().right);
    expect(box.getBoundingClientRect().width).toBeLessThanOrEqual(0.84 * 360 + 1);
  }
});

test("a right-to-left override turns neither the foot nor the next paragraph around", async () => {
  const bubble = await shown(line({ ...ben, name: "Ben \u202e OSEI" }, "evil \u202e gnp.exe"));
  const [foot, time] = [inside(bubble, ".foot"), inside(bubble, "time")];
  expect(getComputedStyle(inside(bubble, ".bubble p")).unicodeBidi).toBe("isolate");
  expect(getComputedStyle(inside(bubble, ".who")).unicodeBidi).toBe("isolate");
  expect(time.getBoundingClientRect().left).toBeGreaterThan(foot.getBoundingClientRect().left + 20);
});

test("Arabic stands at the right of its bubble, English at the left, on any page", async () => {
  const direction = async (body: string) =>
    getComputedStyle(inside(await shown(line(ben, body)), ".bubble p")).direction;
  expect(await direction("مرحبا TW-10482")).toBe("rtl");
  expect(await direction("Hello مرحبا")).toBe("ltr");
});

test("it is drawn again only when something of its own changed", async () => {
  const of = line(ana, "Hi", { state: "saved", may: ["copy"] });
  const bubble = await shown(of);
  bubble.item = item({ ...of, author: { ...ana }, may: ["copy"] });
  expect(bubble.isUpdatePending).toBe(false);
  bubble.item = item({ ...of, state: "read" });
  expect(bubble.isUpdatePending).toBe(true);
});
