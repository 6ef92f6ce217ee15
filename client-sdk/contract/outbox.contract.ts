import { beforeEach, describe, expect, test } from "vitest";
import type { NewRow, Outbox, OutboxRow } from "../outbox.ts";

let rowsMade = 0;
export const newRow = (body: string, conversation = "garden"): NewRow => ({
  conversation,
  at: 1_000_000 + ++rowsMade,
  command: { type: "message.send", clientId: crypto.randomUUID(), body },
});

export const bodies = (rows: readonly OutboxRow[]) =>
  rows.map(({ command }) => ("body" in command ? command.body : ""));

/** What every outbox does. `open` opens the same one again and again; `isPersistent` ones show what an earlier one kept. */
export function outboxContract(fresh: () => Promise<() => Promise<Outbox>>): void {
  let open: () => Promise<Outbox>;
  let outbox: Outbox;
  beforeEach(async () => {
    open = await fresh();
    outbox = await open();
  });
  const add = async (...texts: string[]) => {
    const added: OutboxRow[] = [];
    for (const text of texts) added.push(await outbox.add(newRow(text)));
    return added;
  };
  const reopen = async () => {
    if (!outbox.isPersistent) return;
    outbox.close();
    outbox = await open();
  };

  describe("rows", () => {
    test("[I8] come back in the order they were added, also after it was opened again", async () => {
      await add("one", "two", "three");
      await reopen();
      await add("four");
      const rows = await outbox.rows();
      expect(bodies(rows)).toEqual(["one", "two", "three", "four"]);
      expect(rows.map(({ order }) => order)).toEqual(rows.map(({ order }) => order).toSorted((a, b) => a - b));
    });

    test("[I2] come back exactly as they were added, whatever the text", async () => {
      const texts = ["مرحبا بالعالم", "👩‍👩‍👧‍👦", "<script>", 'back\\slash "quote"\n\ttab', "\ud800 alone", "x".repeat(4000)];
      const rows = await add(...texts);
      await reopen();
      expect(await outbox.rows()).toEqual(rows);
      expect(bodies(rows)).toEqual(texts);
    });

    test("[I3] one key is one row, however often it is added", async () => {
      const row = newRow("one");
      const first = await outbox.add(row);
      expect(await outbox.add(row)).toEqual(first);
      expect(await outbox.rows()).toEqual([first]);
    });

    test("of another conversation are not given", async () => {
      await outbox.add(newRow("mine", "garden"));
      await outbox.add(newRow("theirs", "harbour"));
      expect(bodies(await outbox.rows("garden"))).toEqual(["mine"]);
      expect(bodies(await outbox.rows())).toEqual(["mine", "theirs"]);
    });

    test("are gone once removed, and the others stay in order", async () => {
      const [, two] = await add("one", "two", "three");
      await outbox.remove(two!.command.clientId);
      await outbox.remove("never there");
      await reopen();
      expect(bodies(await outbox.rows())).toEqual(["one", "three"]);
    });

    test("[I2] that are parked keep their text, their reason and their place until they are queued again", async () => {
      const [one] = await add("one", "two");
      await outbox.park(one!.command.clientId, "conversation_closed");
      await reopen();
      expect((await outbox.rows())[0]).toEqual({ ...one, parked: "conversation_closed" });
      await outbox.unpark(one!.command.clientId);
      await reopen();
      expect((await outbox.rows())[0]).toEqual(one);
    });

    test("follow their conversation to its id", async () => {
      await outbox.add(newRow("one", "new:1"));
      await outbox.add(newRow("two", "new:2"));
      await outbox.add(newRow("three", "new:1"));
      await outbox.rename("new:1", "garden");
      await reopen();
      expect(bodies(await outbox.rows("garden"))).toEqual(["one", "three"]);
      expect(bodies(await outbox.rows("new:1"))).toEqual([]);
    });

    test("that are too old are dropped, and it says how many", async () => {
      const [, two] = await add("one", "two", "three");
      expect(await outbox.expire(two!.at)).toBe(1);
      expect(await outbox.expire(two!.at)).toBe(0);
      await reopen();
      expect(bodies(await outbox.rows())).toEqual(["two", "three"]);
    });

    test("[I8] get rising numbers also when long and short ones are added at once", async () => {
      const texts = Array.from({ length: 50 }, (_, index) => `${index} ${"long ".repeat(index % 3 ? 0 : 100_000)}`);
      await Promise.all(texts.map((text) => outbox.add(newRow(text))));
      await reopen();
      expect(bodies(await outbox.rows())).toEqual(texts);
    });

    test("[N74] are gone for good once it is destroyed", async () => {
      await add("secret");
      await outbox.destroy();
      expect(await (await open()).rows()).toEqual([]);
    });
  });
}
