import { html } from "lit";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { expectAccessible, frame, heard, inside, mount } from "../testing/stage.ts";
import type { RdComposer } from "./composer.component.ts";
import "./define.ts";

const shown = (more: Partial<RdComposer> = {}) =>
  mount<RdComposer>(
    html`<rd-composer
      .value=${more.value ?? ""}
      .refusal=${more.refusal ?? ""}
      .closed=${more.closed ?? ""}
      .editing=${more.editing ?? null}
    ></rd-composer>`,
    { widget: true },
  );
const field = (composer: Element) => inside<HTMLTextAreaElement>(composer, "textarea");
const sendButton = (composer: Element) => inside<HTMLButtonElement>(composer, ".send");
const bodies = (events: { detail: unknown }[]) => events.map(({ detail }) => (detail as { body: string }).body);
const write = async (composer: RdComposer, text: string) => {
  field(composer).focus();
  await userEvent.keyboard(text);
  await composer.updateComplete;
};

test("it is accessible: empty, full, refused, closed, editing", async () => {
  await expectAccessible(await shown());
  await expectAccessible(await shown({ value: "x".repeat(3990) }));
  await expectAccessible(await shown({ value: "x", refusal: "One moment, please." }));
  await expectAccessible(await shown({ closed: "This conversation is closed." }));
  await expectAccessible(await shown({ editing: { id: "a", body: "old" } }));
});

test("Enter sends, without the blanks around it, and empties the field and the draft", async () => {
  const composer = await shown();
  const events = heard(composer, "rd-compose", "rd-draft");
  await write(composer, "  hello {Enter}");
  expect(events.filter(({ name }) => name === "rd-compose")).toEqual([
    { name: "rd-compose", detail: { body: "hello", note: false, editing: null } },
  ]);
  expect(field(composer).value).toBe("");
  expect(events.at(-1)).toEqual({ name: "rd-draft", detail: { body: "", note: false } });
});

test("Shift and Enter breaks the line", async () => {
  const composer = await shown();
  const events = heard(composer, "rd-compose");
  await write(composer, "one{Shift>}{Enter}{/Shift}two");
  expect(field(composer).value).toBe("one\ntwo");
  expect(events).toEqual([]);
});

test("Enter that ends a composition sends nothing", async () => {
  const composer = await shown({ value: "にほん" });
  const events = heard(composer, "rd-compose");
  const press = (more: KeyboardEventInit) =>
    field(composer).dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }),
    );
  press({ isComposing: true });
  press({ keyCode: 229 });
  expect(events).toEqual([]);
  press({});
  expect(bodies(events)).toEqual(["にほん"]);
});

test("an empty field reads as the page does, a text as it is written itself", async () => {
  const composer = await mount<RdComposer>(html`<rd-composer></rd-composer>`, { widget: true, dir: "rtl" });
  const direction = () => getComputedStyle(field(composer)).direction;
  expect(direction()).toBe("rtl");
  await write(composer, "Good morning");
  expect(direction()).toBe("ltr");
});

test("the button sends what the key sends", async () => {
  const composer = await shown({ value: "hi" });
  const events = heard(composer, "rd-compose");
  sendButton(composer).click();
  expect(bodies(events)).toEqual(["hi"]);
});

test("there is nothing to send in blanks", async () => {
  const composer = await shown();
  const events = heard(composer, "rd-compose");
  await write(composer, "   {Enter}");
  expect(events).toEqual([]);
  expect(sendButton(composer).disabled).toBe(true);
});

test("a host that prevents the sending keeps the text in the field", async () => {
  const composer = await shown({ value: "keep me" });
  composer.addEventListener("rd-compose", (event) => event.preventDefault());
  sendButton(composer).click();
  await composer.updateComplete;
  expect(field(composer).value).toBe("keep me");
});

test("near the limit it says how much is left, over it how much is too many, and does not send", async () => {
  const words = async (length: number) => {
    const composer = await shown({ value: "x".repeat(length) });
    return [inside(composer, ".words").textContent?.replace(/\s+/g, " ").trim(), sendButton(composer).disabled];
  };
  expect(await words(3599)).toEqual(["", false]);
  expect(await words(3601)).toEqual(["399 characters left", false]);
  expect(await words(4000)).toEqual(["0 characters left", false]);
  expect(await words(4001)).toEqual(["1 character too many", true]);
});

test("a refusal stands under the text until the next key", async () => {
  const composer = await shown({ value: "x", refusal: "One moment, please." });
  expect(inside(composer, ".problem").textContent?.trim()).toBe("One moment, please.");
  await write(composer, "y");
  expect(inside(composer, ".problem").textContent?.trim()).toBe("");
});

test("where nothing can be written it says why", async () => {
  const composer = await shown({ closed: "This conversation is closed." });
  expect(field(composer).disabled).toBe(true);
  expect(field(composer).placeholder).toBe("This conversation is closed.");
});

test("typing is told once in three seconds, and once that it stopped", async () => {
  const composer = await shown();
  const events = heard(composer, "rd-typing");
  await write(composer, "hello");
  expect(events.map(({ detail }) => detail)).toEqual([{ on: true }]);
  const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 3001);
  await write(composer, "!");
  later.mockRestore();
  expect(events.map(({ detail }) => detail)).toEqual([{ on: true }, { on: true }]);
  await write(composer, "{Enter}");
  expect(events.at(-1)?.detail).toEqual({ on: false });
  expect(events).toHaveLength(3);
});

test("every change of the text is a draft to keep, and a draft that is set is there to be gone on with", async () => {
  const composer = await shown({ value: "dra" });
  const events = heard(composer, "rd-draft");
  await write(composer, "ft");
  expect(bodies(events)).toEqual(["draf", "draft"]);
});

test("it grows with its text, up to eight lines, and shrinks again", async () => {
  const composer = await shown();
  const heights = [field(composer).offsetHeight];
  for (const value of ["one\ntwo", "x\n".repeat(40), ""]) {
    composer.value = value;
    await composer.updateComplete;
    heights.push(field(composer).offsetHeight);
  }
  expect(heights).toEqual([heights[0], heights[0]! * 2, 168, heights[0]]);
});

test("editing puts the text aside that was being written, saves by Enter, and brings it back", async () => {
  const composer = await shown({ value: "half a thought" });
  const events = heard(composer, "rd-compose", "rd-draft");
  composer.editing = { id: "m1", body: "old text" };
  await frame();
  expect(field(composer).value).toBe("old text");
  await write(composer, "!{Enter}");
  expect(events).toEqual([{ name: "rd-compose", detail: { body: "old text!", note: false, editing: "m1" } }]);
  expect(field(composer).value).toBe("half a thought");
});

test("Escape leaves editing as it was", async () => {
  const composer = await shown({ value: "mine", editing: { id: "m1", body: "old" } });
  const events = heard(composer, "rd-edit-cancel", "rd-compose");
  await write(composer, "changed{Escape}");
  expect(events.map(({ name }) => name)).toEqual(["rd-edit-cancel"]);
  expect(field(composer).value).toBe("mine");
});

test("send, and what else is pressed, is at least 44 px for a finger", async () => {
  const { width, height } = sendButton(await shown()).getBoundingClientRect();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
});
