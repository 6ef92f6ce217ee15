import type { APIRequestContext } from "@playwright/test";
import type { Line, Paged } from "../protocol/conversation.ts";
import { Desk } from "./testing/desk.ts";
import { Agent, Customer } from "./testing/people.ts";
import { readThread } from "./testing/read-thread.ts";
import { expect, test } from "./testing/fixtures.ts";
import { texts } from "./testing/texts.ts";

const inWidget = "roomdesk-widget rd-thread .scroller";
const inWorkspace = "rd-long-thread .scroller";

test("[I1] [I3] [I6] [I8] 300 turns survive flight mode, a reload, a second tab, kill -9 and a restarted database", async ({
  person,
}) => {
  test.setTimeout(600_000);
  const desk = await Desk.start();
  try {
    const all = texts(300);
    const carls = all.filter((_, i) => i % 2 === 0);
    const priyas = all.filter((_, i) => i % 2 === 1);
    const carl = await Customer.visits(await person("Carl"), desk);
    const priya = await Agent.signsIn(await person("Priya"), desk, await desk.user("agent"));

    await test.step("both write at once", async () => {
      await carl.startsConversation();
      await carl.write(carls[0] ?? "");
      await priya.chooses("New");
      await priya.opens((carls[0] ?? "").slice(0, 40));
      await Promise.all([writeAll(carl, carls.slice(1, 60)), writeAll(priya, priyas.slice(0, 60))]);
    });

    await test.step("the customer writes 50 messages offline and reloads", async () => {
      await carl.page.context().setOffline(true);
      await writeAll(carl, carls.slice(60, 110));
      await expect(carl.banner().getByText("Offline. What you write is kept.")).toBeVisible();
      await writeAll(priya, priyas.slice(60, 80));
      await carl.page.context().setOffline(false);
      await carl.page.reload();
    });

    const second = await test.step("a second tab opens", async () => {
      const tab = new Customer(await carl.page.context().newPage());
      await tab.page.goto(desk.url);
      await comesBack(tab);
      await comesBack(carl);
      await allKept(priya, desk, [...carls.slice(0, 110), ...priyas.slice(0, 80)]);
      return tab;
    });

    await test.step("the server is killed and started again while both write", async () => {
      const writing = Promise.all([writeAll(second, carls.slice(110, 130)), writeAll(priya, priyas.slice(80, 120))]);
      await desk.kill();
      await writing;
      await desk.restart();
      await allKept(priya, desk, [...carls.slice(0, 130), ...priyas.slice(0, 120)]);
    });

    await test.step("the database is restarted while both write", async () => {
      const writing = Promise.all([writeAll(carl, carls.slice(130)), writeAll(priya, priyas.slice(120))]);
      await desk.restartDatabase();
      await writing;
      await allKept(priya, desk, all);
    });

    await test.step("both screens and the database hold the same texts in the same order, each once", async () => {
      await expect(priya.page.getByText(/Sending|Not saved/)).toHaveCount(0);
      const kept = await everyLine(priya.page.request, desk.url, conversationOf(priya));
      const bodies = kept.map(bodyOf).filter((body) => body !== null);
      expect(bodies.toSorted()).toEqual(all.toSorted());
      expect(bodies.filter((body) => carls.includes(body))).toEqual(carls);
      expect(bodies.filter((body) => priyas.includes(body))).toEqual(priyas);
      const [first = ""] = bodies;
      expect((await readThread(carl.page, inWidget, first)).map((row) => row.body)).toEqual(bodies);
      expect((await readThread(second.page, inWidget, first)).map((row) => row.body)).toEqual(bodies);
      expect((await readThread(priya.page, inWorkspace, first)).map((row) => row.body)).toEqual(bodies);
      expect(kept.map((line) => line.seq)).toEqual(kept.map((_, i) => (kept[0]?.seq ?? 0) + i));
    });
  } finally {
    await desk.stop();
  }
});

async function writeAll(who: Customer | Agent, list: readonly string[]): Promise<void> {
  for (const text of list) await who.write(text);
}

/** After a reload the widget comes back to the conversation by the door. */
async function comesBack(customer: Customer): Promise<void> {
  await customer.opensWidget();
  const door = customer.page.locator("rd-home section .card").first();
  await expect(async () => {
    // What waits for the customer opens by itself; from the door one goes there.
    if (!(await customer.composer().isVisible())) await door.click({ timeout: 1000 });
    await expect(customer.composer()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
}

/** Waits until each of these is in the database; a screen shows only what is near its reader. */
async function allKept(agent: Agent, desk: Desk, expected: readonly string[]): Promise<void> {
  await expect(async () => {
    const bodies = new Set((await everyLine(agent.page.request, desk.url, conversationOf(agent))).map(bodyOf));
    expect(expected.filter((text) => !bodies.has(text))).toEqual([]);
  }).toPass({ timeout: 90_000, intervals: [500] });
}

const bodyOf = (line: Line): string | null => (line.kind === "message" && "body" in line ? line.body : null);

const conversationOf = (agent: Agent): string => new URL(agent.page.url()).hash.split("/").at(-1) ?? "";

async function everyLine(request: APIRequestContext, url: string, id: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (let before: number | undefined; ; before = lines[0]?.seq) {
    const query = before === undefined ? "" : `&before=${before}`;
    const answer = await request.get(`${url}/api/conversations/${id}/page?limit=100${query}`);
    if (!answer.ok()) throw new Error(`The desk answered ${answer.status()}.`);
    const page = (await answer.json()) as Paged;
    lines.unshift(...page.lines);
    if (!page.more) return lines;
  }
}
