import { anas, happened, tampered, type Plant } from "./plant.ts";
import type { Hand } from "./hand.ts";

const message = { type: "message.send", text: "A late text" };

export const owners: readonly Plant[] = [
  {
    invariant: "I10",
    says: "two nodes have the same epoch",
    day: tampered((hand) => {
      const claim = hand.last("claim");
      hand.slip(claim, { ...claim.line, who: "a" });
    }),
  },
  {
    invariant: "I10",
    says: "an epoch goes down along the log",
    day: tampered((hand) => {
      const [append] = hand.all("append", ({ conversation }) => conversation === anas).slice(-3);
      hand.change(append!, { epoch: append!.line.epoch + 5, who: "e" });
      const end = hand.first("appended", ({ who, call }) => who === append!.line.who && call === append!.line.call);
      hand.change(end, { who: "e" });
      const kept = hand.first("kept.event", ({ event }) => event.id === append!.line.events[0]?.id);
      hand.change(kept, { witness: undefined });
    }),
  },
  {
    invariant: "I11",
    says: "a stale owner kept a message after another had claimed",
    day: happened(({ desk, ana, first }) => {
      const [epoch, owner] = [first.epoch, first.owner];
      desk.claim("c", first);
      Object.assign(first, { epoch, owner });
      desk.run(ana, first, message);
      Object.assign(first, { epoch: epoch + 1, owner: "c" });
    }),
  },
  {
    invariant: "I11",
    says: "the database saw another epoch than the writer named",
    day: tampered((hand) => {
      const kept = hand.last("kept.event", ({ witness }) => witness !== undefined);
      const witness = kept.line.witness!;
      hand.change(kept, { witness: { ...witness, epoch: witness.epoch + 1 } });
    }),
  },
];

const slept = (hand: Hand) => hand.first("woke", ({ who }) => who === "b");
const spoken = (hand: Hand) => hand.last("tell", ({ who }) => who === "b");

export const sleepers: readonly Plant[] = [
  {
    invariant: "I12",
    says: "a node that had lost a conversation asleep told of it after waking",
    day: tampered((hand) => void hand.slip(slept(hand), spoken(hand).line, 700)),
  },
  {
    invariant: "I12",
    says: "a node that had lost a conversation asleep acknowledged after waking",
    day: tampered((hand) => {
      const answer = hand.last("answer", ({ who, seq }) => who === "b" && seq !== undefined);
      hand.slip(slept(hand), answer.line, 700);
    }),
  },
  {
    invariant: "I12",
    says: "a node that did not notice its sleep told of what it had lost",
    day: tampered((hand) => {
      hand.slip(slept(hand), spoken(hand).line, 700);
      hand.remove(slept(hand));
    }),
  },
  {
    invariant: "I12",
    says: "a node told what is not committed",
    day: tampered((hand) => {
      const tell = hand.last("tell");
      hand.slip(tell, { ...tell.line, events: [{ seq: 999, id: "invented", key: "invented" }] });
    }),
  },
  {
    invariant: "I12",
    says: "a node told before it was committed",
    day: tampered((hand) => {
      const tell = hand.last("tell", ({ side }) => side === "staff");
      const append = hand.first("append", ({ events }) => events[0]?.id === tell.line.events[0]?.id);
      hand.change(tell, { t: append.line.t + 0.05 });
    }),
  },
];

export const tables: readonly Plant[] = [
  {
    invariant: "I15",
    says: "a read number went back",
    day: tampered((hand) => {
      const read = hand.last("witness.read");
      hand.slip(read, { ...read.line, order: read.line.order + 100_000, seq: 1 });
    }),
  },
  {
    invariant: "I15",
    says: "a read number that was kept is lower at the end",
    day: tampered((hand) => {
      const read = hand.first("kept.read");
      hand.change(read, { seq: read.line.seq - 1 });
    }),
  },
  {
    invariant: "I15",
    says: "a read number that was kept is gone",
    day: tampered((hand) => hand.remove(hand.first("kept.read"))),
  },
  {
    invariant: "I16",
    says: "a version was left out",
    day: tampered((hand) => {
      const edit = hand.first("kept.event", ({ event }) => event.target !== undefined).line;
      const id = edit.event.target!.id;
      hand.everywhere(edit.conversation, (fields) => {
        const target = fields.target as { id?: string; version?: number } | undefined;
        if (target?.id === id && "type" in fields && typeof fields.seq === "number")
          fields.target = { ...target, version: target.version! + 1 };
        if (fields.what === "kept.message" && fields.id === id) fields.version = (fields.version as number) + 1;
      });
    }),
  },
  {
    invariant: "I16",
    says: "a message does not read as its last edit",
    day: tampered((hand) =>
      hand.change(
        hand.first("kept.message", ({ version }) => version > 1),
        { hash: "other" },
      ),
    ),
  },
  {
    invariant: "I16",
    says: "a deleted message was edited",
    day: happened(({ desk, ben, second }) => {
      const gone = [...second.messages.values()].find(({ deleted, post }) => deleted && post.by.side === "staff");
      desk.run(ben, second, { type: "message.edit", target: gone!.post.id, text: "Back again" });
    }),
  },
  {
    invariant: "I19",
    says: "an entry of the audit log does not follow the one before",
    day: tampered((hand) => hand.change(hand.last("kept.audit"), { before: "other" })),
  },
  {
    invariant: "I19",
    says: "an opened conversation has no entry",
    day: tampered((hand) => hand.change(hand.last("kept.audit"), { action: "staff.sign_in" })),
  },
  {
    invariant: "I19",
    says: "the newest entry was cut off",
    day: tampered((hand) => {
      const verdict = hand.first("audit.verdict");
      hand.change(verdict, { n: verdict.line.n + 1, hash: "newer" });
    }),
  },
  {
    invariant: "I19",
    says: "the desk's key does not know an entry",
    day: tampered((hand) => hand.change(hand.first("audit.verdict"), { firstBad: 2 })),
  },
];

const did = (hand: Hand, injection: string) => hand.first("did", (line) => line.injection === injection).line;
const late = (injection: string, from: "from" | "until", afterMs: number, ms: number) =>
  tampered((hand) => hand.delay(did(hand, injection)[from] + afterMs, ms));

export const limits: readonly Plant[] = [
  { invariant: "I22", says: "after a kill nothing arrived for too long", day: late("kill9", "from", 100, 2500) },
  {
    invariant: "I22",
    says: "when a node drained nothing arrived for too long",
    day: tampered((hand) => {
      const { from } = did(hand, "sigterm");
      hand.delay(hand.first("append", ({ t }) => t > from).line.t, 1500);
    }),
  },
  {
    invariant: "I22",
    says: "after a freeze nothing arrived for too long",
    day: tampered((hand) => {
      const { from } = did(hand, "freeze");
      const bubble = hand.first(
        "ui",
        ({ t, who, lines }) => t > from && who === "ben" && lines.some(({ state }) => state === "sending"),
      );
      hand.slip(
        bubble,
        { ...bubble.line, gone: 1, lines: bubble.line.lines.map((line) => ({ ...line, state: "kept" as const })) },
        1000,
      );
      hand.delay(from + 2000, 2500);
    }),
  },
  {
    invariant: "I22",
    says: "the database was back, and a message still unsaved",
    day: late("postgresStopped", "until", 100, 11_000),
  },
  {
    invariant: "I22",
    says: "without Redis a message took long",
    day: tampered((hand) => {
      const { from } = did(hand, "redisStopped");
      const append = hand.first("append", ({ t }) => t > from);
      hand.delay(append.line.t, 500);
    }),
  },
  {
    invariant: "I22",
    says: "somebody did not come back when all reconnected",
    day: tampered((hand) => {
      const { from } = did(hand, "everybodyReconnects");
      hand.remove(hand.first("welcome", ({ t, who }) => t > from && who === "dana"));
    }),
  },
  {
    invariant: "I22",
    says: "the outboxes never ran empty",
    day: tampered((hand) => hand.remove(hand.first("phase", ({ phase }) => phase === "drained"))),
  },
  {
    invariant: "I22",
    says: "an outbox still held something",
    day: tampered((hand) => {
      const { conversation, key } = hand.last("invoke").line;
      hand.change(hand.first("rest"), { rows: [{ conversation, key, parked: null }] });
    }),
  },
  {
    invariant: "I22",
    says: "the outboxes were empty too late",
    day: tampered((hand) => hand.delay(hand.first("phase", ({ phase }) => phase === "healed").line.t, 40_000)),
  },
];

const counts = (change: { rooms?: number; connections?: number; heapBytes?: number }) =>
  tampered((hand) => {
    const end = hand.first("counts");
    hand.slip(
      hand.first("node", ({ who }) => who === end.line.who),
      { ...end.line, phase: "warm" },
    );
    hand.change(
      hand.first("counts", ({ phase }) => phase === "end"),
      change,
    );
  });

const trouble = (kind: "rejection" | "exception" | "warning", message: string) =>
  tampered((hand) => void hand.slip(hand.first("claim"), { what: "trouble", who: "a", kind, message }));

export const leaks: readonly Plant[] = [
  { invariant: "I24", says: "a room is left", day: counts({ rooms: 1 }) },
  { invariant: "I24", says: "a connection is left", day: counts({ connections: 1 }) },
  { invariant: "I24", says: "the heap has grown", day: counts({ heapBytes: 400_000_000 }) },
  { invariant: "I24", says: "a rejection was handled by nobody", day: trouble("rejection", "of no use") },
  { invariant: "I24", says: "an exception was handled by nobody", day: trouble("exception", "of no use") },
  {
    invariant: "I24",
    says: "listeners pile up",
    day: trouble("warning", "MaxListenersExceededWarning: 11 close listeners"),
  },
];
