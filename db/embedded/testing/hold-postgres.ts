// A process that has an embedded PostgreSQL and nothing else: what Roomdesk is to it. Started by held.ts.
import { Refused } from "../../refused.ts";
import { startEmbedded, type EmbeddedOptions } from "../embedded-postgres.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as EmbeddedOptions;
const say = (line: string) => console.log(JSON.stringify({ said: line }));

try {
  const server = await startEmbedded({ ...options, say });
  const { url, home, way, pid } = server;
  process.once("SIGTERM", () => void server.close());
  console.log(JSON.stringify({ ready: { url, home, way, pid } }));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
