import type { ViewLine } from "#client-sdk/view-line.ts";
import type { Ack, Frame, Line } from "#protocol/conversation.ts";
import { monotonicMs, textHash, type Noted } from "../../history/lines.ts";
import { spliceOf } from "../../history/screen-recorder.ts";
import type { Shown } from "../../history/screen-lines.ts";
import type { HistoryWriter } from "../../history/writer.ts";
import { factsOf } from "../event-facts.ts";

type Unsigned = Noted extends infer N ? (N extends Noted ? Omit<N, "who"> : never) : never;

/** What one page of one person notices, as its history says it. */
export class Notes {
  readonly who: string;
  readonly #history: HistoryWriter;
  readonly #shown = new Map<string, { lines: readonly Shown[]; rest: string }>();
  readonly #views = new WeakMap<ViewLine, Shown>();
  readonly #heads = new Map<string, number>();

  constructor(who: string, history: HistoryWriter) {
    this.who = who;
    this.#history = history;
  }

  note(noted: Unsigned, t = monotonicMs()): void {
    this.#history.note({ ...noted, who: this.who }, t);
  }

  /** For whoever looks for a cause; nobody judges by it. */
  log(what: string, detail: unknown): void {
    console.error(Math.round(monotonicMs()), this.who, what, JSON.stringify(detail));
  }

  /** What the page showed is gone with it. */
  gone(): void {
    this.note({ what: "gone" });
    this.#shown.clear();
    this.#heads.clear();
  }

  told(conversation: string, via: "told" | "fetch" | "poll", frames: readonly Frame[], upTo?: number): void {
    const facts = frames.map(({ after, event }) => ({ after, event: factsOf(event) }));
    this.note({ what: "recv", conversation, via, frames: facts, ...(upTo !== undefined && { upTo }) });
  }

  paged(conversation: string, lines: readonly Line[], asOf: number, more: boolean): void {
    const facts = lines.map(({ seq, id, kind, by, ...line }) => ({
      ...{ seq, id, kind, by: { side: by.side, id: by.id } },
      hash: "body" in line ? textHash(line.body) : null,
      ...("version" in line && { version: line.version }),
    }));
    this.note({ what: "page", conversation, lines: facts, asOf, more });
  }

  head(conversation: string, head: number): void {
    if (!(head > (this.#heads.get(conversation) ?? 0))) return; // a state that has not come yet says no number at all
    this.#heads.set(conversation, head);
    this.note({ what: "head", conversation, head });
  }

  acked(conversation: string, key: string, { seq, id }: Ack): void {
    this.note({ what: "ok", conversation, key, seq, id });
  }

  /** What is on the screen of a conversation now, if that is something else than before. */
  screen(conversation: string, views: readonly ViewLine[], older: boolean, banner: string): void {
    const before = this.#shown.get(conversation);
    const lines = views.map((view) => this.#shownAs(view));
    const splice = spliceOf(before?.lines ?? [], lines);
    const rest = `${older} ${banner}`;
    if (!splice && before?.rest === rest) return;
    this.#shown.set(conversation, { lines, rest });
    const { at, gone, lines: came } = splice ?? { at: lines.length, gone: 0, lines: [] };
    this.note({ what: "ui", conversation, at, gone, lines: [...came], older, banner });
  }

  /** The conversation has its id: its screen goes on under it. */
  renamed(from: string, conversation: string): void {
    const shown = this.#shown.get(from);
    if (shown) this.#shown.set(conversation, shown);
    this.#shown.delete(from);
    this.note({ what: "named", from, conversation });
  }

  /** Views keep their identity while nothing changes, and so do these. */
  #shownAs(view: ViewLine): Shown {
    const known = this.#views.get(view);
    if (known) return known;
    const isMessage = "state" in view;
    const shown: Shown = {
      ...{ seq: view.seq, id: isMessage ? view.id : "", key: view.key, kind: view.kind },
      hash: isMessage ? textHash(view.body) : null,
      state: isMessage ? view.state : null,
    };
    this.#views.set(view, shown);
    return shown;
  }
}
