import { html } from "lit";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import { refusals } from "#protocol/refusals.ts";
import { staffedDesk } from "../testing/staffed-desk.ts";
import "./define.ts";
import type { RdSetup } from "./setup.component.ts";

const filled = { organisation: "Garden & Co", name: "Ada", email: "ada@example.com", password: "a long enough one" };

async function shown() {
  const { desk } = await staffedDesk({ signedIn: false });
  const form = await mount<RdSetup>(html`<rd-setup .session=${desk} token="once"></rd-setup>`);
  const send = async (fields: Record<string, string>) => {
    for (const [name, text] of Object.entries(fields)) await userEvent.fill(inside(form, `[name=${name}]`), text);
    await userEvent.keyboard("{Enter}");
  };
  return { desk, form, send };
}

test("it is accessible", async () => {
  await expectAccessible((await shown()).form);
});

test("it sends what was filled in with the token of the link", async () => {
  const { desk, send } = await shown();
  const asked = vi.spyOn(desk, "setup").mockResolvedValue(undefined);
  await send(filled);
  expect(asked).toHaveBeenCalledWith({ ...filled, token: "once" });
});

test("a link that was used is refused in words", async () => {
  const { form, send } = await shown();
  await send(filled);
  await vi.waitFor(() => expect(inside(form, ".refusal").textContent).toContain(refusals.bad_setup_token.say));
});

test("a short password is not sent", async () => {
  const { desk, send } = await shown();
  const asked = vi.spyOn(desk, "setup");
  await send({ ...filled, password: "short" });
  expect(asked).not.toHaveBeenCalled();
});
