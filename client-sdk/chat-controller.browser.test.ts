import { html, LitElement } from "lit";
import { beforeEach, expect, test, vi } from "vitest";
import { ChatController } from "./chat-controller.ts";
import { CustomerSession } from "./customer-session.ts";
import { pageMemory } from "./device-memory.ts";
import { aloneTab } from "./leader-tab.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { memoryHouse } from "./memory/memory-house.ts";
import { memoryCustomerWires } from "./memory/memory-wires.ts";

/** Somebody else's app: all it knows of us is the controller. */
class SomeChat extends LitElement {
  readonly chat = new ChatController(this);
  renders = 0;

  override render() {
    this.renders += 1;
    if (this.chat.isLoading) return html`<p>…</p>`;
    return html`<ul>
      ${this.chat.messages.map((line) => ("body" in line ? html`<li>${line.body}</li>` : ""))}
    </ul>`;
  }
}
customElements.define("some-chat", SomeChat);

let customer: CustomerSession;
let element: SomeChat;
beforeEach(async () => {
  const house = memoryHouse();
  customer = new CustomerSession({
    desk: location.origin,
    inboxKey: house.inboxKey,
    memory: pageMemory(),
    keeping: async () => ({ outbox: memoryOutbox(), tabs: aloneTab() }),
    wires: memoryCustomerWires(house),
  });
  await customer.open();
  element = document.body.appendChild(document.createElement("some-chat") as SomeChat);
  return () => {
    element.remove();
    customer.destroy();
  };
});
const items = () => [...element.renderRoot.querySelectorAll("li")].map((item) => item.textContent);

test("an element draws the conversation it is given, and draws it anew when it goes on", async () => {
  await element.updateComplete;
  expect(element.renderRoot.textContent).toContain("…");
  element.chat.session = customer.conversation();
  await element.chat.sendMessage("hello");
  await vi.waitFor(() => expect(items()).toEqual(["hello"]));
  await element.chat.sendMessage("again");
  await vi.waitFor(() => expect(items()).toEqual(["hello", "again"]));
});

test("an element that has left the page is not drawn any more, and is again when it comes back", async () => {
  element.chat.session = customer.conversation();
  await element.updateComplete;
  element.remove();
  await vi.waitFor(() => expect(element.isUpdatePending).toBe(false));
  const { renders } = element;
  await element.chat.sendMessage("unseen");
  await vi.waitFor(() => expect(element.chat.messages).toHaveLength(2));
  await element.updateComplete;
  expect(element.renders).toBe(renders);
  document.body.append(element);
  await vi.waitFor(() => expect(items()).toEqual(["unseen"]));
  await element.chat.sendMessage("seen");
  await vi.waitFor(() => expect(items()).toEqual(["unseen", "seen"]));
});

test("without a conversation it says so instead of throwing", async () => {
  expect(await element.chat.sendMessage("hello")).toEqual({ refused: "unavailable" });
  expect([element.chat.messages, element.chat.connection]).toEqual([[], "connecting"]);
});
