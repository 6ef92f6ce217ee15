import type { Frame, Line } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { fold } from "../conversation/transcript.ts";
import type { ConversationLog } from "../ports/conversation-log.ts";

/** Someone who looks on over a bad wire: applies what follows, ignores what is known, fetches what is missing. */
export class Viewer {
  readonly side: Side;
  contiguous = 0;
  lines: readonly Line[] = [];

  constructor(side: Side) {
    this.side = side;
  }

  /** `false` when there is a hole before this frame, so that nothing of it is shown. */
  receive({ after, event }: Frame): boolean {
    if (event.seq <= this.contiguous) return true;
    if (after > this.contiguous) return false;
    this.lines = fold(this.lines, [event]);
    this.contiguous = event.seq;
    return true;
  }

  async fetch(log: ConversationLog, conversationId: string, limit: number): Promise<void> {
    for (let more = true; more;) {
      const part = await log.since(conversationId, this.side, this.contiguous, limit);
      for (const frame of part.frames) if (!this.receive(frame)) throw new Error("A fetch has a hole");
      ({ more } = part);
    }
  }
}
