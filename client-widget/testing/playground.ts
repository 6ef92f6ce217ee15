/** The widget before a desk in memory, in one page and without a server: `npx vite client-widget`, then `/testing/playground.html`. */
import "../app.ts";
import { CustomerSession } from "#client-sdk/customer-session.ts";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { MemoryHouse } from "#client-sdk/memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "#client-sdk/memory/memory-wires.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";

const house = new MemoryHouse(undefined, "Tidewater");
let isUp = true;
localStorage.removeItem(`roomdesk:${house.inboxKey}`); // that desk was gone with its page

const widget = document.createElement("roomdesk-widget");
widget.inbox = house.inboxKey;
widget.arrive = async ({ inbox, server }) =>
  new CustomerSession({ desk: server, inboxKey: inbox, wires: memoryCustomerWires(house, { isUp: () => isUp }) });
document.body.append(widget);

await house.addStaff("Ben");
const desk = new WorkspaceSession({ desk: location.origin, wires: memoryStaffWires(house) });
await desk.signIn({ email: "ben@example.com", password: "secret", remember: false });

/** Ben, in the newest conversation, once somebody has written. */
function ben(): ConversationSession | undefined {
  const id = [...house.desk.conversations.keys()].at(-1);
  return id === undefined ? undefined : desk.conversation(id);
}

const answers = ["Good question. One moment, please.", "It is **ready** tomorrow morning.", "Is there anything else?"];
let said = 0;
const say = () => void ben()?.sendMessage(answers[said++ % answers.length] ?? "");

widget.on("sent", () => {
  setTimeout(() => ben()?.sendTypingIndicator(), 800);
  setTimeout(say, 2500);
});

const deeds: Record<string, () => void> = {
  say,
  type: () => ben()?.sendTypingIndicator(),
  close: () => void ben()?.close(),
  down: () => (isUp = !isUp),
  rtl: () => (document.documentElement.dir = document.documentElement.dir === "rtl" ? "ltr" : "rtl"),
};
for (const button of document.querySelectorAll<HTMLElement>("button[data-do]"))
  button.addEventListener("click", () => deeds[button.dataset.do ?? ""]?.());
document.querySelector("select")?.addEventListener("change", ({ target }) => {
  widget.theme = (target as HTMLSelectElement).value;
});
