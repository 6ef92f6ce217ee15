import { Agent, Customer } from "./testing/people.ts";
import { expect, test } from "./testing/fixtures.ts";

test("A customer types a message", async ({ desk, person }) => {
  const carl = await Customer.visits(await person("Carl"), desk);
  const priya = await Agent.signsIn(await person("Priya"), desk, await desk.user("agent"));

  await test.step("the bubble appears at once and is saved after the commit", async () => {
    await carl.startsConversation();
    await carl.write("Hello! One of the four mugs came cracked.");
    await carl.sees("Hello! One of the four mugs came cracked.");
    await expect(carl.page.getByText("Saved").first()).toBeVisible();
  });

  await test.step("the agent sees it in New and answers", async () => {
    await priya.chooses("New");
    await priya.opens("One of the four mugs came cracked");
    await priya.sees("Hello! One of the four mugs came cracked.");
    await priya.write("I am sorry. I can send a new one.");
  });

  await test.step("the customer sees who joined and the answer, each once", async () => {
    await expect(carl.page.getByText("Priya Raman joined")).toBeVisible();
    await carl.sees("I am sorry. I can send a new one.");
    await expect(priya.page.getByText("Read").first()).toBeVisible();
  });

  await test.step("a note stays on our side of the desk", async () => {
    await priya.page.getByRole("button", { name: "Note" }).click();
    await priya.write("Third one from kiln batch 0914.");
    await priya.sees("Third one from kiln batch 0914.");
    await priya.page.getByRole("button", { name: "Reply" }).click();
    await priya.write("It leaves tomorrow morning.");
    await carl.sees("It leaves tomorrow morning.");
    await expect(carl.page.getByText("kiln batch")).toHaveCount(0);
  });

  await test.step("closed and gone on with", async () => {
    await priya.page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(carl.page.getByText("This conversation is closed.")).toBeVisible();
    await carl.page.getByRole("button", { name: "It is not solved, go on" }).click();
    await carl.write("One more thing.");
    await priya.sees("One more thing.");
  });
});
