import { memoryCustomers } from "#core/memory/customers.ts";
import { addOrganisation } from "#core/memory/memory-desk.ts";
import type { StaffRole } from "#protocol/people.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import { act } from "./acts.ts";
import { Device } from "./device.ts";
import type { Finding } from "./findings.ts";
import { Locator } from "./locator.ts";
import { strike, strikeMidway, type Town } from "./nemesis.ts";
import { Page, type Person } from "./page.ts";
import { SimNode } from "./sim-node.ts";
import { SimWorld, type Mutant } from "./sim-world.ts";

export type Outcome = {
  readonly seed: number;
  /** The same seed gives the same one. */
  readonly hash: number;
  readonly steps: number;
  readonly events: number;
  readonly acks: number;
  readonly claims: number;
  /** What was done to it, and how often. */
  readonly happened: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
};

export type Options = { readonly mutant?: Mutant; readonly tell?: (line: string) => void };

/** Enough for every pause, back-off and lease to end. */
const restWithinMs = 120_000;

/** One short history: people act, things break, everything is healed, and the judge speaks. */
export async function simulate(seed: number, { mutant = {}, tell }: Options = {}): Promise<Outcome> {
  const simulation = new Simulation(seed, mutant);
  const { scheduler } = simulation.world;
  scheduler.tellStep = tell;
  return simulation.run(seed);
}

class Simulation implements Town {
  readonly world: SimWorld;
  readonly locator: Locator;
  readonly pages: Page[] = [];
  readonly #devices: Device[] = [];
  #nodesMade = 0;
  #pagesMade = 0;
  #lookedAt = 0;

  constructor(seed: number, mutant: Mutant) {
    this.world = new SimWorld(seed, mutant);
    const { scheduler, dice, weather } = this.world;
    this.locator = new Locator(scheduler, dice, () => (weather.isBad ? weather.stray : 0));
  }

  async run(seed: number): Promise<Outcome> {
    const { scheduler, judge, weather } = this.world;
    await this.#begin();
    this.#plan();
    scheduler.afterEach = () => this.#look();
    this.world.midway = (process) => strikeMidway(this, process);
    await scheduler.until(() => scheduler.now >= weather.spanMs, weather.spanMs);
    this.#heal();
    const isDone = await scheduler.until(() => this.#isAtRest(), scheduler.now + restWithinMs);
    if (!isDone) judge.findings.add("I22", `no rest within ${restWithinMs} ms: ${this.#unrest()}`);
    judge.log.conclude(this.#devices.map(({ table }) => table));
    for (const page of this.pages) judge.screens.conclude(page.screen);
    const { events } = this.world.kept;
    const { hash, steps } = scheduler;
    const { acks, claims } = judge.log;
    const { all: findings } = judge.findings;
    const { happened } = this.world;
    return { seed, hash, steps, events: events.length, acks, claims: claims.length, happened, findings };
  }

  newNode(): void {
    this.locator.nodes.push(new SimNode(`node-${++this.#nodesMade}`, this.world));
  }

  newPage(person: Person, device: Device): Page {
    const name = `${person.name}-${++this.#pagesMade}`;
    const page = new Page(name, person, device, this.world, this.locator);
    this.pages.push(page);
    return page;
  }

  reload(page: Page): void {
    page.process.kill();
    this.pages.splice(this.pages.indexOf(page), 1);
    this.newPage(page.person, page.device);
  }

  async #begin(): Promise<void> {
    const { world } = this;
    const { desk } = world.memory;
    const { orgId, inboxId } = addOrganisation(desk, "Shop", { name: "Web" });
    const inbox = desk.inboxes.get(inboxId);
    if (!inbox) throw new Error("There is no inbox");
    const customers = memoryCustomers(desk);
    const hint = { device: "", language: "" };
    const session = await customers.startAnonymous({ sessionId: "ana", inbox, deviceId: "ana", name: "Ana", hint });
    const opened = await customers.openConversation(session, { clientId: world.newId(), at: 1 }, "");
    world.conversationId = opened.conversationId;
    for (let node = 0; node < world.weather.nodes; node++) this.newNode();
    this.#arrive(customerOf(world.kept.customerAuthor, orgId), world.weather.tabs);
    this.#arrive(colleague("Ben", "agent", world.newId(), orgId), 1);
    if (world.dice.happens(0.5)) this.#arrive(colleague("Ada", "admin", world.newId(), orgId), 1);
  }

  #arrive(person: Person, tabs: number): void {
    const device = new Device(person.viewer.person.id, this.world);
    this.#devices.push(device);
    for (let tab = 0; tab < tabs; tab++) this.newPage(person, device);
  }

  #plan(): void {
    const { scheduler, dice, weather } = this.world;
    for (let n = 0; n < weather.actions; n++)
      scheduler.later(undefined, "somebody acts", dice.roll(weather.spanMs), () =>
        act(dice.pick(this.pages), this.world),
      );
    for (let n = 0; n < weather.nemeses; n++)
      scheduler.later(undefined, "something breaks", dice.roll(weather.spanMs), () => strike(this));
  }

  #heal(): void {
    const { world, locator, pages } = this;
    world.scheduler.note(() => "everything is healed");
    world.weather.isBad = false;
    world.isStoreDown = false;
    for (const { process } of locator.nodes) process.thaw();
    for (const page of pages) {
      page.process.thaw();
      page.network.say("online");
    }
    if (!locator.nodes.some(({ mayOpen }) => mayOpen)) this.newNode();
  }

  #look(): void {
    const { judge, scheduler } = this.world;
    const isLater = scheduler.now > this.#lookedAt;
    this.#lookedAt = scheduler.now;
    for (const page of this.pages) {
      if (!page.process.isRunning) continue;
      if (isLater) judge.screens.listen(page.silence);
      if (!page.isChanged) continue;
      page.isChanged = false;
      page.watch();
      judge.screens.look(page.screen);
    }
  }

  #isAtRest(): boolean {
    const { scheduler, judge } = this.world;
    const { screens } = judge;
    if (!scheduler.isQuiet) return false;
    return this.pages.every((page) => page.isAtRest && screens.isComplete(page.screen));
  }

  #unrest(): string {
    const restless = this.pages.filter((page) => !page.isAtRest || !this.world.judge.screens.isComplete(page.screen));
    return restless.map(({ process, session }) => `${process.name} is ${session.connection}`).join(", ");
  }
}

const customerOf = (id: string, orgId: string): Person => ({
  name: "Ana",
  self: { side: "customer", name: "Ana" },
  viewer: viewer({ side: "customer", id, name: "Ana" }, orgId),
});

const colleague = (name: string, role: StaffRole, id: string, orgId: string): Person => ({
  name,
  self: { side: "staff", id, name },
  viewer: viewer({ side: "staff", id, name, role }, orgId),
});

const viewer = (person: Viewer["person"], orgId: string): Viewer => ({
  person,
  orgId,
  sessionId: person.id,
  userAgent: "",
  origin: undefined,
  ip: "",
});
