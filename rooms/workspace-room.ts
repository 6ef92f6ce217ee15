import type { Client } from "@colyseus/core";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { Refused } from "#protocol/conversation.ts";
import { ListWindow } from "#protocol/workspace.ts";
import { refused } from "./answer.ts";
import type { RoomClass } from "./conversation-room.ts";
import type { Viewer } from "./door/viewer.ts";
import { orgIdOf, told } from "./names.ts";
import type { RoomNode } from "./room-node.ts";
import { SupportRoom, type Present } from "./support-room.ts";
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
  #isListening = false;

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

  /** Also of those who never got as far as being let in. */
  override onLeave(client: Client): void {
    super.onLeave(client);
    const tab = this.#tabs.get(client);
    this.#tabs.delete(client);
    if (tab) this.#desk.leave(tab);
  }

  override visit(round: number): void {
    super.visit(round);
    this.ping(() => 0);
  }

  protected async admit({ person, orgId }: Viewer, client: Client): Promise<Refused | undefined> {
    if (person.side !== "staff" || orgId !== this.#orgId) return refused("not_found");
    await this.#roll.know(person);
    const tab = this.#tabOf(client, person.id);
    await this.#desk.enter(tab);
    this.#tabs.set(client, tab);
    return undefined;
  }

  protected entered(_client: Client, { viewer }: Present): void {
    this.#roll.enter(viewer.person.id);
    this.#rollChanged();
  }

  protected left(_client: Client, { viewer }: Present): void {
    this.#roll.leave(viewer.person.id);
    this.#rollChanged();
  }

  protected mayHibernate(): boolean {
    return true;
  }

  protected stop(): void {
    this.#desk.stop();
    if (this.#isListening) this.node.reception.hangUp(this.#orgId);
  }

  #tabOf(client: Client, userId: string): Tab {
    return {
      userId,
      listChanged: (changed) => this.say([client], told.listChanged, changed),
      counts: (counts) => this.say([client], told.counts, counts),
    };
  }

  /** When many come and go at once, everybody is told once. */
  #rollChanged(): void {
    if (this.#isRollDue) return;
    this.#isRollDue = true;
    setImmediate(() => {
      this.#isRollDue = false;
      if (this.isEnding) return;
      const { reception } = this.node;
      reception.here({ orgId: this.#orgId, userIds: this.#roll.here });
      if (!this.#isListening) reception.listen(this.#orgId, () => this.#tellRoll());
      this.#isListening = true;
      this.#tellRoll();
    });
  }

  #tellRoll(): void {
    const elsewhere = this.node.reception.elsewhere(this.#orgId);
    const tell = () => this.say(this.#tabs.keys(), told.colleagues, this.#roll.colleagues(elsewhere));
    this.#roll.knowAll(elsewhere).then(tell, (error: unknown) => {
      if (!(error instanceof Unavailable)) this.fault(error, "roll"); // told again with the next who comes or goes
    });
  }
}
