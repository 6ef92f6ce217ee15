import type { Answered, Said, Witness } from "#rooms/witness.ts";
import type { Watch } from "./watched-log.ts";

/** Writes down what the rooms say, just before they say it. */
export class NotingWitness implements Witness {
  readonly #watch: Watch;
  #lastToStaff = "";

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  telling({ conversationId: conversation, epoch, side, events, listeners }: Said): void {
    const { note, nodeId: who, crash } = this.#watch;
    const told = events.map(({ seq, id, clientId: key }) => ({ seq, id, key }));
    note({ what: "tell", who, conversation, epoch, side, events: told, sessions: listeners });
    const ids = told.map(({ id }) => id).join();
    if (side === "staff") this.#lastToStaff = ids;
    else if (ids === this.#lastToStaff) crash.reached("mid_broadcast"); // staff have it, the customer has not
  }

  answering({ conversationId: conversation, epoch, by, clientId: key, answer }: Answered): void {
    const { note, nodeId: who, crash } = this.#watch;
    const outcome = answer.ok ? { seq: answer.seq } : { code: answer.code };
    note({ what: "answer", who, conversation, epoch, by: { side: by.side, id: by.id }, key, ...outcome });
    if (answer.ok) crash.reached("after_broadcast_before_ack");
  }

  disposed(conversation: string): void {
    const { note, nodeId: who } = this.#watch;
    note({ what: "dispose", who, conversation });
  }
}
