import { headFor, type Conversation } from "#core/conversation/conversation.ts";
import { Mailbox } from "#core/mailbox.ts";
import { may } from "#core/permissions.ts";
import type { Answer, ConversationCommand, ConversationEvent, Refused } from "#protocol/conversation.ts";
import type { Person, Side } from "#protocol/people.ts";
import { refused, whyNot } from "../answer.ts";
import { TokenBucket } from "../door/token-bucket.ts";
import type { Viewer } from "../door/viewer.ts";
import type { ActorWorld, Audience, Urgency } from "./actor-world.ts";
import { Attendance } from "./attendance.ts";
import { fullHeader, type FullHeader } from "./conversation-header.ts";
import { Ownership } from "./ownership.ts";
import type { ConversationSignal } from "./read-signal.ts";
import { ReadMarks } from "./read-marks.ts";
import { Telling } from "./telling.ts";
import { Turns } from "./turns.ts";

/** One conversation: it takes turns, and knows who is here. No transport in it: sockets, HTTP and tests are its audience. */
export class ConversationActor {
  readonly id: string;
  readonly attendance: Attendance;
  readonly #world: ActorWorld;
  readonly #audience: Audience;
  readonly #mailbox = new Mailbox();
  readonly #ownership: Ownership;
  readonly #telling: Telling;
  readonly #turns: Turns;
  readonly #marks: ReadMarks;
  readonly #buckets = new Map<string, TokenBucket>();
  #isRetiring = false;

  constructor(id: string, world: ActorWorld, audience: Audience) {
    const { log, clock, heart, nodeId, newId, onFault } = world;
    this.id = id;
    this.#world = world;
    this.#audience = audience;
    this.attendance = new Attendance(clock, () => this.#headerChanged());
    this.#telling = new Telling(id, log, audience);
    this.#ownership = new Ownership(id, {
      log,
      heart,
      nodeId,
      onClaimed: (claimed) => this.attendance.remember(claimed.reads),
      onLost: () => {
        this.#goQuiet();
        audience.lost();
      },
    });
    const secure = () => this.#secure();
    const tell = (events: readonly ConversationEvent[]) => this.#tell(events);
    this.#turns = new Turns({ log, clock, newId, ownership: this.#ownership, secure, tell });
    const onKept = (person: Person, upTo: number) => world.switchboard.read(this.orgId, id, person.id, upTo);
    this.#marks = new ReadMarks({ id, log, clock, onKept, onFault });
  }

  get now(): Conversation {
    return this.#ownership.held.conversation;
  }

  get orgId(): string {
    return this.#ownership.held.orgId;
  }

  get header(): FullHeader {
    return fullHeader(this.now, this.attendance);
  }

  /** 0 before the first claim. */
  get epoch(): number {
    return this.#ownership.epoch ?? 0;
  }

  /** Claimed, and not lost since. */
  get isHeld(): boolean {
    return this.#ownership.isHeld;
  }

  /** Nothing is waiting to be decided, kept or told. */
  get isIdle(): boolean {
    return this.#mailbox.size === 0 && this.#marks.isEmpty && !this.#ownership.isInDoubt;
  }

  headFor(side: Side): number {
    return headFor(this.now, side);
  }

  /** Claims the conversation if need be and says whether this person may be in it; `not_found` for a foreign one too. */
  async admit(viewer: Viewer): Promise<Refused | undefined> {
    try {
      await this.#mailbox.post(() => this.#secure());
    } catch (error) {
      return whyNot(error);
    }
    const isTheirs = viewer.orgId === this.orgId && may(viewer.person, "read", this.now);
    return isTheirs ? undefined : refused("not_found");
  }

  /**
   * @param isLive asked when it is this command's turn: a person whose session ended while it waited is not heard
   */
  async run(by: Person, command: ConversationCommand, isLive: () => boolean = () => true): Promise<Answer> {
    if (this.#isRetiring) return refused("moved");
    const retryInMs = this.#bucketOf(by).take(this.#world.clock.monotonic());
    if (retryInMs > 0) return refused("too_fast", { retryInMs });
    return this.#mailbox.post(async () => {
      const answer = isLive() ? await this.#turns.take(by, command) : refused("not_signed_in");
      const { id, epoch } = this;
      this.#world.witness?.answering({ conversationId: id, epoch, by, clientId: command.clientId, answer });
      return answer;
    });
  }

  /** Nobody is told what comes of it. */
  hear(person: Person, signal: ConversationSignal): void {
    if (signal.type === "typing") this.attendance.typing(person.id, signal.on);
    else this[signal.type](person, signal.upTo);
  }

  read(person: Person, upTo: number): void {
    if (!this.isHeld) return;
    const after = this.attendance.read(person.id, upTo, this.headFor(person.side));
    if (after !== undefined) this.#marks.put(person, after);
  }

  delivered(person: Person, upTo: number): void {
    if (this.isHeld) this.attendance.delivered(person.id, upTo, this.headFor(person.side));
  }

  /** Calls once, at the next telling of something this side may see; the returned function cancels. */
  onNextTelling(side: Side, call: () => void): () => void {
    return this.#telling.onNext(side, call);
  }

  /** What has to be looked after from time to time: a doubt, and buckets that nobody empties any more. */
  async tend(): Promise<void> {
    const now = this.#world.clock.monotonic();
    for (const [id, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(id);
    if (!this.#ownership.isInDoubt) return;
    await this.#mailbox.post(() => this.#secure()).catch(whyNot);
  }

  /** Takes no more turns; resolves when those that were asked for have ended. */
  async retire(): Promise<void> {
    this.#isRetiring = true;
    await this.#mailbox.post(() => undefined);
  }

  /** Ends every turn that has begun, then gives the conversation up. */
  async stop(): Promise<void> {
    this.attendance.stop();
    await this.#mailbox.post(() => this.#marks.flush());
    this.#marks.stop();
    if (this.isHeld) this.#goQuiet();
    await this.#ownership.release();
  }

  /** Claimed and sure of the state; what was kept without our knowing is told. Throws why not. */
  async #secure(): Promise<void> {
    await this.#ownership.secure();
    if (await this.#telling.catchUp(this.now, () => this.#ownership.verify())) this.#headerChanged();
  }

  #tell(events: readonly ConversationEvent[]): void {
    for (const event of events) if (event.type === "message.posted") this.attendance.typing(event.by.id, false);
    this.#telling.tell(events);
    // Of a message the frames say all; its delivery will change the header in a moment anyway.
    this.#headerChanged(events.every(isSaid) ? "soon" : "at once");
    this.#world.switchboard.changed(this.orgId);
  }

  #headerChanged(urgency: Urgency = "at once"): void {
    if (!this.isHeld) return;
    const customer = this.now.customerAuthor;
    this.#world.switchboard.present(this.orgId, this.id, {
      customerOnline: this.attendance.isHere(customer),
      customerTyping: this.attendance.isTyping(customer),
    });
    this.#audience.headerChanged(urgency);
  }

  #goQuiet(): void {
    this.#world.switchboard.present(this.orgId, this.id, { customerOnline: false, customerTyping: false });
  }

  #bucketOf(person: Person): TokenBucket {
    const { rates, clock } = this.#world;
    const rate = { perSecond: rates.messagesPerSecond, burst: rates.messageBurst };
    const bucket = this.#buckets.get(person.id) ?? new TokenBucket(rate, clock.monotonic());
    this.#buckets.set(person.id, bucket);
    return bucket;
  }
}

const isSaid = ({ type }: ConversationEvent): boolean => type === "message.posted" || type === "note.posted";
