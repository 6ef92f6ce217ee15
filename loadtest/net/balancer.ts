import { connect, type Socket } from "node:net";
import { listenOnLoopback } from "./loopback.ts";

export type Balancer = {
  /** The one origin under which all backends are reached. */
  readonly url: string;
  readonly port: number;
  /** How many connections each backend was given, by its port. */
  readonly given: ReadonlyMap<number, number>;
  /** From now on these. Connections that stand are left alone. */
  use(ports: readonly number[]): void;
  close(): Promise<void>;
};

export type BalancerOptions = {
  readonly port?: number;
  /** A backend that does not take the connection within this time is passed over. */
  readonly connectWithinMs?: number;
};

/**
 * A TCP balancer as plain as they come: each new connection goes to the next backend, whatever it carries. One that
 * refuses is passed over; that one which accepts and never answers (a frozen process) is not noticed, as in earnest.
 */
export async function openBalancer(
  ports: readonly number[],
  { port = 0, connectWithinMs = 1000 }: BalancerOptions = {},
): Promise<Balancer> {
  const given = new Map<number, number>();
  let backends = ports;
  let turn = 0;
  const nextRound = () => backends.map((_, at) => backends[(turn + at) % backends.length]!);
  const place = async (near: Socket) => {
    const round = nextRound();
    turn += 1;
    near.on("error", () => near.destroy());
    for (const backend of round) {
      const far = await connected(backend, connectWithinMs);
      if (!far) continue;
      given.set(backend, (given.get(backend) ?? 0) + 1);
      return join(near, far);
    }
    near.resetAndDestroy();
  };
  const server = await listenOnLoopback((near) => void place(near), port);
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    given,
    use: (now) => (backends = now),
    close: () => server.close(),
  };
}

function connected(port: number, withinMs: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const giveUp = () => {
      clearTimeout(timer);
      far.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, withinMs);
    far.once("error", giveUp);
    far.once("connect", () => {
      clearTimeout(timer);
      far.off("error", giveUp);
      resolve(far);
    });
  });
}

/** Two sockets become one: what ends on one side ends on the other, in the same way. */
function join(near: Socket, far: Socket): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.setNoDelay(true);
    one.on("error", () => other.resetAndDestroy());
    one.once("close", () => other.destroy());
    one.pipe(other);
  }
  if (near.destroyed) far.destroy();
}
