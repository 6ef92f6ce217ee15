import { html } from "lit";
import { expect, test } from "vitest";
import { problemOf, unreachableProblem } from "#client-sdk/problem.ts";
import { drawn, expectAccessible, mount } from "#client-ui/testing/stage.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { button, wordsOf } from "../testing/stage.ts";
import type { RdHome } from "./home.component.ts";
import "#client-ui/avatar/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import "./define.ts";

const now = Date.now();
const mugs = conversation("mugs", { unread: 2, lastLine: "It leaves **tomorrow** morning." });
const bowls = conversation("bowls", { status: "closed", lastAt: now - 40 * 86_400_000, lastLine: "Thank you!" });

function conversation(id: string, more: Partial<CustomerConversation> = {}): CustomerConversation {
  return { id, status: "open", unread: 0, lastAt: now, lastLine: null, ...more };
}

async function shown(more: Partial<RdHome> = {}): Promise<RdHome> {
  const home = await mount<RdHome>(html`<rd-home organisation="Tidewater"></rd-home>`, { widget: true, width: 372 });
  Object.assign(home, more);
  home.style.cssText = "display:flex;block-size:600px";
  await drawn(home);
  return home;
}

const chosen = (home: RdHome) => {
  const ids: unknown[] = [];
  home.addEventListener("widget-choose", (event) => ids.push((event as CustomEvent<{ id: unknown }>).detail.id));
  return ids;
};

test("it is accessible, empty and full, in trouble and not", async () => {
  await expectAccessible(await shown());
  const faces = new Map([["mugs", { id: "p", name: "Priya Raman", side: "staff" as const }]]);
  await expectAccessible(await shown({ conversations: [mugs, bowls], faces, forgetful: true }));
  await expectAccessible(await shown({ trouble: unreachableProblem }));
  await expectAccessible(await shown({ trouble: problemOf("unknown_inbox") }));
  await expectAccessible(await shown({ known: true, opening: true }));
});

test("who has never been here is asked to write, without an account", async () => {
  const home = await shown();
  const ids = chosen(home);
  expect(wordsOf(home)).toMatch(/Hello\..*What can we do\?.*Send us a message.*No account needed/);
  (await button(home, "Send us a message")).click();
  expect(ids).toEqual([null]);
});

test("a conversation says who answers, its last words without their marks, when, and how much is new", async () => {
  const faces = new Map([["mugs", { id: "p", name: "Priya Raman", side: "staff" as const }]]);
  const home = await shown({ conversations: [mugs, bowls], faces });
  const ids = chosen(home);
  const card = await button(home, "Priya Raman");
  expect(card.textContent).toContain("It leaves tomorrow morning.");
  expect(card.textContent).toContain("2 unread messages");
  const closed = await button(home, "Thank you!");
  expect(closed.textContent).toMatch(/Tidewater.*Closed/s);
  card.click();
  closed.click();
  (await button(home, "Start a new conversation")).click();
  expect(ids).toEqual(["mugs", "bowls", null]);
});

test("of many conversations three stand at the door, the others behind one button", async () => {
  const many = Array.from({ length: 6 }, (_, at) => conversation(`c${at}`, { lastLine: `Line ${at}` }));
  const home = await shown({ conversations: many });
  expect(wordsOf(home)).not.toContain("Line 3");
  (await button(home, "3 more conversations")).click();
  await home.updateComplete;
  expect(wordsOf(home)).toContain("Line 5");
});

test("when the desk does not answer that is said, one may try again, and one may write already", async () => {
  const home = await shown({ trouble: unreachableProblem });
  let tries = 0;
  home.addEventListener("widget-retry", () => tries++);
  expect(wordsOf(home)).toContain("We cannot be reached just now.");
  expect(wordsOf(home)).toContain("Send us a message");
  (await button(home, "Try again")).click();
  expect(tries).toBe(1);
  home.opening = true;
  expect((await button(home, "Trying")).ariaDisabled).toBe("true");
});

test("[I21] a desk whose database is down saves nothing and promises no more than that it keeps trying", async () => {
  const words = wordsOf(await shown({ trouble: problemOf("unavailable") }));
  expect(words).toContain("We cannot be reached just now. We keep trying.");
  expect(words).toContain("You can write already: it is kept and sent.");
  expect(words).not.toMatch(/saved/i);
});

test("a page with a wrong key, or a page the desk does not serve, promises nothing that it cannot hold", async () => {
  for (const [code, says] of [
    ["unknown_inbox", "a desk that we do not know"],
    ["foreign_origin", "does not take conversations from this page"],
  ] as const) {
    const home = await shown({ trouble: problemOf(code), organisation: "" });
    expect(wordsOf(home)).toContain(says);
    expect(wordsOf(home)).not.toMatch(/Send us a message|What can we do|Try again/);
  }
});

test("a newcomer reads that nothing is lost; a browser that keeps nothing is told so instead", async () => {
  expect(wordsOf(await shown())).toContain("What you send is kept");
  expect(wordsOf(await shown({ conversations: [mugs] }))).not.toContain("What you send is kept");
  const forgetful = wordsOf(await shown({ forgetful: true }));
  expect(forgetful).toContain("This browser keeps nothing");
  expect(forgetful).not.toMatch(/is kept|waits for you/);
});

test("a name with markup in it is a name", async () => {
  const home = await shown({ organisation: "<img src=x onerror=alert(1)>", conversations: [mugs] });
  expect(home.shadowRoot?.querySelector("img")).toBeNull();
  expect(wordsOf(home)).toContain("<img src=x onerror=alert(1)>");
});
