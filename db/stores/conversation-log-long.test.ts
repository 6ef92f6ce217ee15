import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LogUnderTest } from "#core/contract/conversation-log.contract.ts";
import { Owner } from "#core/contract/owner.ts";
import type { Person } from "#protocol/people.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";
import { logOn } from "./testing/log-on.ts";

const events = 8000;

// Written in one go, before PostgreSQL has any statistics: a planner that guesses must not read it whole.
let desk: DeskOnPostgres;
let under: LogUnderTest;
let id: string;
let ana: Person;
beforeAll(async () => {
  desk = await deskOnPostgres();
  under = await logOn(desk);
  ({ conversationId: id, ana } = await under.open());
  const { epoch, conversation } = await Owner.claim(under.log, id, "node-a");
  for (let head = 1; head < events; head += 200) {
    const said = Array.from({ length: 200 }, (_, i) => ({
      ...{ type: "message.posted" as const, seq: head + 1 + i, at: conversation.lastAt, id: randomUUID() },
      ...{ by: { side: "customer" as const, id: ana.id }, clientId: randomUUID(), body: `no ${head + 1 + i}` },
    }));
    const appended = await under.log.append({ conversationId: id, epoch, expectedHead: head, events: said });
    expect(appended).toEqual({ outcome: "kept" });
  }
});
afterAll(() => desk.close());

const reads: Record<string, (side: "customer" | "staff") => Promise<unknown>> = {
  "the newest page": (side) => under.log.page(id, side, undefined, 50),
  "a page from the middle": (side) => under.log.page(id, side, events / 2, 50),
  "a fetch from the middle": (side) => under.log.since(id, side, events / 2, 200),
  "a fetch near the end": (side) => under.log.since(id, side, events - 50, 200),
  "a read number": (side) => under.log.read(id, { side, id: side === "staff" ? under.ben.id : ana.id }, events),
};

test.each(Object.entries(reads))("%s of a long conversation costs no more than of a short one", async (_, read) => {
  for (const side of ["staff", "customer"] as const) {
    const took: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const began = performance.now();
      await read(side);
      took.push(performance.now() - began);
    }
    // A few milliseconds when it is right and the machine is quiet, more than a second when it is wrong.
    expect(Math.min(...took), side).toBeLessThan(200);
  }
});

test("[DL6] paging back through all of it shows each line once", async () => {
  const seen: number[] = [];
  for (let before: number | undefined, more = true; more;) {
    const page = await under.log.page(id, "customer", before, 100);
    seen.unshift(...page.lines.map(({ seq }) => seq));
    before = page.lines[0]!.seq;
    more = page.more;
  }
  expect(seen).toEqual(Array.from({ length: events + 1 }, (_, i) => i + 1));
});
