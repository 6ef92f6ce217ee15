import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { fold } from "#core/conversation/transcript.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Frame, Line } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import type { LogUnderTest } from "./log-under-test.ts";
import { Owner } from "./owner.ts";
import { difficultTexts } from "./texts.ts";

/** What every conversation log answers to those who read it. */
export function conversationLogReadsContract(under: () => LogUnderTest): void {
  let log: ConversationLog;
  let ana: Person;
  let ben: Person;
  let id: string;
  let owner: Owner;
  beforeEach(async () => {
    ({ log, ben } = under());
    const opened = await under().open();
    ana = opened.ana;
    id = opened.conversationId;
    owner = await Owner.claim(log, id, under().nodes[0]);
  });

  /** opened 1, "one" 2, note 3, joined 4, "two" 5, edit of the note 6, "three" 7, note's deletion 8 */
  const talk = async () => {
    await owner.say(ana, "one");
    const note = await owner.do(ben, { type: "note.post", body: "secret" });
    await owner.say(ben, "two");
    await owner.do(ben, { type: "message.edit", messageId: note.id, version: 1, body: "secret too" });
    await owner.say(ana, "three");
    await owner.do(ben, { type: "message.delete", messageId: note.id, version: 2 });
  };

  describe("fetching", () => {
    test("[CV12] staff's frames chain through every number", async () => {
      await talk();
      const { frames, upTo, more } = await log.since(id, "staff", 0, 200);
      expect(chain(frames)).toEqual(Array.from({ length: 8 }, (_, i) => [i, i + 1]));
      expect({ upTo, more }).toEqual({ upTo: 8, more: false });
    });

    test("[DL7] what a customer fetches holds no note and no hole they could not prove", async () => {
      await talk();
      const { frames, upTo, more } = await log.since(id, "customer", 0, 200);
      expect(chain(frames)).toEqual([[0, 1], [1, 2], [2, 4], [4, 5], [5, 7]]); // prettier-ignore
      expect({ upTo, more }).toEqual({ upTo: 7, more: false });
      expect(JSON.stringify(frames)).not.toContain("secret");
    });

    test("[DL7] a customer who asks from the number of a note is told the frame after it", async () => {
      await talk();
      expect(chain((await log.since(id, "customer", 3, 200)).frames)).toEqual([[2, 4], [4, 5], [5, 7]]); // prettier-ignore
      expect((await log.since(id, "customer", 7, 200)).frames).toEqual([]);
      expect((await log.since(id, "customer", 8, 200)).upTo).toBe(7);
    });

    test("[CV12] fetched in small parts, the frames are the same as at once", async () => {
      await talk();
      for (const side of ["customer", "staff"] as const) {
        const parts: Frame[] = [];
        for (let at = 0, more = true; more;) {
          const part = await log.since(id, side, at, 2);
          expect(part.frames.length).toBeLessThanOrEqual(2);
          parts.push(...part.frames);
          ({ upTo: at, more } = part);
        }
        expect(parts).toEqual((await log.since(id, side, 0, 200)).frames);
      }
    });

    test("there is nothing to fetch of a conversation that is not there", async () => {
      expect(await log.since(randomUUID(), "staff", 0, 10)).toEqual({ frames: [], upTo: 0, more: false });
      expect(await log.page(randomUUID(), "staff", undefined, 10)).toEqual({ lines: [], asOf: 0, more: false });
    });

    test("[TX1] a text comes back exactly as it was written", async () => {
      for (const text of difficultTexts) await owner.say(ana, text);
      const { frames } = await log.since(id, "customer", 1, 200);
      expect(frames.map(({ event }) => "body" in event && event.body)).toEqual(difficultTexts);
    });
  });

  describe("paging", () => {
    test("[DL6] a page shows the newest lines as they now read, newest last, and whether there are older ones", async () => {
      const first = await owner.say(ana, "one");
      await owner.say(ana, "two");
      await owner.do(ana, { type: "message.edit", messageId: first.id, version: 1, body: "One!" });
      const all = await log.page(id, "staff", undefined, 10);
      expect(all.lines.map((line) => [line.kind, line.seq, textOf(line)])).toEqual([
        ["opened", 1, undefined],
        ["message", 2, "One!"],
        ["message", 3, "two"],
      ]);
      expect({ asOf: all.asOf, more: all.more }).toEqual({ asOf: 4, more: false });
      const newest = await log.page(id, "staff", undefined, 1);
      expect(newest.lines.map((line) => line.seq)).toEqual([3]);
      expect(newest.more).toBe(true);
      const before = await log.page(id, "staff", 3, 1);
      expect(before.lines.map((line) => line.seq)).toEqual([2]);
      expect((await log.page(id, "staff", 2, 1)).more).toBe(false);
    });

    test("[DL6] the lines of a page are the fold of what was told", async () => {
      await talk();
      for (const side of ["customer", "staff"] as const) {
        const { frames } = await log.since(id, side, 0, 200);
        const page = await log.page(id, side, undefined, 100);
        expect(page.lines).toEqual(fold([], frames.map((frame) => frame.event))); // prettier-ignore
      }
    });

    test("[CV7] a customer's page holds no note, and is as of the number they may know", async () => {
      await talk();
      const page = await log.page(id, "customer", undefined, 100);
      expect(page.lines.map((line) => line.kind)).toEqual(["opened", "message", "joined", "message", "message"]);
      expect(page.asOf).toBe(7);
      expect((await log.page(id, "staff", undefined, 100)).asOf).toBe(8);
    });

    test("[CV10] the text of a deleted message is gone from pages, frames and keys, and its line keeps its place", async () => {
      const clientId = randomUUID();
      const said = await owner.do(ana, { type: "message.send", body: "regretted", clientId });
      await owner.do(ana, { type: "message.edit", messageId: said.id, version: 1, body: "regretted too" });
      await owner.say(ana, "after");
      const deleted = await owner.do(ana, { type: "message.delete", messageId: said.id, version: 2 });
      const { lines } = await log.page(id, "staff", undefined, 10);
      expect(lines.map(textOf)).toEqual([undefined, null, "after"]);
      expect(lines[1]).toMatchObject({ version: 3, deleted: { by: deleted.by, at: deleted.at } });
      const told = [await log.since(id, "staff", 0, 10), await log.byKey(id, said.by, clientId), lines];
      expect(JSON.stringify(told)).not.toContain("regretted");
    });
  });

  describe("looking up", () => {
    test("[CV8] the facts of a message are those an edit is judged by", async () => {
      const said = await owner.say(ana, "one");
      expect(await log.message(id, said.id)).toEqual({
        id: said.id,
        by: { side: "customer", id: ana.id },
        version: 1,
        deleted: false,
        note: false,
      });
      await owner.do(ana, { type: "message.edit", messageId: said.id, version: 1, body: "One!" });
      expect(await log.message(id, said.id)).toMatchObject({ version: 2, deleted: false });
      await owner.do(ana, { type: "message.delete", messageId: said.id, version: 2 });
      expect(await log.message(id, said.id)).toMatchObject({ version: 3, deleted: true });
      const note = await owner.do(ben, { type: "note.post", body: "hm" });
      expect(await log.message(id, note.id)).toMatchObject({ note: true, by: { side: "staff", id: ben.id } });
    });

    test("[N16] a message of another conversation is not found in this one, nor is a turn that is no message", async () => {
      const other = await under().open();
      const theirs = await Owner.claim(log, other.conversationId, under().nodes[0]);
      const said = await theirs.say(other.ana, "theirs");
      expect(await log.message(id, said.id)).toBeUndefined();
      expect(await log.byKey(id, said.by, said.clientId)).toBeUndefined();
      const joined = await owner.do(ben, { type: "conversation.join" });
      expect(await log.message(id, joined.id)).toBeUndefined();
      expect(await log.message(id, randomUUID())).toBeUndefined();
    });

    test("[CV2] a key finds the event it stands for, for its author only", async () => {
      const said = await owner.say(ana, "one");
      expect(await log.byKey(id, said.by, said.clientId)).toEqual(said);
      expect(await log.byKey(id, { side: "staff", id: ben.id }, said.clientId)).toBeUndefined();
      expect(await log.byKey(id, said.by, randomUUID())).toBeUndefined();
    });
  });

  describe("reading", () => {
    const reads = async () => (await log.claim(id, under().nodes[1]))!.reads;

    test("[CV17] read numbers only grow, per person, and never pass the head", async () => {
      await owner.say(ana, "one");
      await owner.say(ana, "two");
      const benHimself = { side: "staff", id: ben.id } as const;
      await log.read(id, benHimself, 2);
      await log.read(id, benHimself, 1);
      await log.read(id, { side: "customer", id: ana.id }, 1);
      expect(await reads()).toEqual(new Map([[ben.id, 2], [ana.id, 1]])); // prettier-ignore
      await log.read(id, benHimself, 99);
      expect((await reads()).get(ben.id)).toBe(3);
    });
  });
}

const chain = (frames: readonly Frame[]) => frames.map(({ after, event }) => [after, event.seq]);
const textOf = (line: Line) => ("body" in line ? line.body : undefined);
