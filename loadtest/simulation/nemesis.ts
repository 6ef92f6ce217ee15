import type { Device } from "./device.ts";
import type { Locator } from "./locator.ts";
import type { Page, Person } from "./page.ts";
import type { SimNode } from "./sim-node.ts";
import type { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";

/** What a nemesis can lay hands on. */
export interface Town {
  readonly world: SimWorld;
  readonly locator: Locator;
  readonly pages: readonly Page[];
  newNode(): void;
  newPage(person: Person, device: Device): Page;
  reload(page: Page): void;
}

const blows = {
  crash: 4,
  freeze: 5,
  drain: 2,
  "store down": 2,
  "redis empty": 2,
  "cut a wire": 3,
  "kill a wire": 2,
  reload: 3,
  "freeze a page": 1,
  offline: 2,
  "clock step": 1,
  hibernate: 2,
};

/** Something breaks, and mostly mends by itself after a while. */
export function strike(town: Town): void {
  const { dice, scheduler } = town.world;
  const blow = dice.weigh(blows);
  scheduler.note(() => `nemesis: ${blow}`);
  town.world.count(blow);
  striking[blow](town);
}

/** Between a question and its effect, or between that and its answer. */
export function strikeMidway(town: Town, process: SimProcess): void {
  const { weather, dice, scheduler } = town.world;
  if (!process.isRunning || !weather.happens(weather.midway)) return;
  const node = town.locator.nodes.find((one) => one.process === process);
  const isFrozen = dice.happens(0.7);
  scheduler.note(() => `nemesis midway: ${process.name} ${isFrozen ? "stands still" : "crashes"}`);
  town.world.count(isFrozen ? "freeze midway" : "crash midway");
  if (isFrozen) freezeNode(town, node);
  else crash(town, node);
}

const striking: Readonly<Record<keyof typeof blows, (town: Town) => void>> = {
  crash: (town) => crash(town, anyNode(town)),
  freeze: (town) => freezeNode(town, anyNode(town)),
  drain: (town) => void drain(town, anyNode(town)),
  "store down"({ world }) {
    world.isStoreDown = true;
    world.scheduler.later(
      undefined,
      "the store is back",
      world.dice.pick([100, 2500, 6000]),
      () => (world.isStoreDown = false),
    );
  },
  "redis empty": ({ locator }) => locator.forget(),
  "cut a wire": ({ pages, world }) => world.dice.pick(pages).cut(true),
  "kill a wire": ({ pages, world }) => world.dice.pick(pages).cut(false),
  reload: (town) => town.reload(town.world.dice.pick(town.pages)),
  "freeze a page"({ world, pages }) {
    const { process } = world.dice.pick(pages);
    process.freeze();
    world.scheduler.later(undefined, `${process.name} wakes`, pauseOf(world), () => process.thaw());
  },
  offline({ world, pages }) {
    const { network, process } = world.dice.pick(pages);
    if (!process.isRunning) return;
    network.say("offline");
    world.scheduler.later(process, "is online again", pauseOf(world), () => network.say("online"));
  },
  "clock step": (town) => {
    const node = anyNode(town);
    if (node) node.process.wallOffset += town.world.dice.roll(120_000) - 60_000;
  },
  hibernate,
};

/** Everybody looks away, the empty rooms are given up, and everybody comes back. */
function hibernate({ pages, world, locator }: Town): void {
  const { scheduler, dice } = world;
  for (const { network, process } of pages) {
    if (!process.isRunning) continue;
    network.say("asleep");
    scheduler.later(process, "is awake again", dice.roll(3000), () => network.say("awake"));
  }
  scheduler.later(undefined, "empty rooms hibernate", dice.roll(1500), () => {
    for (const { rooms, process } of locator.nodes)
      for (const room of process.isRunning ? rooms.values() : [])
        if (room.present.size === 0 && room.actor.isIdle) void room.end();
  });
}

const pauseOf = ({ dice }: SimWorld): number => dice.pick([300, 1500, 3500, 10_000]) + dice.roll(500);

function anyNode({ locator, world }: Town): SimNode | undefined {
  const living = locator.nodes.filter(({ process }) => process.isAlive);
  return living.length > 0 ? world.dice.pick(living) : undefined;
}

/** Another process takes its place, soon or late. */
function crash(town: Town, node: SimNode | undefined): void {
  if (!node) return;
  node.crash();
  const { scheduler, dice } = town.world;
  scheduler.later(undefined, "a new node starts", dice.roll(3000), () => town.newNode());
}

function freezeNode(town: Town, node: SimNode | undefined): void {
  if (!node || node.process.isFrozen) return;
  const { scheduler } = town.world;
  node.process.freeze();
  scheduler.later(undefined, `${node.process.name} wakes`, pauseOf(town.world), () => node.process.thaw());
}

/** As `rooms/drain.ts`: no new seats, what was begun is answered, everybody is told, and the process ends. */
async function drain(town: Town, node: SimNode | undefined): Promise<void> {
  if (!node || node.isDraining || !node.process.isRunning) return;
  node.isDraining = true;
  town.newNode();
  const rooms = [...node.rooms.values()];
  await Promise.all(rooms.map((room) => room.actor.retire()));
  for (const room of rooms) {
    room.sayMoved(town.world.dice.roll(2000));
    room.closeAll("draining");
  }
  town.world.scheduler.later(node.process, "exits", 2000, () => node.crash());
}
