import type { HistoryWriter } from "../../history/writer.ts";
import { Dice } from "../dice.ts";
import { Device } from "./device.ts";
import type { CrewOrder, CrewPlan, CrewWord, Heads } from "./orders.ts";
import { until, type Page } from "./page.ts";
import { Talk } from "./talk.ts";

/** The people of one process, and what they are told to do. */
export class Crew {
  readonly #plan: CrewPlan;
  readonly #devices: readonly Device[];
  readonly #dice: Dice;
  readonly #talk: Talk;
  readonly #say: (word: CrewWord) => void;

  constructor(plan: CrewPlan, history: HistoryWriter, say: (word: CrewWord) => void) {
    this.#plan = plan;
    this.#say = say;
    this.#dice = new Dice(plan.seed);
    const chance = new Dice(plan.seed + 1).chance;
    this.#devices = plan.devices.map((device) => new Device(device, plan, history, chance));
    this.#talk = new Talk(this.#devices, this.#dice);
  }

  /** @param noted keys of what an earlier process of this crew wrote down as pressed */
  async begin(noted: ReadonlySet<string>): Promise<void> {
    for (const device of this.#devices) await device.noteForgotten(noted);
    await Promise.all(this.#devices.map((device) => device.openPage().opened));
    if (this.#plan.side === "customer") await this.#haveConversations();
    const conversations = this.#devices.flatMap(({ state }) => state.conversation ?? []);
    this.#say({ says: "ready", conversations });
  }

  async obey(order: CrewOrder): Promise<void> {
    switch (order.does) {
      case "look":
        return this.#look(order.conversations);
      case "talk":
        return this.#talk.begin(order.perSecond);
      case "hush":
        return this.#talk.hush();
      case "reload":
        return this.#reload(this.#device(order.device));
      case "second tab":
        return this.#secondTab(this.#device(order.device));
      case "offline":
        return this.#offline(this.#device(order.device), order.ms, order.messages);
      case "reconnect":
        return this.#reconnect();
      case "empty":
        return this.#empty(order.withinMs);
      case "catch up":
        return this.#catchUp(order.heads, order.withinMs);
    }
  }

  #device(name: string): Device {
    const device = this.#devices.find(({ plan }) => plan.name === name);
    if (!device) throw new Error(`${this.#plan.name} has no ${name}`);
    return device;
  }

  async #haveConversations(): Promise<void> {
    for (const device of this.#devices) {
      const chat = device.pages[0]?.chats[0];
      if (!device.state.conversation && chat) await this.#talk.say(device, chat);
    }
    await until(() => this.#devices.every(({ state }) => state.conversation !== undefined));
  }

  #look(conversations: readonly string[]): void {
    for (const device of this.#devices) {
      device.conversations = conversations;
      for (const page of device.pages) page.look(conversations);
    }
  }

  /** A message is pressed and kept, and the page is gone before anybody answers. */
  async #reload(device: Device): Promise<void> {
    const page = device.pages[0];
    if (!page) return;
    const chat = page.chats.length > 0 ? this.#dice.pick(page.chats) : undefined;
    if (chat) await this.#talk.say(device, chat);
    device.closePage(page);
    await device.openPage(page.notes.who).opened;
    this.#say({ says: "done", does: "reload", device: device.plan.name });
  }

  /** Two tabs over one outbox; the older one goes, and what it had not sent is the other's to send. */
  async #secondTab(device: Device): Promise<void> {
    const [first] = device.pages;
    await device.openPage().opened;
    if (first && device.pages.length > 2) device.closePage(first);
    this.#say({ says: "done", does: "second tab", device: device.plan.name });
  }

  async #offline(device: Device, ms: number, messages: number): Promise<void> {
    device.network.say("offline");
    const began = performance.now();
    for (let n = 0; n < messages; n += 1) {
      const chats = device.pages.flatMap((page) => page.chats);
      if (chats.length > 0) await this.#talk.say(device, this.#dice.pick(chats));
      await until(() => performance.now() - began > (ms * (n + 1)) / (messages + 1));
    }
    await until(() => performance.now() - began > ms);
    device.network.say("online");
    this.#say({ says: "done", does: "offline", device: device.plan.name });
  }

  #reconnect(): void {
    for (const { network } of this.#devices) {
      network.say("asleep");
      network.say("awake");
    }
    this.#say({ says: "done", does: "reconnect" });
  }

  async #empty(withinMs: number): Promise<void> {
    const full = async () => {
      const rows = await Promise.all(this.#devices.map((device) => device.outbox.rows()));
      return this.#devices.filter((_, at) => rows[at]?.some(({ parked }) => parked === null));
    };
    const isDone = await until(async () => (await full()).length === 0, withinMs);
    const who = isDone ? [] : (await full()).map(({ plan }) => plan.name);
    this.#say(isDone ? { says: "done", does: "empty" } : { says: "late", does: "empty", who });
  }

  /** Those who were there to the end see everything, and so does a page that is opened anew. */
  async #catchUp(heads: Heads, withinMs: number): Promise<void> {
    for (const device of this.#devices) void device.openPage(`${device.plan.name}/last`).opened;
    const behind = () =>
      this.#devices.flatMap((device) =>
        device.pages.filter((page) => !isThere(page, heads, this.#plan.side, device)).map(({ notes }) => notes.who),
      );
    const isDone = await until(() => behind().length === 0, withinMs);
    const who = behind();
    for (const device of this.#devices) await noteRest(device);
    this.#say(isDone ? { says: "done", does: "catch up" } : { says: "late", does: "catch up", who });
  }
}

function isThere(page: Page, heads: Heads, side: "customer" | "staff", device: Device): boolean {
  const wanted = side === "staff" ? device.conversations : [device.state.conversation ?? ""];
  return wanted.every((id) => {
    const chat = page.chats.find(({ conversationId }) => conversationId === id);
    if (!chat || chat.connection === "connecting" || chat.connection === "reconnecting") return false;
    return chat.completeUpTo >= (heads[id]?.[side] ?? Infinity);
  });
}

async function noteRest(device: Device): Promise<void> {
  const rows = (await device.outbox.rows()).map(({ conversation, command, parked }) => ({
    ...{ conversation, key: command.clientId, parked },
  }));
  device.pages[0]?.notes.note({ what: "rest", outbox: device.plan.name, rows });
}
