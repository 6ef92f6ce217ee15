import pg from "pg";

/** One connection outside the pools. `await using` closes it. */
export class Direct extends pg.Client implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

export async function connect(url: string, options: pg.ClientConfig = {}): Promise<Direct> {
  const usual = { connectionTimeoutMillis: 5000, application_name: "roomdesk start" };
  const client = new Direct({ ...usual, ...options, connectionString: url });
  // Whoever waits for an answer gets the same error there; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
