import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answer } from "#protocol/conversation.ts";
import { OpenDesk, until } from "./testing/open-desk.ts";

let desk: OpenDesk;
beforeEach(async () => {
  desk = await OpenDesk.open();
});
afterEach(() => desk.close());

const say = (body: string) => ({ clientId: randomUUID(), body });

test("[CV1] five concurrent sends get 2, 3, 4, 5, 6 after the opening, and both see them in this order", async () => {
  const { viewer: ana, conversationId } = await desk.customer("Ana");
  const ben = await desk.colleague("Ben");
  const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
  const answers = await Promise.all(
    ["1", "2", "3", "4", "5"].map((body) => atAna.ask<Answer>("message.send", say(body))),
  );
  expect(answers.map((answer) => answer.ok && answer.seq)).toEqual([2, 3, 4, 5, 6]);
  await until(() => atBen.texts.length === 5);
  expect(atBen.texts).toEqual(["1", "2", "3", "4", "5"]);
  expect(atAna.texts).toEqual(atBen.texts);
});
