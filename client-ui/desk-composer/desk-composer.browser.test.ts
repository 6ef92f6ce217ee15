import { html } from "lit";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { expectAccessible, heard, inside, mount } from "../testing/stage.ts";
import type { RdDeskComposer } from "./desk-composer.component.ts";
import "./define.ts";

const shown = (note = false, value = "") =>
  mount<RdDeskComposer>(
    html`<rd-desk-composer
      notes
      ?note=${note}
      .value=${value}
      recipient="to Nora, in English"
      draftState="Draft saved"
    ></rd-desk-composer>`,
  );
const modes = (composer: Element) => [...inside(composer, ".modes").querySelectorAll("button")] as HTMLButtonElement[];
const send = (composer: Element) => inside<HTMLButtonElement>(composer, ".tools .button");

test("it is accessible, as a reply and as a note, empty and with text", async () => {
  for (const note of [false, true]) {
    for (const value of ["", "text"]) await expectAccessible(await shown(note, value));
  }
});

test("a note is said to be one: on the button, beside the field and in its colour", async () => {
  const composer = await shown(true, "x");
  expect(send(composer).textContent?.trim()).toBe("Save note");
  expect(send(composer).classList).toContain("lamp");
  expect(inside(composer, ".recipient").textContent).toBe("only your team sees this");
  expect(inside(composer, "textarea").ariaLabel).toBe("Write a note for your team");
  expect(send(await shown(false, "x")).textContent?.trim()).toBe("Send");
});

test("changing from reply to note keeps the text and the focus, and tells", async () => {
  const composer = await shown(false, "careful");
  const events = heard(composer, "rd-mode");
  modes(composer)[1]?.click();
  await composer.updateComplete;
  expect(events).toEqual([{ name: "rd-mode", detail: { note: true } }]);
  expect(inside<HTMLTextAreaElement>(composer, "textarea").value).toBe("careful");
  expect(composer.shadowRoot?.activeElement?.localName).toBe("textarea");
  expect(modes(composer).map((mode) => mode.ariaPressed)).toEqual(["false", "true"]);
});

test("a note is sent as one and is nobody's typing", async () => {
  const composer = await shown(true);
  const events = heard(composer, "rd-compose", "rd-typing");
  composer.focus();
  await userEvent.keyboard("secret{Enter}");
  expect(events).toEqual([{ name: "rd-compose", detail: { body: "secret", note: true, editing: null } }]);
});

test("without notes there is nothing to choose", async () => {
  const composer = await mount(html`<rd-desk-composer></rd-desk-composer>`);
  expect(composer.shadowRoot?.querySelector(".modes")).toBeNull();
});

test("pressing anywhere in the box is pressing the field", async () => {
  const composer = await shown();
  inside(composer, ".head").click();
  expect(composer.shadowRoot?.activeElement?.localName).toBe("textarea");
});
