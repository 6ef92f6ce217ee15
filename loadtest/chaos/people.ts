import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HistoryWriter } from "../history/writer.ts";
import { Crew } from "./people/crew.ts";
import { notePauses } from "./pauses.ts";
import type { CrewOrder, CrewPlan } from "./people/orders.ts";

// A process with simulated people on the real client library. It is told what to do, and may be killed at any moment:
// what its devices keep is in files, and the next process of the crew goes on with them.

const plan = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as CrewPlan;
const file = join(plan.folder, `${plan.name}.jsonl`);
const { pressed, open, last } = before(file);
const history = new HistoryWriter(file);
for (const who of open) history.note({ what: "gone", who }, last);

// A page of a machine that has no time for it cannot say anything in time either.
notePauses(
  () => plan.name,
  (noted) => history.note(noted),
  { beatMs: 50, leastMs: 30 },
);

const crew = new Crew(plan, history, (word) => process.send?.(word));
process.on("message", (order: CrewOrder) => void crew.obey(order));
process.on("disconnect", () => process.exit(0)); // whoever started us is gone
await crew.begin(pressed);

/** What an earlier process of this crew had noted, and the pages it left open by being killed. */
function before(path: string): { pressed: Set<string>; open: Set<string>; last: number | undefined } {
  const [pressed, open] = [new Set<string>(), new Set<string>()];
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  let last: number | undefined;
  for (const line of lines) {
    last = Number(/^\{"t":([\d.]+)/.exec(line)?.[1] ?? last);
    const key = /"what":"invoke".*?"key":"([^"]+)"/.exec(line)?.[1];
    if (key) pressed.add(key);
    const [, what, who] = /"what":"(screen|gone)".*?"who":"([^"]+)"/.exec(line) ?? [];
    if (what === "screen" && who) open.add(who);
    else if (what === "gone" && who) open.delete(who);
  }
  return { pressed, open, last };
}
