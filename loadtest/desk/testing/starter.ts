import { Desk } from "../desk.ts";

// Starts what a test then wants to see ended, and waits to be killed.
const desk = await Desk.open({ nodes: 0, redis: true });
console.log(`started ${desk.postgres.pid} ${new URL(desk.redis?.url ?? "").port} ${desk.folder}`);
setInterval(() => undefined, 60_000);
