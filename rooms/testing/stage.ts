import { randomUUID } from "node:crypto";
import type { MemoryConversationLog } from "#core/memory/conversation-log.ts";
import type { Answer, ConversationCommand, Frame } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { Audience } from "../conversation/actor-world.ts";
import { ConversationActor } from "../conversation/conversation-actor.ts";
import type { Viewer } from "../door/viewer.ts";
import { NodeHeart } from "../node/node-heart.ts";
import { Switchboard } from "../node/switchboard.ts";
import { usualRates } from "../ports.ts";
import { ManualClock } from "./manual-clock.ts";
import { TestDesk } from "./people.ts";

/** One actor without any transport, with its people, over a log whose faults the test decides. */
export class Stage implements Audience {
  readonly desk = new TestDesk();
  readonly clock = new ManualClock();
  readonly log: MemoryConversationLog = this.desk.log;
  readonly switchboard = new Switchboard();
  readonly heart: NodeHeart;
  readonly told: Record<Side, Frame[]> = { staff: [], customer: [] };
  readonly faults: unknown[] = [];
  headers = 0;
  losses = 0;
  actor!: ConversationActor;
  ana!: Viewer;
  ben!: Viewer;
  conversationId = "";

  constructor() {
    this.heart = this.newHeart();
  }

  static async set(): Promise<Stage> {
    const stage = new Stage();
    const { viewer, conversationId } = await stage.desk.customer("Ana");
    Object.assign(stage, { ana: viewer, conversationId, ben: await stage.desk.colleague("Ben") });
    stage.actor = stage.newActor(stage, stage.heart);
    await stage.actor.admit(viewer);
    return stage;
  }

  /** As another node, or this one after a restart, would begin. */
  newActor(audience: Audience = this, heart = this.newHeart()): ConversationActor {
    const { log, switchboard, clock } = this;
    const onFault = (error: unknown) => void this.faults.push(error);
    const world = {
      log,
      heart,
      switchboard,
      clock,
      rates: usualRates,
      nodeId: "node",
      newId: () => randomUUID(),
      onFault,
    };
    return new ConversationActor(this.conversationId, world, audience);
  }

  newHeart(): NodeHeart {
    const heart = new NodeHeart(this.log, this.clock, (error) => void this.faults.push(error));
    heart.start(() => undefined);
    return heart;
  }

  run(by: Viewer, command: ConversationCommand): Promise<Answer> {
    return this.actor.run(by.person, command);
  }

  say(by: Viewer, body: string, clientId: string = randomUUID()): Promise<Answer> {
    return this.run(by, { type: "message.send", clientId, body });
  }

  texts(side: Side): (string | null)[] {
    return this.told[side].flatMap(({ event }) => ("body" in event ? [event.body] : []));
  }

  tell(side: Side, frames: readonly Frame[]): void {
    this.told[side].push(...frames);
  }

  headerChanged(): void {
    this.headers += 1;
  }

  lost(): void {
    this.losses += 1;
  }
}
