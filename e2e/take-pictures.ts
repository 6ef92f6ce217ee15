import { mkdir } from "node:fs/promises";
import { chromium, expect, type Page } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../scripts/chromium.ts";
import { Desk } from "./testing/desk.ts";
import { Agent, Customer } from "./testing/people.ts";

/** `npm run pictures`: the pictures of the README, of the demo's desk while two people talk. */
const desk = await Desk.start();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  chromiumSandbox: false,
  args: [...chromiumArguments],
});
const person = async (): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  return context.newPage();
};

try {
  const [shop, workspace, other] = [await person(), await person(), await person()];
  const nora = await Customer.visits(shop, desk);
  await nora.startsConversation();
  await nora.write("Hello! One of the four mugs in TW-10482 came cracked.");
  await nora.write("The other three are lovely.");
  await shop.getByRole("button", { name: "Sign in as Nora" }).dispatchEvent("click");
  await expect(shop.getByText("Welcome back, Nora Lindqvist.")).toBeVisible();

  const priya = await Agent.signsIn(workspace, desk, await desk.user("agent"));
  const users = (await desk.demo()).users.filter(({ role }) => role === "agent");
  const ben = await Agent.signsIn(other, desk, users[1] ?? (await desk.user("admin")));
  for (const agent of [priya, ben]) {
    await agent.chooses("All open");
    await agent.opens("The other three are lovely.");
  }
  await priya.write("Hi Nora, I am sorry it arrived like this.");
  await priya.write("I can send a new mug or refund €17. Which do you prefer?");
  await nora.sees("Which do you prefer?");
  await other.getByRole("button", { name: "Note" }).click();
  await ben.write("Third one from kiln batch 0914. Replace without asking.");
  await priya.sees("Third one from kiln batch 0914.");
  await nora.write("A new one please, if the glaze matches.");
  await priya.sees("if the glaze matches");
  await priya.write("Same glaze, newer batch. It leaves tomorrow morning.");
  await nora.sees("It leaves tomorrow morning.");
  await expect(workspace.getByText("Read").last()).toBeVisible();
  await nora.composer().pressSequentially("Thank you! And are the blue bowls", { delay: 30 });
  await expect(workspace.getByText("is typing")).toBeVisible();
  await mkdir("docs/pictures", { recursive: true });
  await workspace.screenshot({ path: "docs/pictures/workspace.png" });
} finally {
  await browser.close();
  await desk.stop();
}
