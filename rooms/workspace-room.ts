import { ServerError, type Client } from "@colyseus/core";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { ListWindow } from "#protocol/workspace.ts";
import { refused } from "./answer.ts";
import type { RoomClass } from "./conversation-room.ts";
import { orgIdOf, told } from "./names.ts";
import type { RoomNode } from "./room-node.ts";
import { SupportRoom, viewerOf } from "./support-room.ts";
import { Roll } from "./workspace/roll.ts";
import { WorkspaceDesk, type Tab } from "./workspace/workspace-desk.ts";

export const workspaceRoom = (node: RoomNode): RoomClass =>
  class extends WorkspaceRoom {
    constructor() {
      super(node);
    }
  };

/** The sockets of the agents of one organisation on this node. */
export class WorkspaceRoom extends SupportRoom {
  #orgId = "";
  #desk!: WorkspaceDesk; // both made in onCreate, before anybody can reach the room
  #roll!: Roll;
  readonly #tabs = new Map<Client, Tab>();
  #isRollDue = false;

  override onCreate(options: { id: string }): void {
    super.onCreate(options);
    const { feed, staff, switchboard, clock } = this.node;
    this.#orgId = orgIdOf(options.id);
    const onFault = (error: unknown) => void this.fault(error, "feed");
    this.#desk = new WorkspaceDesk({ orgId: this.#orgId, feed, switchboard, clock, onFault });
    this.#roll = new Roll(this.#orgId, staff);
    this.accept("list.window", ListWindow, (_present, window, client) => {
      const tab = this.#tabs.get(client);
      return (tab && this.#desk.show(tab, window)) ?? refused("moved");
    });
  }

  override async onJoin(client: Client): Promise<void> {
    const viewer = viewerOf(client);
    if (viewer?.person.side !== "staff" || viewer.orgId !== this.#orgId) throw new ServerError(404, "not_found");
    const tab = this.#tabOf(client, viewer.person.id);
    await this.#enter(tab, viewer.person);
    this.#tabs.set(client, tab);
    void super.onJoin(client);
    this.#tellRoll();
  }

  override onLeave(client: Client): void {
    const [tab, present] = [this.#tabs.get(client), this.present.get(client)];
    super.onLeave(client);
    if (!tab || !present) return;
    this.#tabs.delete(client);
    this.#desk.leave(tab);
    this.#roll.leave(tab.userId);
    this.#tellRoll();
  }

  override visit(round: number): void {
    super.visit(round);
    this.ping(() => 0);
  }

  protected mayHibernate(): boolean {
    return true;
  }

  protected stop(): void {
    this.#desk.stop();
  }

  async #enter(tab: Tab, person: { id: string; name: string }): Promise<void> {
    try {
      await this.#desk.enter(tab);
      await this.#roll.enter(person);
    } catch (error) {
      this.#desk.leave(tab);
      throw error instanceof Unavailable ? new ServerError(503, "unavailable") : error;
    }
  }

  #tabOf(client: Client, userId: string): Tab {
    return {
      userId,
      listChanged: (changed) => this.say([client], told.listChanged, changed),
      counts: (counts) => this.say([client], told.counts, counts),
    };
  }

  /** When many come and go at once, everybody is told once. */
  #tellRoll(): void {
    if (this.#isRollDue) return;
    this.#isRollDue = true;
    setImmediate(() => {
      this.#isRollDue = false;
      this.say(this.#tabs.keys(), told.colleagues, this.#roll.colleagues());
    });
  }
}
