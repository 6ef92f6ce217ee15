import { join } from "node:path";
import { Child } from "./child.ts";
import type { Guard } from "./guarded.ts";

export type NodePlan = {
  /** Names its folder and its log. */
  readonly name: string;
  readonly port: number;
  /** What is run: the product's own start, or one that is watched. */
  readonly program: string;
  /** What runs it. */
  readonly launcher?: readonly string[];
  readonly folder: string;
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly talks?: boolean;
};

/** One node of the desk: a process that keeps its port, its data folder and its log over every end. */
export class DeskNode {
  readonly name: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly child: Child;

  constructor(plan: NodePlan, guard: Guard) {
    const { name, port, program, launcher = [process.execPath], folder, logFile, env, talks = false } = plan;
    this.name = name;
    this.port = port;
    this.dataFolder = join(folder, `${name}-data`);
    const own = {
      ...{ HOST: "127.0.0.1", PORT: `${port}`, ROOMDESK_NODE_URL: `http://127.0.0.1:${port}` },
      ...{ ROOMDESK_DATA: this.dataFolder, LOG_LEVEL: "warn" },
    };
    const [command = "", ...args] = [...launcher, program];
    this.child = new Child({ program: command, args, env: { ...own, ...env }, logFile, talks }, guard);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when it takes connections. */
  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.child.spawn(env);
    await this.child.says(/^ready /m);
  }

  kill = (): Promise<void> => this.child.kill();
  freeze = (): void => this.child.signal("SIGSTOP");
  thaw = (): void => this.child.signal("SIGCONT");

  /** Resolves when it has drained and ended. */
  async terminate(): Promise<void> {
    this.child.signal("SIGTERM");
    await this.child.exited;
  }
}
