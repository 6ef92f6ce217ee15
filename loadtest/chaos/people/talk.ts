import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { MessageView } from "#client-sdk/view-line.ts";
import type { Dice } from "../dice.ts";
import type { Device } from "./device.ts";

const customersDo = { say: 80, note: 0, edit: 6, delete: 2, read: 8, type: 4, older: 0, turn: 0 } as const;
const staffDo = { say: 62, note: 14, edit: 6, delete: 3, read: 9, type: 4, older: 1, turn: 1 } as const;

/** People who write, change their minds and read, at a pace that the dice decide. */
export class Talk {
  readonly #devices: readonly Device[];
  readonly #dice: Dice;
  #round = 0;

  constructor(devices: readonly Device[], dice: Dice) {
    this.#devices = devices;
    this.#dice = dice;
  }

  async begin(perSecond: number): Promise<void> {
    const round = (this.#round += 1);
    for (;;) {
      await delay((-Math.log(1 - this.#dice.chance()) * 1000) / perSecond);
      if (round !== this.#round) return;
      const device = this.#dice.pick(this.#devices);
      const chats = device.pages.flatMap((page) => page.chats);
      if (chats.length > 0) await this.#act(device, this.#dice.pick(chats));
    }
  }

  hush(): void {
    this.#round += 1;
  }

  say(device: Device, chat: ConversationSession): Promise<unknown> {
    return chat.sendMessage(this.#text(device));
  }

  async #act(device: Device, chat: ConversationSession): Promise<void> {
    const what = this.#dice.weigh(device.plan.account ? staffDo : customersDo);
    if (what === "say") await this.say(device, chat);
    else if (what === "note") await chat.postNote(this.#text(device));
    else if (what === "read") chat.markRead();
    else if (what === "type") chat.sendTypingIndicator();
    else if (what === "older") void chat.loadOlder();
    else if (what === "turn") void this.#turn(chat);
    else await this.#change(what, device, chat);
  }

  async #change(what: "edit" | "delete", device: Device, chat: ConversationSession): Promise<void> {
    const own = chat.messages.slice(-20).filter((line) => isChangeable(line as MessageView));
    if (own.length === 0) return;
    const { key } = this.#dice.pick(own);
    await (what === "edit" ? chat.editMessage(key, this.#text(device)) : chat.deleteMessage(key));
  }

  /** Somebody writes to a conversation that is being closed: what is refused stays on the device. */
  async #turn(chat: ConversationSession): Promise<void> {
    if (this.#dice.happens(0.7)) return void (await chat.join());
    await chat.close();
    await chat.reopen();
  }

  /** No two are the same, so that what stands in the log can be told apart. */
  #text(device: Device): string {
    const words = this.#dice.pick(["hello", "Grüße 🌊", "one more thing", "مرحبا", "**please** look", "x".repeat(300)]);
    return `${device.plan.name}: ${words} ${randomUUID()}`;
  }
}

const isChangeable = (line: MessageView): boolean =>
  "state" in line && line.own && line.id !== "" && line.body !== null && line.state !== "failed";
