import type { Desk } from "../../desk/desk.ts";
import type { Injection } from "../../history/run-lines.ts";
import type { FaultProxy } from "../../net/fault-proxy.ts";
import type { Dice } from "../dice.ts";
import type { Admin } from "./admin.ts";
import type { ChaosNode } from "./chaos-node.ts";
import type { CrewProcess } from "./crews.ts";
import type { Disk } from "./disk.ts";

/** Everything that can be broken. */
export type World = {
  readonly desk: Desk;
  readonly admin: Admin;
  readonly nodes: readonly ChaosNode[];
  readonly crews: readonly CrewProcess[];
  /** One per crew: their way to the desk. */
  readonly proxies: readonly FaultProxy[];
  readonly disk: Disk;
  readonly clock: { readonly program: string | undefined; step(seconds: number): void };
  readonly dice: Dice;
  readonly seconds: number;
  /** The one node has its PostgreSQL inside. */
  readonly isEmbedded: boolean;
  readonly crashPoints: Map<string, number>;
  readonly say: (line: string) => void;
  readonly did: (done: Done) => void;
};

export type Done = {
  readonly injection: Injection;
  readonly targets: readonly string[];
  readonly from: number;
  /** A fault of a moment: `from`. */
  readonly until: number;
  readonly detail?: string;
};

/** One way to break something. Resolves when it is over and mended. */
export type Fault = {
  readonly injection: Injection;
  /** In one sentence why not; nothing when it can be done here. */
  readonly cannot?: (world: World) => string | undefined;
  /** What nobody else may break meanwhile. */
  readonly touches: "nodes" | "postgres" | "redis" | "net" | "people" | "clock";
  readonly inflict: (world: World) => Promise<void>;
};
