import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { Answer } from "#protocol/conversation.ts";
import { OpenDesk } from "./testing/open-desk.ts";
import type { Answered, Said, Witness } from "./witness.ts";

let desk: OpenDesk;
afterEach(() => desk.close());

test("a witness is told what is said, to whom and under which epoch, before it is said", async () => {
  const noticed: string[] = [];
  const said: Said[] = [];
  const answered: Answered[] = [];
  const witness: Witness = {
    telling: (what) => {
      said.push(what);
      noticed.push(`${what.side} hear ${what.events.map(({ seq }) => seq).join()} on ${what.listeners}`);
    },
    answering: (what) => {
      answered.push(what);
      noticed.push(what.answer.ok ? `answered ${what.answer.seq}` : `refused ${what.answer.code}`);
    },
    disposed: () => void noticed.push("disposed"),
  };
  desk = await OpenDesk.open({ witness });
  const { viewer: ana, conversationId } = await desk.customer("Ana");
  const ben = await desk.colleague("Ben");
  const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
  await desk.join(conversationId, ben);

  const clientId = randomUUID();
  await atAna.ask<Answer>("message.send", { clientId, body: "hello" });
  await atBen.ask<Answer>("note.post", { clientId: randomUUID(), body: "careful" });
  await atAna.ask<Answer>("message.send", { clientId, body: "another text" });
  expect(noticed).toEqual([
    ...["staff hear 2 on 2", "customer hear 2 on 1", "answered 2"],
    ...["staff hear 3 on 2", "answered 3", "refused key_reused"],
  ]);
  expect(answered[0]).toMatchObject({ conversationId, epoch: 1, by: { side: "customer" }, clientId });
  expect(said.map(({ epoch, events }) => [epoch, events[0]!.clientId])[0]).toEqual([1, clientId]);
  await desk.rooms.drain({ withinMs: 1000 });
  expect(noticed.at(-1)).toBe("disposed");
});
