import { Latencies } from "./latencies.ts";
import { messagesOf, type Pace } from "./rate-plan.ts";
import type { Word } from "./crew-talk.ts";

const showEveryMs = 500;
const showEveryMsInLogs = 5000;

export type Out = { readonly isTTY: boolean; write(text: string): unknown };

/** What has been measured so far, and a line that tells of it: rewritten on a terminal, now and then in a log. */
export class Progress {
  readonly deliver = new Latencies();
  readonly ack = new Latencies();
  readonly late = new Latencies();
  readonly #out: Out;
  #sent = 0;
  #shownAt = 0;
  #isLineOpen = false;

  constructor(out: Out = process.stderr) {
    this.#out = out;
  }

  say(line: string): void {
    this.#endLine();
    this.#out.write(`${line}\n`);
  }

  hear(word: Word, { pace, opened }: { pace: Pace; opened: number }): void {
    if (word.say === "opened")
      this.#show(`${opened} of ${pace.conversations} conversations`, opened === pace.conversations);
    if (word.say !== "heard") return;
    this.#sent += word.sent;
    this.deliver.recordAll(word.deliver);
    this.ack.recordAll(word.ack);
    this.late.recordAll(word.late);
    const delivered = this.deliver.count;
    const missing = this.#sent - delivered;
    const { p50, p99 } = this.deliver.summary();
    const line = `${this.#sent} of ${messagesOf(pace)} sent, ${delivered} delivered, ${missing} on their way, p50 ${p50} ms, p99 ${p99} ms`;
    this.#show(line, delivered === messagesOf(pace));
  }

  #show(line: string, isLast: boolean): void {
    const now = performance.now();
    const every = this.#out.isTTY ? showEveryMs : showEveryMsInLogs;
    if (!isLast && now - this.#shownAt < every) return;
    this.#shownAt = now;
    this.#out.write(this.#out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    this.#isLineOpen = this.#out.isTTY;
    if (isLast) this.#endLine();
  }

  #endLine(): void {
    if (this.#isLineOpen) this.#out.write("\n");
    this.#isLineOpen = false;
  }
}
