import { describe, expect, test } from "vitest";
import { may, mayChange, type ConversationAction } from "./permissions.ts";
import { ada, ana, ben, carl, dee, sam } from "./testing/people.ts";

const actions: ConversationAction[] = ["read", "write", "note", "join", "leave", "close", "reopen", "watch"];
const allowed = (who: Parameters<typeof may>[0]) => actions.filter((one) => may(who, one, { customerAuthor: ana.id }));

describe("permissions", () => {
  test("[CV5] customers may read, write and reopen their own conversation, and nothing else", () => {
    expect(allowed(ana)).toEqual(["read", "write", "reopen"]);
  });

  test("[CV16] a customer may do nothing in the conversation of another", () => {
    expect(allowed(carl)).toEqual([]);
  });

  test("[CV16] a customer with the id of a colleague is still a customer", () => {
    expect(allowed({ side: "customer", id: ben.id, name: "Ben" })).toEqual([]);
  });

  test.each([ben, sam, ada])("[CV5] $name of the $role's role may do everything in a conversation", (who) => {
    expect(allowed(who)).toEqual(actions);
  });

  test("[CV8] who may edit and who may delete a message", () => {
    const everybody = [ana, carl, ben, dee, sam, ada];
    const names = (action: "edit" | "delete", by: typeof ana | typeof ben) =>
      everybody.filter((who) => mayChange(who, action, { by })).map((who) => who.name);
    expect(names("edit", ana)).toEqual(["Ana"]);
    expect(names("edit", ben)).toEqual(["Ben"]);
    expect(names("delete", ana)).toEqual(["Ana", "Sam", "Ada"]);
    expect(names("delete", ben)).toEqual(["Ben", "Sam", "Ada"]);
    expect(mayChange({ ...ana, id: ben.id }, "edit", { by: ben })).toBe(false);
  });
});
