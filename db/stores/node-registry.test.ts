import { setTimeout as delay } from "node:timers/promises";
import { nodeRegistryContract } from "#core/contract/node-registry.contract.ts";
import { nodeRegistry } from "./node-registry.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

nodeRegistryContract(async () => {
  const desk = await deskOnPostgres();
  // The database's clock cannot be moved by hand, so here it really passes.
  return { ...desk, registry: nodeRegistry(desk.fresh), pass: (ms) => delay(ms) };
});
