import type { Page } from "@playwright/test";
import { Desk } from "./testing/desk.ts";
import { expect, test } from "./testing/fixtures.ts";
import { Agent, Customer } from "./testing/people.ts";

const retrying = (page: Page) => page.getByText("Not saved yet, retrying");
const patient = { timeout: 30_000 };

test("[I4] [I21] what is not saved is not called saved, on either side: a database that hangs, then a desk that dies", async ({
  person,
}) => {
  test.setTimeout(180_000);
  const desk = await Desk.start();
  try {
    const nora = await Customer.visits(await person("Nora"), desk);
    await nora.startsConversation();
    await nora.write("One mug came cracked.");
    await expect(nora.page.getByText("Saved").last()).toBeVisible();
    const priya = await Agent.signsIn(await person("Priya"), desk, await desk.user("agent"));
    await priya.chooses("New");
    await priya.opens("One mug came cracked.");
    await priya.write("I am sorry, Nora.");
    await nora.sees("I am sorry, Nora.");
    const both = [nora, priya];

    await test.step("the database hangs", async () => {
      const thaw = await desk.freezeDatabase();
      try {
        await nora.write("Can you send another one?");
        await priya.write("I look for another one.");
        for (const { page } of both) await expect(retrying(page)).toBeVisible({ timeout: 6000 });
        await expect(priya.bubble("Can you send another one?")).toHaveCount(0);
        await expect(nora.bubble("I look for another one.")).toHaveCount(0);
        for (const one of both) await one.sees("I am sorry, Nora."); // reading goes on
      } finally {
        thaw();
      }
      for (const one of both) await one.sees("Can you send another one?", patient.timeout);
      for (const one of both) await one.sees("I look for another one.", patient.timeout);
      for (const { page } of both) await expect(retrying(page)).toHaveCount(0, patient);
    });

    await test.step("the desk dies, and comes back", async () => {
      await desk.kill();
      for (const { page } of both)
        await expect(page.getByText("Reconnecting. You can go on writing.")).toBeVisible(patient);
      await nora.write("Hello?");
      await priya.write("Found one.");
      for (const { page } of both) await expect(retrying(page)).toBeVisible({ timeout: 6000 });
      await desk.restart();
      for (const { page } of both) await expect(page.getByText("Back. Nothing is missing.")).toBeVisible(patient);
      for (const one of both) await one.sees("Hello?", patient.timeout);
      for (const one of both) await one.sees("Found one.", patient.timeout);
      for (const { page } of both) await expect(retrying(page)).toHaveCount(0, patient);
    });
  } finally {
    await desk.stop();
  }
});
