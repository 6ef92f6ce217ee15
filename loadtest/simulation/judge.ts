import type { KeptConversation } from "#core/memory/memory-desk.ts";
import { Findings } from "./findings.ts";
import { JudgeOfLog } from "./judge-of-log.ts";
import { JudgeOfScreens } from "./judge-of-screens.ts";
import { JudgeOfSpeech } from "./judge-of-speech.ts";
import type { Scheduler } from "./scheduler.ts";

/** Holds a run against the invariants of delivery: while it goes on, and when everything has come to rest. */
export class Judge {
  readonly findings: Findings;
  readonly log: JudgeOfLog;
  readonly spoke: JudgeOfSpeech;
  readonly screens: JudgeOfScreens;

  /** @param kept the truth: what the store holds now */
  constructor(scheduler: Scheduler, kept: () => KeptConversation) {
    this.findings = new Findings(scheduler);
    this.log = new JudgeOfLog(this.findings, kept, () => scheduler.now);
    this.spoke = new JudgeOfSpeech(this.findings, kept, this.log, () => scheduler.now);
    this.screens = new JudgeOfScreens(this.findings, kept);
  }

  /** Whatever is no outage is a bug. */
  fault(error: unknown): void {
    this.findings.add("fault", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
