import { setTimeout as delay } from "node:timers/promises";
import type { HistoryWriter } from "../../history/writer.ts";
import type { CrewOrder } from "../people/orders.ts";
import type { World } from "./world.ts";

const healedWithinMs = 60_000;
const emptyWithinMs = 90_000;

/** Mends everything, and waits until everybody has everything. What did not come about is said, one sentence each. */
export async function healAndWait(world: World, history: HistoryWriter): Promise<string[]> {
  for (const crew of world.crews) crew.tell({ does: "hush" });
  await heal(world);
  const phase = (name: "healed" | "drained" | "fetched") =>
    history.note({ what: "phase", who: "nemesis", phase: name });
  phase("healed");
  world.say("healed; waiting until every outbox is empty");
  const full = await askAll(world, { does: "empty", withinMs: emptyWithinMs }, "still has something to send");
  if (full.length === 0) phase("drained");
  const heads = await world.admin.heads();
  world.say("everybody looks once more");
  const behind = await askAll(world, { does: "catch up", heads, withinMs: healedWithinMs }, "did not get everything");
  if (behind.length === 0) phase("fetched");
  return [...full, ...behind];
}

async function heal({ proxies, desk, nodes, crews, clock, disk, isEmbedded }: World): Promise<void> {
  for (const proxy of proxies) proxy.heal();
  clock.step(0);
  disk.free();
  if (!isEmbedded && !desk.postgres.isRunning) await desk.postgres.start();
  for (const node of nodes) node.node.thaw();
  await Promise.all(nodes.filter((node) => !node.isRunning).map((node) => node.start()));
  await Promise.all(crews.filter(({ child }) => !child.isRunning).map((crew) => crew.start()));
  const late = performance.now() + healedWithinMs;
  for (;;) {
    const ready = await Promise.all(nodes.map((node) => node.isReady()));
    if (ready.every(Boolean)) return;
    if (performance.now() > late) throw new Error(`Of the nodes only ${ready.filter(Boolean).length} came back.`);
    await delay(100);
  }
}

async function askAll({ crews }: World, order: CrewOrder & { withinMs: number }, what: string): Promise<string[]> {
  const answers = await Promise.all(crews.map((crew) => crew.ask(order, order.withinMs + 10_000)));
  return answers.flatMap((answer) => (answer.says === "late" ? answer.who.map((name) => `${name} ${what}.`) : []));
}
