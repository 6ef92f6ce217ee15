import type { TestProject } from "vitest/node";
import { startTestServer } from "./test-server.ts";

/** One PostgreSQL for all tests of a run; each file takes a database of its own from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide("postgresUrl", server.url);
  return () => server.close();
}
