import { textHash } from "../../../history/lines.ts";
import type { EventFacts } from "../../../history/shared-lines.ts";
import type { Hand } from "./hand.ts";
import { happened, tampered, type Plant } from "./plant.ts";

const invoked = (hand: Hand) => hand.last("invoke", ({ who, type }) => who === "ana" && type === "message.send");
const message = { type: "message.send", text: "A late text" };

export const lost: readonly Plant[] = [
  {
    invariant: "I1",
    says: "a message that was acknowledged is not in the log",
    day: tampered((hand) => {
      const before = invoked(hand);
      const { line } = before;
      hand.slip(before, { ...line, key: "lost" });
      hand.slip(
        before,
        { what: "ok", who: "ana", conversation: line.conversation, key: "lost", seq: 999, id: "lost" },
        0.1,
      );
    }),
  },
  {
    invariant: "I1",
    says: "a message that was acknowledged is kept with another text",
    day: tampered((hand) => {
      const { key } = invoked(hand).line;
      for (const one of hand.all("invoke", (line) => line.key === key)) hand.change(one, { hash: textHash("Other") });
    }),
  },
  {
    invariant: "I2",
    says: "a message that the device kept before a reload went nowhere",
    day: tampered((hand) => {
      const gone = hand.last("gone", ({ who }) => who === "ana");
      hand.slip(gone, { ...invoked(hand).line, key: "lost", hash: "lost" }, -0.05);
    }),
  },
  {
    invariant: "I2",
    says: "a message is parked although it is in the log",
    day: tampered((hand) => {
      const ok = hand.last("ok", ({ who }) => who === "ana");
      const { conversation, key } = ok.line;
      hand.slip(ok, { what: "fail", who: "ana", conversation, key, code: "not_found" });
      hand.remove(...hand.all("ok", (line) => line.key === key));
    }),
  },
  {
    invariant: "I2",
    says: "a message was parked for a reason that passes",
    day: tampered((hand) => {
      const [fail, discarded] = [hand.first("fail"), hand.first("discarded")];
      hand.change(fail, { code: "unavailable" });
      hand.remove(discarded);
    }),
  },
];

export const doubled: readonly Plant[] = [
  {
    invariant: "I3",
    says: "one key is in the log twice",
    day: happened(({ desk, ana, first }) => {
      const key = desk.run(ana, first, message);
      desk.keep(ana, first, key, message);
    }),
  },
  {
    invariant: "I3",
    says: "a message pressed once is in the log under two keys",
    day: happened(({ desk, ana, first }) => {
      desk.run(ana, first, message);
      desk.keep(ana, first, "a key of the node's", message);
    }),
  },
  {
    invariant: "I3",
    says: "a screen shows a line twice for a moment",
    day: tampered((hand) => {
      const ui = hand.last(
        "ui",
        ({ who, gone, lines }) => who === "dana" && gone === 0 && lines.length === 1 && lines[0]?.state === null,
      );
      const { at } = ui.line;
      const twice = hand.slip(ui, { ...ui.line, at: at + 1 });
      hand.slip(twice, { ...ui.line, at: at + 1, gone: 1, lines: [] });
    }),
  },
];

const received = (hand: Hand) =>
  hand.last("recv", ({ who, frames }) => who === "dana" && frames.at(-1)?.event.type === "message.posted");
const committed = (hand: Hand, key: string | undefined) => {
  const asked = hand.first("append", ({ events }) => events[0]?.key === key).line;
  return hand.first("appended", (line) => line.who === asked.who && line.call === asked.call).line.t;
};

export const invented: readonly Plant[] = [
  {
    invariant: "I4",
    says: "a message was received before its commit",
    day: tampered((hand) => {
      const recv = received(hand);
      hand.change(recv, { t: committed(hand, recv.line.frames.at(-1)?.event.key) - 0.05 });
    }),
  },
  {
    invariant: "I4",
    says: "a message was acknowledged before its commit",
    day: tampered((hand) => {
      const ok = hand.last("ok", ({ who }) => who === "ana");
      hand.change(ok, { t: committed(hand, ok.line.key) - 0.05 });
    }),
  },
  {
    invariant: "I4",
    says: "a message was on a screen before its commit",
    day: tampered((hand) => {
      const ui = hand.last(
        "ui",
        ({ who, gone, lines }) =>
          who === "dana" && gone === 0 && lines.length === 1 && lines[0]?.state === null && lines[0].kind === "message",
      );
      const { id } = ui.line.lines[0]!;
      const { key } = hand.first("append", ({ events }) => events[0]?.id === id).line.events[0]!;
      hand.change(ui, { t: committed(hand, key) - 0.05 });
    }),
  },
  {
    invariant: "I4",
    says: "a message was received that is not in the log",
    day: tampered((hand) => {
      const recv = received(hand);
      const event: EventFacts = { ...recv.line.frames.at(-1)!.event, seq: 999, id: "invented", key: "invented" };
      hand.slip(recv, { ...recv.line, frames: [{ after: 998, event }] });
    }),
  },
  {
    invariant: "I4",
    says: "a message was received with another text than is kept",
    day: tampered((hand) => {
      const recv = received(hand);
      const frames = recv.line.frames.map(({ after, event }) => ({ after, event: { ...event, hash: "other" } }));
      hand.change(recv, { frames });
    }),
  },
  {
    invariant: "I4",
    says: "a message is in the log that nobody wrote",
    day: happened(({ desk, ana, first }) => desk.keep(ana, first, "nobody's", message)),
  },
];

export const misordered: readonly Plant[] = [
  {
    invariant: "I8",
    says: "of two messages the later one came first",
    day: happened(({ desk, ana, first }) => {
      const later = { type: "message.send", text: "An even later text" };
      const [one, two] = [desk.press(ana, first, message), desk.press(ana, first, later)];
      desk.carry(ana, first, two, later);
      desk.carry(ana, first, one, message);
    }),
  },
  {
    invariant: "I9",
    says: "a key was acknowledged with two numbers",
    day: tampered((hand) => {
      const ok = hand.last("ok");
      hand.slip(ok, { ...ok.line, seq: ok.line.seq + 1 });
    }),
  },
  {
    invariant: "I9",
    says: "a node answered a key with two numbers",
    day: tampered((hand) => {
      const answer = hand.last("answer", ({ seq }) => seq !== undefined);
      hand.slip(answer, { ...answer.line, seq: (answer.line.seq ?? 0) - 1 });
    }),
  },
  {
    invariant: "I9",
    says: "a message was refused after it was acknowledged",
    day: tampered((hand) => {
      const ok = hand.last("ok");
      const { who, conversation, key } = ok.line;
      hand.slip(ok, { what: "fail", who, conversation, key, code: "forbidden" });
    }),
  },
];
