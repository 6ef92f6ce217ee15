import { openDoor, type Door } from "./door.ts";
import { Health, type State } from "./health.ts";
import { loginAddress, type Login } from "./logins.ts";
import { migrate } from "./migrate.ts";
import { openPool, type Pool } from "./pools.ts";
import { Probe } from "./probe.ts";

export type { Door } from "./door.ts";
export type { State } from "./health.ts";

/** The open database: one door per login, and whether it answers. */
export interface Database {
  /** The server's own login: people's reads and writes. */
  readonly app: Door;
  /** The group-commit writer's. */
  readonly log: Door;
  /** Retention, outbox, alarms. */
  readonly job: Door;
  readonly state: State;
  /** `app.withCtx`, which is what stores use most. */
  readonly withCtx: Door["withCtx"];
  /** Tells changes from now on; returns how to stop that. */
  onState(listener: (state: State) => void): () => void;
  /** Brings the schema up to date; safe on every node at every start. */
  migrate(): Promise<void>;
  /** Closes the connections, and the server where it is our own. */
  close(): Promise<void>;
}

export type DatabaseOptions = {
  readonly url: string;
  readonly secret: string;
  /** Another folder of migrations; tests have some of their own. */
  readonly migrations?: string | undefined;
  readonly say?: (line: string) => void;
  readonly closeServer?: () => Promise<void> | undefined;
};

// Twenty connections a node with the probe's: four nodes fit into the hundred of a server nobody has tuned.
const sizes = { app: 12, log: 4, job: 3 };

/** A database whose logins can already get in. */
export function openDatabaseAt({ url, secret, migrations, say = console.log, closeServer }: DatabaseOptions): Database {
  const probe = new Probe(loginAddress(url, "app", secret));
  const health = new Health((signal) => probe.ask(signal));
  const pools: Pool[] = [];
  const door = (login: Exclude<Login, "owner">): Door => {
    const options = { url: loginAddress(url, login, secret), name: login, max: sizes[login] };
    const pool = openPool(options, health.suspect);
    pools.push(pool);
    return openDoor(pool, health);
  };
  // Whoever waits for an answer learns at once that none will come.
  health.onState((state) => state === "down" && pools.forEach((pool) => pool.cut()));
  const app = door("app");
  return {
    app,
    log: door("log"),
    job: door("job"),
    withCtx: (ctx, fn) => app.withCtx(ctx, fn),
    get state() {
      return health.state;
    },
    onState: (listener) => health.onState(listener),
    migrate: () => migrate(loginAddress(url, "owner", secret), { folder: migrations, say }),
    close: async () => {
      await health.close();
      probe.forget();
      await Promise.all(pools.map((pool) => pool.close()));
      await closeServer?.();
    },
  };
}
