import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "#protocol/conversation.ts";
import type { Colleague, ListChanged, Listed, Row } from "#protocol/workspace.ts";
import type { Viewer } from "./door/viewer.ts";
import { OpenDesk, until, type Seated } from "./testing/open-desk.ts";

let desk: OpenDesk;
let ben: Viewer;
let dee: Viewer;

beforeEach(async () => {
  desk = await OpenDesk.open();
  [ben, dee] = [await desk.colleague("Ben"), await desk.colleague("Dee")];
});
afterEach(() => desk.close());

const words = (body: string) => ({ clientId: randomUUID(), body });
const rowsAt = (at: Seated) => at.all<ListChanged>("list.changed").flatMap(({ upserted }) => upserted);
const show = (at: Seated, view: string) => at.ask<Listed>("list.window", { view });

describe("the inbox of an agent", () => {
  test("shows a conversation, its lines, its customer and what is unread, live", async () => {
    const { viewer: ana, conversationId } = await desk.customer("Ana");
    const work = await desk.work(ben);
    expect(await show(work, "new")).toMatchObject({ ok: true, total: 1, rows: [{ id: conversationId, unread: 0 }] });
    const atAna = await desk.join(conversationId, ana);
    await until(() => rowsAt(work).some((row) => row.customer.online));
    atAna.room.send("typing", { on: true });
    await until(() => rowsAt(work).some((row) => row.customerTyping));
    await atAna.ask<Answer>("message.send", words("hello?"));
    const hello = (row: Row) => row.lastLine?.text === "hello?" && row.unread === 1 && !row.customerTyping;
    await until(() => rowsAt(work).some(hello));
    const atBen = await desk.join(conversationId, ben);
    atBen.room.send("read", { upTo: 2 });
    await until(() => rowsAt(work).at(-1)?.unread === 0);
    await atBen.ask("message.send", words("hello!"));
    await until(() => work.all<ListChanged>("list.changed").some(({ removed }) => removed.includes(conversationId)));
    expect((await show(work, "mine")).rows).toMatchObject([{ id: conversationId, joined: [{ name: "Ben" }] }]);
    await atAna.room.leave();
    await until(() => rowsAt(work).at(-1)?.customer.online === false);
  });

  test("is told the counts as they change", async () => {
    const work = await desk.work(ben);
    expect((await show(work, "all")).counts).toMatchObject({ new: 0, all: 0 });
    await desk.customer("Ana");
    desk.rooms.inboxChanged(desk.orgId);
    expect(await work.first("counts")).toMatchObject({ new: 1, all: 1, unreadNew: 0 });
  });

  test("shows which colleagues are here", async () => {
    const atBen = await desk.work(ben);
    const online = (at: Seated) => at.all<Colleague[]>("colleagues").at(-1)?.filter((one) => one.online).map(({ name }) => name); // prettier-ignore
    await until(() => online(atBen)?.join() === "Ben");
    const [atDee, second] = [await desk.work(dee), await desk.work(dee)];
    await until(() => online(atBen)?.join() === "Ben,Dee");
    await atDee.room.leave();
    await until(() => online(second)?.join() === "Ben,Dee");
    await second.room.leave();
    await until(() => online(atBen)?.join() === "Ben");
    expect(atBen.all<Colleague[]>("colleagues").at(-1)).toHaveLength(2);
  });

  test("[N13] [N14] holds nothing of another organisation, and nobody of it sits here", async () => {
    const { viewer: ana, conversationId } = await desk.customer("Ana");
    await (await desk.join(conversationId, ana)).ask("message.send", words("for our eyes"));
    const eve = await desk.colleague("Eve", "admin", desk.rival());
    const hers = await desk.work(eve);
    expect(await show(hers, "all")).toMatchObject({ rows: [], total: 0, counts: { all: 0 } });
    const colleagues = await until(() => hers.all<Colleague[]>("colleagues").at(-1));
    expect(colleagues.map(({ name }) => name)).toEqual(["Eve"]);
  });

  test("[N22] a window that is none is refused", async () => {
    const work = await desk.work(ben);
    const refused = { ok: false, code: "invalid_message" };
    for (const window of [
      null,
      {},
      { view: "mail" },
      { view: "new", limit: 501 },
      { view: "new", limit: "9" },
      { view: "new", orgId: "x" },
    ])
      // prettier-ignore
      expect(await work.ask("list.window", window)).toEqual(refused);
  });

  test("[N5] ends with the session", async () => {
    const work = await desk.work(ben);
    desk.rooms.closeSessions([ben.sessionId]);
    expect(await until(() => work.closed)).toBe(4501);
  });
});
