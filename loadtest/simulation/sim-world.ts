import { memoryConversationLog, type MemoryConversationLog } from "#core/memory/conversation-log.ts";
import { countedIds, memoryDesk, type KeptConversation } from "#core/memory/memory-desk.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { OutboxTable } from "#client-sdk/outbox-table.ts";
import type { Audience } from "#rooms/conversation/actor-world.ts";
import type { NodeHeart } from "#rooms/node/node-heart.ts";
import { Dice } from "./dice.ts";
import { Judge } from "./judge.ts";
import { Scheduler } from "./scheduler.ts";
import type { SimProcess } from "./sim-process.ts";
import { Weather } from "./weather.ts";

export type Heart = Pick<NodeHeart, "start" | "stop" | "watch" | "forget" | "pauses" | "sure" | "isSure">;

/** What tests bend in the product to prove that the judge sees it. */
export type Mutant = {
  /** The store itself. */
  readonly store?: (log: MemoryConversationLog) => ConversationLog;
  /** The log as one room knows it. */
  readonly roomLog?: (log: ConversationLog, audience: Audience) => ConversationLog;
  readonly heart?: (heart: Heart) => Heart;
  /** A command leaves the device. */
  readonly onSend?: (outbox: OutboxTable, clientId: string) => void;
};

/** What everything in one simulation shares. */
export class SimWorld {
  readonly dice: Dice;
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly judge: Judge;
  readonly mutant: Mutant;
  readonly newId = countedIds();
  readonly memory: MemoryConversationLog;
  readonly store: ConversationLog;
  /** How often what was done to it. */
  readonly happened = new Map<string, number>();
  conversationId = "";
  /** A node is between two steps of a question to the store. */
  midway: (process: SimProcess) => void = () => undefined;
  /** Nobody reaches the store. */
  isStoreDown = false;

  constructor(seed: number, mutant: Mutant) {
    this.dice = new Dice(seed);
    this.scheduler = new Scheduler(this.dice);
    this.weather = new Weather(this.dice);
    this.mutant = mutant;
    this.memory = memoryConversationLog(memoryDesk({ now: () => this.scheduler.now, newId: this.newId }));
    this.store = mutant.store?.(this.memory) ?? this.memory;
    this.judge = new Judge(this.scheduler, () => this.kept);
  }

  count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }

  /** The conversation as it is kept: the truth that everything is judged by. */
  get kept(): KeptConversation {
    const kept = this.memory.desk.conversations.get(this.conversationId);
    if (!kept) throw new Error("The conversation is not opened yet");
    return kept;
  }
}
