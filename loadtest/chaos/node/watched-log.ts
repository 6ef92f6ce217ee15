import type { Append, Appended, ConversationLog } from "#core/ports/conversation-log.ts";
import type { Noted } from "../../history/lines.ts";
import { factsOf } from "../event-facts.ts";
import type { CrashPoints } from "./crash-points.ts";

export type Watch = {
  readonly nodeId: string;
  readonly note: (noted: Noted) => void;
  readonly crash: CrashPoints;
};

/** The log, with everything that passes written down before anybody else hears of it. */
export class WatchedLog implements ConversationLog {
  readonly #log: ConversationLog;
  readonly #watch: Watch;
  #calls = 0;

  constructor(log: ConversationLog, watch: Watch) {
    this.#log = log;
    this.#watch = watch;
  }

  async claim(conversation: string, nodeId: string) {
    const claimed = await this.#log.claim(conversation, nodeId);
    const { note, nodeId: who, crash } = this.#watch;
    if (claimed) note({ what: "claim", who, conversation, epoch: claimed.epoch, head: claimed.conversation.head });
    crash.reached("after_claim_before_load");
    return claimed;
  }

  async release(conversation: string, epoch: number): Promise<void> {
    const { note, nodeId: who, crash } = this.#watch;
    crash.reached("in_drain");
    await this.#log.release(conversation, epoch);
    note({ what: "release", who, conversation, epoch });
  }

  stillOwned(owned: ReadonlyMap<string, number>) {
    return this.#log.stillOwned(owned);
  }

  async append(append: Append): Promise<Appended> {
    const { note, nodeId: who, crash } = this.#watch;
    const { conversationId: conversation, epoch, events } = append;
    const call = (this.#calls += 1);
    note({ what: "append", who, call, conversation, epoch, events: events.map(factsOf) });
    crash.reached("before_insert");
    try {
      const appended = await this.#log.append(append);
      const { outcome } = appended;
      const seq = outcome === "duplicate" ? { seq: appended.event.seq } : {};
      note({ what: "appended", who, call, outcome, ...seq });
      if (outcome === "kept") crash.reached("after_commit_before_ack");
      return appended;
    } catch (failure) {
      note({ what: "appended", who, call, outcome: "unknown" });
      throw failure;
    }
  }

  async since(...asked: Parameters<ConversationLog["since"]>) {
    const answer = await this.#log.since(...asked);
    this.#seen(asked[0], answer.upTo);
    if (answer.frames.length > 0) this.#watch.crash.reached("in_replay");
    return answer;
  }

  async page(...asked: Parameters<ConversationLog["page"]>) {
    const answer = await this.#log.page(...asked);
    this.#seen(asked[0], answer.asOf);
    return answer;
  }

  message(...asked: Parameters<ConversationLog["message"]>) {
    return this.#log.message(...asked);
  }

  async byKey(...asked: Parameters<ConversationLog["byKey"]>) {
    const event = await this.#log.byKey(...asked);
    if (event) this.#seen(asked[0], event.seq);
    return event;
  }

  async read(conversation: string, person: Parameters<ConversationLog["read"]>[1], upTo: number): Promise<void> {
    const { note, nodeId: who } = this.#watch;
    await this.#log.read(conversation, person, upTo);
    note({ what: "read.kept", who, conversation, person: person.id, upTo });
  }

  #seen(conversation: string, upTo: number): void {
    this.#watch.note({ what: "seen", who: this.#watch.nodeId, conversation, upTo });
  }
}
