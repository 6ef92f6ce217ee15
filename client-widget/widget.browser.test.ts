import { beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { drawn } from "#client-ui/testing/stage.ts";
import { deviceKey } from "./device.ts";
import { afternoon, headerWith, mine, RehearsedChat, RehearsedCustomer, theirs } from "./testing/rehearsal.ts";
import { button, deep, expectWidgetAccessible, find, focused, onPage, wordsOf } from "./testing/stage.ts";
import type { RoomdeskWidget } from "./widget.component.ts";
import "./app.ts";

beforeEach(() => page.viewport(1000, 700));

const news = () =>
  new RehearsedChat({
    header: headerWith("Priya"),
    unread: 2,
    messages: [mine("Hello", afternoon), theirs("One moment"), theirs("It leaves **tomorrow**.")],
  });
/** As a browser that has been here before. */
async function returning(customer: RehearsedCustomer, more: Partial<RoomdeskWidget> = {}): Promise<RoomdeskWidget> {
  localStorage.setItem(deviceKey("garden"), "{}");
  const widget = await onPage(customer, more);
  await expect.poll(() => customer.asked, { timeout: 6000 }).toContainEqual(["open"]);
  await drawn(widget);
  return widget;
}
const launcher = (widget: Element) => find(widget, ".launcher");
const panel = (widget: Element) => deep(widget, ".panel")[0];

test("it is accessible: closed, with news, at the door, in a conversation", async () => {
  const widget = await returning(new RehearsedCustomer().add(news()));
  await find(widget, ".teaser");
  await expectWidgetAccessible(widget);
  await userEvent.click(await launcher(widget));
  await find(widget, "rd-message-bubble");
  await expectWidgetAccessible(widget);
  (await button(widget, "Back")).click();
  await find(widget, "rd-home");
  await expectWidgetAccessible(widget);
});

test("nobody is asked for anything before somebody opens it, unless this browser has been here before", async () => {
  const customer = new RehearsedCustomer();
  const widget = await onPage(customer);
  await userEvent.hover(await launcher(widget));
  expect(customer.asked).toEqual([]);
  await userEvent.click(await launcher(widget));
  await expect.poll(() => customer.asked).toEqual([["open"]]);
});

test("[features 7] the launcher says how much is unread, in its number and in its name, up to 99+", async () => {
  const customer = new RehearsedCustomer().add(news());
  const widget = await returning(customer);
  expect((await launcher(widget)).ariaLabel).toBe("Open the conversation with us, 2 unread messages");
  expect((await find(widget, ".badge")).textContent).toBe("2");
  customer.change({ unread: 120 });
  await widget.updateComplete;
  expect((await find(widget, ".badge")).textContent).toBe("99+");
});

test("the last unread message stands above the launcher, leads to its conversation, and stays hidden once hidden", async () => {
  const customer = new RehearsedCustomer().add(news());
  const widget = await returning(customer);
  const teaser = await find(widget, ".teaser");
  expect(teaser.textContent).toMatch(/Priya.*It leaves tomorrow\./s);
  (await button(widget, "Hide this message")).click();
  await widget.updateComplete;
  expect(deep(widget, ".teaser")).toEqual([]);
  expect(deep(widget, ".badge")).toHaveLength(1); // it is unread all the same
  const chat = customer.conversation("c1");
  chat.change({ messages: [...chat.messages, theirs("Are you there?")] });
  await userEvent.click(await find(widget, ".teaser .said"));
  await expect.poll(() => wordsOf(widget)).toContain("Are you there?");
  expect(panel(widget)).toBeTruthy();
});

test("[features 27] opening leads the focus inside, Escape closes and gives it back, to the page where it came from", async () => {
  const widget = await onPage(new RehearsedCustomer());
  await userEvent.click(await launcher(widget));
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  await userEvent.keyboard("{Escape}");
  expect(panel(widget)).toBeUndefined();
  await expect.poll(() => focused()?.className).toBe("launcher");

  const own = document.body.appendChild(document.createElement("button"));
  own.focus();
  widget.open();
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  widget.close();
  await expect.poll(() => focused()).toBe(own);
  own.remove();
});

test("closing by the page takes the focus from nobody who is elsewhere", async () => {
  const widget = await onPage(new RehearsedCustomer());
  widget.open();
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  widget.close();
  await drawn(widget);
  expect(focused()).toBe(field);
  field.remove();
});

test("keys pressed inside are no shortcuts of the page", async () => {
  const widget = await onPage(new RehearsedCustomer());
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  widget.open();
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  await userEvent.keyboard("k");
  expect(heard).not.toHaveBeenCalled();
  document.removeEventListener("keydown", heard);
});

test("on a small screen the panel is all there is: modal, and Tab stays inside", async () => {
  await page.viewport(390, 700);
  const widget = await onPage(new RehearsedCustomer());
  widget.open();
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  expect(panel(widget)?.ariaModal).toBe("true");
  const { width, height } = panel(widget)?.getBoundingClientRect() ?? {};
  expect([width, height]).toEqual([390, 700]);
  for (let count = 0; count < 6; count++) {
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement).toBe(widget);
  }
});

test("attributes may come one after the other, after the element; another key begins another visit", async () => {
  const customers: Record<string, RehearsedCustomer> = { one: new RehearsedCustomer(), two: new RehearsedCustomer() };
  const widget = document.createElement("roomdesk-widget");
  widget.arrive = async ({ inbox }) => customers[inbox] ?? new RehearsedCustomer();
  document.body.append(widget);
  await drawn(widget);
  expect(deep(widget, "button")).toEqual([]);
  widget.setAttribute("inbox", "one");
  widget.setAttribute("opened", "");
  await expect.poll(() => customers.one?.asked).toEqual([["open"]]);
  widget.setAttribute("inbox", "two");
  await expect.poll(() => customers.two?.asked).toEqual([["open"]]);
  expect(customers.one?.asked).toContainEqual(["destroy"]);
  widget.destroy();
});

test("taken off the page and put back, it is where it was, with the session it had", async () => {
  const customer = new RehearsedCustomer().add(news());
  const widget = await onPage(customer);
  widget.open();
  await find(widget, "rd-message-bubble");
  const body = document.body.cloneNode(false);
  widget.remove();
  body.appendChild(widget);
  document.body.append(widget);
  await drawn(widget);
  expect(wordsOf(widget)).toContain("One moment");
  expect(customer.asked.filter(([what]) => what !== "open")).toEqual([]);
  expect(deep(widget, ".room")[0]?.matches(":popover-open")).toBe(true);
});

test("destroy ends the session and tells; events reach who listens until they do not any more", async () => {
  const customer = new RehearsedCustomer();
  const widget = await onPage(customer);
  const heard: string[] = [];
  for (const event of ["ready", "open", "close", "unread", "destroy"] as const)
    widget.on(event, () => heard.push(event));
  const off = widget.on("open", () => heard.push("open again"));
  widget.open();
  await expect.poll(() => heard).toEqual(["open", "open again", "ready"]);
  off();
  widget.toggle();
  widget.toggle();
  customer.change({ unread: 3 });
  widget.destroy();
  expect(heard).toEqual(["open", "open again", "ready", "close", "open", "unread", "destroy"]);
  expect(customer.asked).toContainEqual(["destroy"]);
  expect(widget.isConnected).toBe(false);
});

test("hidden, nothing of it is on the page; opening shows it again", async () => {
  const widget = await onPage(new RehearsedCustomer());
  widget.hide();
  await drawn(widget);
  expect(deep(widget, "button")).toEqual([]);
  widget.open();
  await expect.poll(() => panel(widget)).toBeTruthy();
});

const hostile = `*{color:red!important;font:40px cursive!important;visibility:hidden!important;opacity:0!important;transform:scale(2)!important}
  div{display:inline!important} textarea,button,roomdesk-widget{display:none!important} roomdesk-widget{position:static!important;filter:blur(9px)!important}`;

test("[features 18] a hostile sheet of the page does not reach it, nor its own sheet the page", async () => {
  const calm = await onPage(new RehearsedCustomer().add(news()));
  calm.open();
  await find(calm, "rd-message-bubble");
  const look = (widget: Element, selector: string) => {
    const element = deep(widget, selector)[0] as HTMLElement;
    const { color, fontSize, fontFamily, display, visibility, opacity, transform, filter } = getComputedStyle(element);
    const { left, top, width, height } = element.getBoundingClientRect();
    return { color, fontSize, fontFamily, display, visibility, opacity, transform, filter, left, top, width, height };
  };
  const parts = [".launcher", ".panel", ".head", "textarea", ".bubble"];
  await drawn(calm);
  const before = parts.map((part) => look(calm, part));
  const text = getComputedStyle(document.body).color;

  const sheet = document.head.appendChild(document.createElement("style"));
  sheet.textContent = hostile;
  expect(parts.map((part) => look(calm, part))).toEqual(before);
  sheet.remove();
  expect(getComputedStyle(document.body).color).toBe(text);
});

test("a transformed body moves neither launcher nor panel", async () => {
  const widget = await onPage(new RehearsedCustomer());
  const at = () => deep(widget, ".launcher")[0]?.getBoundingClientRect().bottom;
  const before = at();
  document.body.style.cssText = "transform:translateY(300px);position:relative";
  expect(at()).toBe(before);
  document.body.style.cssText = "";
});

test("on a page from right to left it stands at the other side", async () => {
  document.documentElement.dir = "rtl";
  const widget = await onPage(new RehearsedCustomer());
  widget.open();
  await find(widget, "rd-home");
  expect((await launcher(widget)).getBoundingClientRect().left).toBe(20);
  expect(panel(widget)?.getBoundingClientRect().left).toBe(20);
  document.documentElement.dir = "";
});

test("a part that does not load is said, and another try brings it", async () => {
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const customer = new RehearsedCustomer();
  let tries = 0;
  const arrive = async () => {
    tries += 1;
    if (tries === 1) throw new TypeError("Failed to fetch dynamically imported module");
    return customer;
  };
  const widget = await onPage(customer, { arrive });
  widget.open();
  await expect.poll(() => wordsOf(widget)).toContain("Part of this window did not load.");
  (await button(widget, "Try again")).click();
  await expect.poll(() => customer.asked).toEqual([["open"]]);
  await expect.poll(() => wordsOf(widget)).not.toContain("did not load");
  complain.mockRestore();
});
