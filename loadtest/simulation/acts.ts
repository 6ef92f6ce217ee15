import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { MessageView } from "#client-sdk/view-line.ts";
import type { Page } from "./page.ts";
import type { SimWorld } from "./sim-world.ts";

const habits = {
  say: 50,
  note: 8,
  edit: 10,
  delete: 5,
  read: 8,
  type: 4,
  close: 4,
  reopen: 3,
  join: 2,
  leave: 2,
  retry: 3,
  discard: 1,
};

/** Somebody does something on a page, as far as it is possible there. */
export function act(page: Page, world: SimWorld): void {
  if (!page.process.isRunning) return;
  const { dice, scheduler } = world;
  const habit = dice.weigh(habits);
  scheduler.note(() => `${page.process.name} wants to ${habit}`);
  doing(habit, page, world)?.catch((error: unknown) => world.judge.fault(error));
}

function doing(habit: keyof typeof habits, { session, person }: Page, world: SimWorld): Promise<unknown> | undefined {
  const { dice } = world;
  const isStaff = person.self.side === "staff";
  const text = `${person.name} ${world.dice.roll(1e6)}`;
  const own = messagesOf(session).filter((line) => line.own && line.id !== "" && line.body !== null);
  const failed = messagesOf(session).filter((line) => line.state === "failed");
  switch (habit) {
    case "say":
      return session.sendMessage(text);
    case "note":
      return isStaff ? session.postNote(text) : session.sendMessage(text);
    case "edit":
      return own.length > 0 ? session.editMessage(dice.pick(own).key, `edited ${text}`) : undefined;
    case "delete":
      return own.length > 0 ? session.deleteMessage(dice.pick(own).key) : undefined;
    case "retry":
      return failed.length > 0 ? session.retry(dice.pick(failed).key) : undefined;
    case "discard":
      return failed.length > 0 ? session.discard(dice.pick(failed).key) : undefined;
    case "read":
      return void session.markRead();
    case "type":
      return void session.sendTypingIndicator();
    case "join":
    case "leave":
    case "close":
    case "reopen":
      return isStaff || habit === "reopen" ? session[habit]() : undefined;
  }
}

const messagesOf = (session: ConversationSession): MessageView[] =>
  session.messages.filter((line): line is MessageView => "body" in line);
