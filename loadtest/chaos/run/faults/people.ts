import { setTimeout as delay } from "node:timers/promises";
import { monotonicMs } from "../../../history/lines.ts";
import type { CrewOrder } from "../../people/orders.ts";
import type { CrewProcess } from "../crews.ts";
import type { Fault, World } from "../world.ts";

const doneWithinMs = 120_000;

function someDevice({ crews, dice }: World): { crew: CrewProcess; device: string } {
  const crew = dice.pick(crews);
  return { crew, device: dice.pick(crew.plan.devices).name };
}

/** By the page alone, or together with its whole process, which is killed. */
const reload: Fault = {
  injection: "reload",
  touches: "people",
  async inflict(world) {
    const { crew, device } = someDevice(world);
    const from = monotonicMs();
    const isKilled = world.dice.happens(0.3);
    if (isKilled) {
      await crew.child.kill();
      await delay(world.dice.roll(1000));
      await crew.start();
    } else await crew.ask({ does: "reload", device }, doneWithinMs);
    const targets = isKilled ? crew.plan.devices.map(({ name }) => name) : [device];
    world.did({ injection: "reload", targets, from, until: monotonicMs(), detail: isKilled ? "killed" : "reloaded" });
  },
};

const onDevice = (
  injection: Fault["injection"],
  order: (device: string, world: World) => CrewOrder,
  detail?: (world: World) => string,
): Fault => ({
  injection,
  touches: "people",
  async inflict(world) {
    const { crew, device } = someDevice(world);
    const from = monotonicMs();
    await crew.ask(order(device, world), doneWithinMs);
    const said = detail?.(world);
    world.did({ injection, targets: [device], from, until: monotonicMs(), ...(said && { detail: said }) });
  },
});

const secondTab = onDevice("secondTab", (device) => ({ does: "second tab", device }));

/** A minute and fifty messages, or as much of it as there is time for. */
const share = ({ seconds }: World) => Math.min(1, seconds / 300);
const offline = onDevice(
  "offline",
  (device, world) => ({
    ...{ does: "offline", device, ms: 60_000 * share(world) },
    messages: Math.round(50 * share(world)),
  }),
  (world) => `${Math.round(60 * share(world))} s, ${Math.round(50 * share(world))} messages`,
);

const everybodyReconnects: Fault = {
  injection: "everybodyReconnects",
  touches: "people",
  async inflict(world) {
    const from = monotonicMs();
    await Promise.all(world.crews.map((crew) => crew.ask({ does: "reconnect" }, doneWithinMs)));
    world.did({ injection: "everybodyReconnects", targets: [], from, until: from });
  },
};

export const peopleFaults: readonly Fault[] = [reload, secondTab, offline, everybodyReconnects];
