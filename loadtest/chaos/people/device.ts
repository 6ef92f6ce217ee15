import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceMemory, Remembered } from "#client-sdk/device-memory.ts";
import type { World } from "#client-sdk/world.ts";
import type { HistoryWriter } from "../../history/writer.ts";
import { Notes } from "./notes.ts";
import type { CrewPlan, DevicePlan } from "./orders.ts";
import { OwnNetwork } from "./own-network.ts";
import { newPage, type Page } from "./page.ts";
import { noteInvoke, SharedOutbox } from "./shared-outbox.ts";

type State = { readonly person: string; readonly conversation?: string; readonly remembered?: Remembered };

/** What one person has in their hands: it keeps its files over reloads and over `kill -9`, its pages come and go. */
export class Device {
  readonly plan: DevicePlan;
  readonly desk: string;
  readonly inboxKey: string;
  readonly outbox: SharedOutbox;
  readonly network = new OwnNetwork();
  readonly world: World;
  readonly fetch = this.network.guard((...asked) => fetch(...asked));
  readonly pages: Page[] = [];
  readonly memory: DeviceMemory;
  conversations: readonly string[] = [];
  state: State = { person: "" };
  readonly #stateFile: string;
  readonly #history: HistoryWriter;
  #tabs = 0;

  constructor(plan: DevicePlan, crew: CrewPlan, history: HistoryWriter, chance: () => number) {
    this.plan = plan;
    this.desk = crew.desk;
    this.inboxKey = crew.inboxKey;
    this.world = this.network.world(chance);
    this.#history = history;
    this.#stateFile = join(crew.folder, `${plan.name}.json`);
    this.outbox = new SharedOutbox(join(crew.folder, `${plan.name}.outbox`));
    if (existsSync(this.#stateFile)) this.state = JSON.parse(readFileSync(this.#stateFile, "utf8")) as State;
    this.memory = {
      isBlocked: false,
      recall: () => this.state.remembered,
      remember: (remembered) => this.remember({ remembered }),
      forget: () => this.remember({ remembered: undefined }),
    };
  }

  remember(news: { [K in keyof State]?: State[K] | undefined }): void {
    const state = { ...this.state, ...news } as State;
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    writeFileSync(`${this.#stateFile}.draft`, JSON.stringify(state));
    renameSync(`${this.#stateFile}.draft`, this.#stateFile);
  }

  /** A page under a name of its own; a reload goes on under the name it had. */
  openPage(name = `${this.plan.name}/${(this.#tabs += 1)}`): { page: Page; opened: Promise<void> } {
    const page = newPage(this, new Notes(name, this.#history));
    this.pages.push(page);
    return { page, opened: page.open() };
  }

  closePage(page: Page): void {
    this.pages.splice(this.pages.indexOf(page), 1);
    page.close();
  }

  /** What an earlier process wrote to the outbox and did not live to note: a press counts from the disk on. */
  async noteForgotten(noted: ReadonlySet<string>): Promise<void> {
    const notes = new Notes(`${this.plan.name}/1`, this.#history);
    for (const row of await this.outbox.keptRows()) if (!noted.has(row.command.clientId)) noteInvoke(notes, row);
  }
}
