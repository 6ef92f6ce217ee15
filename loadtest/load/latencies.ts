import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

export type Summary = { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };

const hourUs = 3_600_000_000;

/** Node's own HDR histogram, three digits exact from a microsecond to an hour. */
export class Latencies {
  readonly #histogram: RecordableHistogram = createHistogram({ lowest: 1, highest: hourUs, figures: 3 });

  record(ms: number): void {
    this.#histogram.record(Math.min(hourUs, Math.max(1, Math.round(ms * 1000))));
  }

  recordAll(times: Iterable<number>): void {
    for (const ms of times) this.record(ms);
  }

  get count(): number {
    return this.#histogram.count;
  }

  /** Milliseconds. Zeros before anything was recorded. */
  summary(): Summary {
    if (this.count === 0) return { p50: 0, p95: 0, p99: 0, max: 0 };
    const at = (percent: number) => toMs(this.#histogram.percentile(percent));
    return { p50: at(50), p95: at(95), p99: at(99), max: toMs(this.#histogram.max) };
  }
}

const toMs = (us: number): number => Math.round(us / 10) / 100;
