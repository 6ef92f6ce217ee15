import type { LineOf } from "../../../history/lines.ts";
import type { Shown } from "../../../history/screen-lines.ts";
import type { Hand } from "./hand.ts";
import type { Cast } from "./honest-day.ts";
import { anas, tampered, type Plant } from "./plant.ts";

/** The last thing that happens is a message of ana's. */
const oneMore = ({ desk, ana, first }: Cast): void => {
  desk.run(ana, first, { type: "message.send", text: "The last" });
};

/** Two changes of dana's screen, each of which puts one line below the others. */
function twoMore(hand: Hand) {
  const uis = hand.all("ui", ({ who }) => who === "dana");
  for (let i = uis.length - 1; i > 0; i -= 1) {
    const [one, two] = [uis[i - 1]!, uis[i]!];
    const isNew = ({ line }: typeof one) => line.gone === 0 && line.lines.length === 1 && line.lines[0]?.state === null;
    if (isNew(one) && isNew(two) && two.line.at === one.line.at + 1) return { one, two };
  }
  throw new Error("Dana's screen never grew twice");
}

const lastOf = (hand: Hand, who: string) => hand.last("ui", (line) => line.who === who && line.conversation === anas);

export const lists: readonly Plant[] = [
  {
    invariant: "I5",
    says: "a number is missing in the log",
    day: tampered((hand) => {
      const numbers = new Set(["seq", "after", "upTo", "head", "asOf", "publicHead"]);
      hand.everywhere(anas, (fields) => {
        for (const [name, value] of Object.entries(fields))
          if (numbers.has(name) && typeof value === "number" && value > 5) fields[name] = value + 1;
      });
    }),
  },
  {
    invariant: "I5",
    says: "a conversation's head is not its last number",
    day: tampered((hand) => {
      const kept = hand.first("kept.conversation");
      hand.change(kept, { head: kept.line.head + 1 });
    }),
  },
  {
    invariant: "I5",
    says: "customers are told of a head that is not theirs",
    day: tampered((hand) => {
      const kept = hand.first("kept.conversation");
      hand.change(kept, { publicHead: kept.line.publicHead - 1 });
    }),
  },
  {
    invariant: "I6",
    says: "two lines stand in the wrong order for a moment",
    day: tampered((hand) => {
      const { one, two } = twoMore(hand);
      const both = [...one.line.lines, ...two.line.lines];
      const wrong = hand.slip(two, { ...one.line, gone: 2, lines: both.toReversed() });
      hand.slip(wrong, { ...one.line, gone: 2, lines: both });
    }),
  },
  {
    invariant: "I6",
    says: "a line reads for a moment as it never did",
    day: tampered((hand) => {
      const { two } = twoMore(hand);
      const { at, lines } = two.line;
      const wrong = hand.slip(two, {
        ...two.line,
        at,
        gone: 1,
        lines: lines.map((line) => ({ ...line, hash: "other" })),
      });
      hand.slip(wrong, { ...two.line, at, gone: 1 });
    }),
  },
  {
    invariant: "I6",
    says: "an edit was shown after what came later",
    day: tampered(
      (hand) => {
        const [edit, next] = hand.all("ui", ({ who }) => who === "dana").slice(-2);
        hand.slip(next!, edit!.line);
        hand.remove(edit!);
      },
      ({ desk, ana, first }) => {
        const { facts } = first.log.findLast(
          (one) =>
            one.facts.by.id === first.author &&
            one.facts.type === "message.posted" &&
            !first.messages.get(one.facts.id)?.deleted,
        )!;
        desk.run(ana, first, { type: "message.edit", target: facts.id, text: "Corrected" });
        desk.run(ana, first, { type: "message.send", text: "After the correction" });
      },
    ),
  },
  {
    invariant: "I6",
    says: "at the end a screen lacks the last line",
    day: tampered((hand) => hand.remove(lastOf(hand, "dana")), oneMore),
  },
  {
    invariant: "I7",
    says: "a hole was shown, and filled",
    day: tampered((hand) => {
      const { one, two } = twoMore(hand);
      hand.slip(two, one.line);
      hand.change(two, { at: one.line.at });
      hand.remove(one);
    }),
  },
  {
    invariant: "I7",
    says: "a list that said it was whole had no beginning",
    day: tampered(
      (hand) => {
        const ui = hand.last("ui", ({ who, at, lines }) => who === "dana" && at === 0 && lines.length > 2);
        const [beginning, ...others] = ui.line.lines;
        hand.change(ui, { lines: others });
        hand.slip(ui, { ...ui.line, lines: beginning ? [beginning] : [] });
      },
      ({ desk, dana, first }) => {
        dana.reload();
        desk.look(dana, first);
      },
    ),
  },
];

/** The bubble of a message of ana's, as its last change before it is saved shows it. */
function bubble(hand: Hand, key = hand.last("ok", ({ who }) => who === "ana").line.key) {
  const ui = hand.last(
    "ui",
    ({ who, lines }) => who === "ana" && lines.some((one) => one.key === key && one.seq === null),
  );
  return { ui, line: ui.line.lines.find((one) => one.key === key)! };
}
const saved = (hand: Hand) =>
  hand.last("ui", ({ who, lines }) => who === "ana" && lines.length === 1 && lines[0]?.state === "saved");
const restated = (line: Shown, state: Shown["state"]) => ({ gone: 1, lines: [{ ...line, state }] });

/** The message that comes back from the log is shown in a state that nobody has reported. */
const claims = (state: "delivered" | "read") =>
  tampered((hand) => {
    const ui = saved(hand);
    const [line] = ui.line.lines;
    const lie = hand.slip(ui, { ...ui.line, ...restated(line!, state) });
    hand.slip(lie, { ...ui.line, ...restated(line!, "saved") });
  }, oneMore);

export const honesty: readonly Plant[] = [
  {
    invariant: "I21",
    says: "a bubble was saved before anybody had said so",
    day: tampered((hand) => {
      const { ui, line } = bubble(hand);
      const appended = hand.first("appended", ({ t }) => t > ui.line.t);
      hand.slip(appended, { ...ui.line, ...restated(line, "saved") });
    }, oneMore),
  },
  { invariant: "I21", says: "a bubble was delivered before anybody had got it", day: claims("delivered") },
  { invariant: "I21", says: "a bubble was read before anybody had read it", day: claims("read") },
  {
    invariant: "I21",
    says: "nobody said for five seconds that the database was away",
    day: tampered((hand) => {
      const { from } = hand.first("did", ({ injection }) => injection === "postgresStopped").line;
      hand.remove(hand.first("ui", ({ t, lines }) => t > from && lines[0]?.state === "kept"));
    }),
  },
  {
    invariant: "I21",
    says: "offline, the screen said that it was online",
    day: tampered((hand) => {
      const offline = hand.all("ui", ({ banner }) => banner === "offline");
      for (const ui of offline) hand.change(ui, { banner: "online" });
    }),
  },
  {
    invariant: "I21",
    says: "at the end a kept message looks unsaved",
    day: tampered((hand) => {
      const ui = saved(hand);
      const [line] = ui.line.lines;
      const last = hand.last("ui", ({ who }) => who === "ana");
      hand.slip(last, { ...ui.line, ...restated(line!, "sending") });
    }, oneMore),
  },
];

const note = (hand: Hand) =>
  hand.first("kept.event", ({ internal, conversation }) => internal && conversation === anas).line;

export const secrets: readonly Plant[] = [
  {
    invariant: "I20",
    says: "a customer received a note",
    day: tampered((hand) => {
      const recv = hand.last("recv", ({ who }) => who === "ana");
      const { event } = note(hand);
      hand.slip(recv, { ...recv.line, frames: [{ after: event.seq - 1, event }] });
    }),
  },
  {
    invariant: "I20",
    says: "a customer's frame follows a note",
    day: tampered((hand) => {
      const { seq } = note(hand).event;
      const recv = hand.first("recv", ({ who, frames }) => who === "ana" && (frames[0]?.event.seq ?? 0) > seq);
      hand.change(recv, { frames: recv.line.frames.map(({ event }) => ({ after: seq, event })) });
    }),
  },
  {
    invariant: "I20",
    says: "a customer was told of a head that only staff have",
    day: tampered((hand) => {
      const head = note(hand).event.seq;
      hand.slip(
        hand.last("recv", ({ who }) => who === "ana"),
        { what: "head", who: "ana", conversation: anas, head },
      );
    }),
  },
  {
    invariant: "I20",
    says: "a node told a note to customers",
    day: tampered((hand) => {
      const { seq } = note(hand).event;
      const tell = hand.first("tell", ({ conversation, events }) => conversation === anas && events[0]?.seq === seq);
      hand.slip(tell, { ...tell.line, side: "customer" });
    }),
  },
  {
    invariant: "I20",
    says: "a note stood on a customer's screen",
    day: tampered((hand) => {
      const { seq, id, hash } = note(hand).event;
      const ui = lastOf(hand, "ana");
      const isAbove = ({ conversation, internal, event }: LineOf<"kept.event">) =>
        conversation === anas && !internal && event.target === undefined && event.seq < seq;
      const at = hand.all("kept.event", isAbove).length;
      const line: Shown = { seq, id, key: id, kind: "note", hash, state: null };
      const leak = hand.slip(ui, { ...ui.line, at, gone: 0, lines: [line] });
      hand.slip(leak, { ...ui.line, at, gone: 1, lines: [] });
    }),
  },
  {
    invariant: "I20",
    says: "a customer was let into another's conversation",
    day: tampered((hand) => {
      const welcome = hand.last("welcome", ({ who }) => who === "ana");
      hand.slip(welcome, { ...welcome.line, who: "cy" });
    }),
  },
];
