import { html } from "lit";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import { refusals } from "#protocol/refusals.ts";
import { staffedDesk, type StaffedDesk } from "../testing/staffed-desk.ts";
import "./define.ts";
import type { RdSignIn } from "./sign-in.component.ts";

async function shown(): Promise<StaffedDesk & { form: RdSignIn }> {
  const desk = await staffedDesk({ signedIn: false });
  await desk.desk.start();
  return { ...desk, form: await mount<RdSignIn>(html`<rd-sign-in .session=${desk.desk}></rd-sign-in>`) };
}

async function fill(form: RdSignIn, email: string, password: string): Promise<void> {
  await userEvent.fill(inside(form, "[name=email]"), email);
  await userEvent.fill(inside(form, "[name=password]"), password);
  await userEvent.keyboard("{Enter}");
}
const refusal = (form: RdSignIn) => inside(form, ".refusal").textContent?.trim();

test("it is accessible, wide and on a phone", async () => {
  const { form } = await shown();
  await expectAccessible(form);
  await page.viewport(1200, 800);
  await expectAccessible(form);
  await page.viewport(480, 700);
});

test("it begins in its first field, and who is right comes in", async () => {
  const { form, desk } = await shown();
  expect(form.shadowRoot?.activeElement).toBe(inside(form, "[name=email]"));
  await fill(form, "ben@example.com", "secret");
  await vi.waitFor(() => expect(desk.state).toBe("signed_in"));
});

test("a wrong password is said in words, and what was typed stays", async () => {
  const { form, desk } = await shown();
  await fill(form, "ben@example.com", "wrong");
  await vi.waitFor(() => expect(refusal(form)).toBe(refusals.wrong_credentials.say));
  expect(desk.state).toBe("signed_out");
  expect(inside<HTMLInputElement>(form, "[name=email]").value).toBe("ben@example.com");
});

test("a desk that does not answer is not called a wrong password", async () => {
  const { form, network } = await shown();
  network.up = false;
  await fill(form, "ben@example.com", "secret");
  await vi.waitFor(() => expect(refusal(form)).toBe("The desk does not answer. Is the network there?"));
});

test("who was throttled reads how long to wait", async () => {
  const { form, desk } = await shown();
  vi.spyOn(desk, "signIn").mockResolvedValue({ refused: "too_many_attempts", retryInMs: 42_000 });
  await fill(form, "ben@example.com", "wrong");
  await vi.waitFor(() => expect(refusal(form)).toBe("Too many attempts. Try again in 42 seconds."));
});

test("one press is one request", async () => {
  const { form, desk } = await shown();
  const asked = vi.spyOn(desk, "signIn").mockReturnValue(new Promise(() => undefined));
  await fill(form, "ben@example.com", "secret");
  await userEvent.keyboard("{Enter}");
  expect(asked).toHaveBeenCalledTimes(1);
  expect(inside(form, ".primary").textContent).toContain("Signing in");
});

test("the password can be looked at", async () => {
  const { form } = await shown();
  await userEvent.click(inside(form, ".peek"));
  expect(inside<HTMLInputElement>(form, "[name=password]").type).toBe("text");
  expect(inside(form, ".peek").ariaLabel).toBe("Hide the password");
});
