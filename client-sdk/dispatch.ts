import type { Ack, ConversationCommand } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import { Alarms } from "./alarms.ts";
import { Courier, type Answered, type CourierParts } from "./courier.ts";
import { Drain } from "./drain.ts";
import type { Tabs } from "./leader-tab.ts";
import type { Outbox } from "./outbox.ts";
import type { Pending } from "./pending-rows.ts";
import { Postbox, saved } from "./postbox.ts";
import type { Cancel, World } from "./world.ts";

/** An open conversation of this tab: it shows what is pending, and has a link of its own. */
export type Attached = {
  readonly changed: () => void;
  /** `undefined`: not over this link. `wait`: it will be there in a moment. */
  readonly send: (command: ConversationCommand) => Answered | "wait" | undefined;
  /** The desk has taken something over HTTP. */
  readonly reached?: () => void;
};

export type DispatchParts = Pick<CourierParts, "open"> & {
  readonly outbox: Outbox;
  readonly tabs: Tabs;
  readonly world: World;
  /** Over HTTP: for conversations that are not open in this tab, or whose link does not come about. */
  readonly post: (conversation: string, command: ConversationCommand) => Answered;
  readonly opened: (key: string, conversationId: string) => void;
  /** Another tab has signed out. */
  readonly signedOut: () => void;
};

const lateAfterMs = 3000;

/** The way from pressing Send to the desk, for all conversations of one person: kept, then sent until it is answered. */
export class Dispatch {
  readonly #parts: DispatchParts;
  readonly #postbox: Postbox;
  readonly #drain: Drain;
  readonly #attached = new Map<string, Attached>();
  readonly #outcomes = new Map<string, (outcome: Ack | Refusal) => void>();
  readonly #watched = new Set<string>();
  readonly #alarms: Alarms;
  #leads = false;
  #isOver = false;

  constructor(parts: DispatchParts) {
    this.#parts = parts;
    this.#alarms = new Alarms(parts.world.clock);
    this.#postbox = new Postbox(parts.outbox, parts.tabs, {
      changed: (conversation) => this.#attached.get(conversation)?.changed(),
      filled: (conversation) => {
        this.#watch(conversation);
        this.#begin(conversation);
      },
      acked: (clientId, ack) => this.#acked(clientId, ack),
      refused: (clientId, code) => this.#answered(clientId, refuse(code)),
      opened: (key, conversationId) => this.#moved(key, conversationId),
      signedOut: parts.signedOut,
    });
    const courier = new Courier(this.#courierParts());
    this.#drain = new Drain(
      {
        hasNext: (conversation) => this.#postbox.pending.next(conversation) !== undefined,
        attempt: (conversation) => courier.attempt(conversation),
      },
      parts.world,
    );
  }

  async start(): Promise<void> {
    await this.#postbox.open(this.#parts.world.clock);
    for (const conversation of this.conversations)
      for (const { row } of this.of(conversation)) this.#insist(row.command.clientId);
    this.#postbox.lead(() => {
      this.#leads = true;
      for (const conversation of this.conversations) this.#begin(conversation);
    });
  }

  /** Those with something unsent; also such that do not exist yet. */
  get conversations(): readonly string[] {
    return this.#postbox.pending.conversations;
  }

  get isVolatile(): boolean {
    return this.#postbox.isVolatile;
  }

  get expired(): number {
    return this.#postbox.expired;
  }

  of(conversation: string): readonly Pending[] {
    return this.#postbox.pending.of(conversation);
  }

  /** Resolves when it is kept on the device; `outcome` when the desk has answered for good. */
  async add(conversation: string, command: ConversationCommand): Promise<{ readonly outcome: Promise<Ack | Refusal> }> {
    const outcome = new Promise<Ack | Refusal>((settle) => this.#outcomes.set(command.clientId, settle));
    await this.#postbox.keep({ conversation, command, at: this.#parts.world.clock.now() });
    this.#watch(conversation);
    this.#insist(command.clientId);
    this.#begin(conversation);
    return { outcome };
  }

  /** Its event has come, which proves that it is committed. */
  seen(clientId: string, ack: Ack): void {
    const known = this.#postbox.pending.find(clientId);
    if (!known) return this.#postbox.pending.settle(clientId);
    this.#answered(clientId, ack);
    if (known.ack) this.#postbox.pending.settle(clientId);
    else void this.#postbox.remove(clientId);
    this.hurry(known.row.conversation);
  }

  async retry(clientId: string): Promise<void> {
    const known = this.#postbox.pending.find(clientId);
    if (!known?.row.parked) return;
    await this.#postbox.requeue(clientId);
    this.#sayLate(clientId, lateAfterMs);
    this.#insist(clientId);
    this.hurry(known.row.conversation);
  }

  async discard(clientId: string): Promise<void> {
    if (this.#postbox.pending.find(clientId)?.row.parked) await this.#postbox.remove(clientId);
  }

  attach(conversation: string, attached: Attached): Cancel {
    this.#attached.set(conversation, attached);
    return () => {
      for (const [where, one] of this.#attached) if (one === attached) this.#detach(where);
    };
  }

  /** There is a way again. */
  hurry(conversation: string): void {
    if (this.#leads && !this.#isOver) this.#drain.hurry(conversation);
  }

  /** Signing out: nothing is left on the device, and the other tabs are told to forget it. */
  async destroy(): Promise<void> {
    this.#stop();
    await this.#postbox.destroy();
  }

  close(): void {
    this.#stop();
    this.#postbox.close();
  }

  #courierParts(): CourierParts {
    const { open } = this.#parts;
    return {
      pending: this.#postbox.pending,
      open,
      send: (conversation, command) =>
        this.#attached.get(conversation)?.send(command) ?? this.#post(conversation, command),
      acked: (clientId, ack) => {
        const conversation = this.#postbox.pending.find(clientId)?.row.conversation ?? "";
        this.#postbox.acked(clientId, ack, this.#attached.has(conversation));
        this.#answered(clientId, ack);
      },
      refused: (clientId, code) => {
        this.#postbox.refused(clientId, code);
        this.#answered(clientId, refuse(code));
      },
      opened: async (key, conversationId) => {
        await this.#postbox.opened(key, conversationId);
        this.#moved(key, conversationId);
      },
    };
  }

  async #post(conversation: string, command: ConversationCommand): Answered {
    const answer = await this.#parts.post(conversation, command);
    if (answer?.ok) for (const { reached } of this.#attached.values()) reached?.();
    return answer;
  }

  #begin(conversation: string): void {
    if (this.#leads && !this.#isOver) this.#drain.begin(conversation);
  }

  /** Three seconds without an answer: say so. */
  #watch(conversation: string): void {
    const now = this.#parts.world.clock.now();
    for (const { row } of this.of(conversation))
      if (!this.#watched.has(row.command.clientId)) this.#sayLate(row.command.clientId, row.at + lateAfterMs - now);
  }

  #sayLate(clientId: string, ms: number): void {
    this.#watched.add(clientId);
    this.#alarms.set(clientId, ms, () => this.#postbox.pending.change(clientId, { late: true }));
  }

  /** Whoever leads: when that tab has not managed it by now, this one sends too. The key makes that safe. */
  #insist(clientId: string): void {
    this.#alarms.set(clientId, limits.ackWithinMs, () => this.#sendMyself(clientId));
  }

  #sendMyself(clientId: string): void {
    const known = this.#postbox.pending.find(clientId);
    if (known && !known.ack && !this.#isOver) this.#drain.begin(known.row.conversation);
  }

  /** Another tab has sent it. */
  #acked(clientId: string, ack: Ack): void {
    const { pending } = this.#postbox;
    if (this.#attached.has(pending.find(clientId)?.row.conversation ?? "")) pending.change(clientId, saved(ack));
    else pending.settle(clientId);
    this.#answered(clientId, ack);
  }

  #answered(clientId: string, outcome: Ack | Refusal): void {
    this.#outcomes.get(clientId)?.(outcome);
    this.#outcomes.delete(clientId);
    this.#watched.delete(clientId);
    this.#alarms.settle(clientId);
  }

  #moved(key: string, conversationId: string): void {
    const attached = this.#attached.get(key);
    this.#attached.delete(key);
    if (attached) this.#attached.set(conversationId, attached);
    this.#parts.opened(key, conversationId);
    this.#begin(conversationId);
  }

  #detach(conversation: string): void {
    this.#attached.delete(conversation);
    for (const { row, ack } of this.of(conversation)) if (ack) this.#postbox.pending.settle(row.command.clientId);
  }

  #stop(): void {
    this.#isOver = true;
    this.#drain.stop();
  }
}
