import { createServer, type AddressInfo } from "node:net";

/** Speaks as much of the protocol as it takes to say that it is PostgreSQL 14. */
export async function oldServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined); // the other side may leave at any time
    socket.once("data", () => {
      socket.write(Buffer.concat([message("R", int32(0)), ready]));
      socket.on("data", (bytes) => {
        if (bytes[0] === ascii("Q")) socket.write(Buffer.concat([columns, row, done, ready]));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://me:hush@127.0.0.1:${port}/desk`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const ascii = (letter: string) => letter.charCodeAt(0);
const int16 = (n: number) => Buffer.of(n >> 8, n & 255);
const int32 = (n: number) => Buffer.of(n >> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
const text = (words: string) => Buffer.from(`${words}\0`);
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};
const column = (name: string, type: number) =>
  Buffer.concat([text(name), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)]);
const value = (words: string) => Buffer.concat([int32(words.length), Buffer.from(words)]);

const ready = message("Z", Buffer.from("I"));
const columns = message("T", int16(2), column("number", 23), column("name", 25));
const row = message("D", int16(2), value("140022"), value("14.22"));
const done = message("C", text("SELECT 1"));
