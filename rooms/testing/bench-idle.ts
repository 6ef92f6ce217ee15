import { fork } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isRefusal } from "#protocol/refusals.ts";
import type { Viewer } from "../door/viewer.ts";
import { openRooms, type Rooms } from "../open-rooms.ts";
import { TestDesk } from "./people.ts";

const help = `What conversations cost in which nothing happens.

  npm run bench:idle -- [--conversations 2000] [--seconds 30] [--json FILE]

Opens that many conversations of two people each, over ports in memory and real sockets on loopback (the people are
another process), waits, and prints the share of one core that this process used. Exits with 1 above 6 %.`;

const limitShare = 0.06;
const batch = 100;

try {
  const { values } = parseArgs({
    options: {
      conversations: { type: "string", default: "2000" },
      seconds: { type: "string", default: "30" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) console.log(help);
  else await bench(whole("conversations", values.conversations), whole("seconds", values.seconds), values.json);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2); // the people of a bench that failed half-way would keep it alive
}

async function bench(conversations: number, seconds: number, json: string | undefined): Promise<void> {
  const desk = new TestDesk();
  const server = createServer();
  const report = { fault: console.error, closed: () => undefined };
  const { log, feed, staff } = desk;
  const joins = { joinsPerSecond: Infinity, joinBurst: 2 * conversations };
  const rates = { ...joins, socketsPerPerson: conversations, socketsPerAddress: 2 * conversations };
  const rooms = await openRooms(server, { log, feed, staff, nodeId: "bench", report, rates });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const before = process.memoryUsage().rss;
  const people = await seatEverybody(desk, rooms, server.address() as AddressInfo, conversations);
  await pause(10); // joins, first patches and collections are not what is asked
  const result = {
    conversations,
    sockets: 2 * conversations,
    seconds,
    ...(await measure(seconds, before, conversations)),
  };
  console.log(sentence(result));
  if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
  people.kill();
  await rooms.close();
  server.close();
  process.exitCode = result.cpu_share <= limitShare ? 0 : 1;
}

async function seatEverybody(desk: TestDesk, rooms: Rooms, { port }: AddressInfo, conversations: number) {
  const people = fork(fileURLToPath(new URL("idle-people.ts", import.meta.url)), { stdio: "inherit" });
  const ben = await desk.colleague("Ben");
  for (let done = 0; done < conversations; done += batch) {
    const seats: string[] = [];
    for (let i = done; i < Math.min(conversations, done + batch); i += 1) {
      const { viewer, conversationId } = await desk.customer(`Ana ${i}`);
      for (const one of [viewer, ben]) seats.push(await urlOf(rooms, port, conversationId, one));
    }
    await new Promise((resolve) => {
      people.once("message", resolve);
      people.send(seats);
    });
    process.stderr.write(`\r${done + batch} of ${conversations} conversations`);
  }
  process.stderr.write("\n");
  return people;
}

async function urlOf(rooms: Rooms, port: number, conversationId: string, viewer: Viewer): Promise<string> {
  const seat = await rooms.seats.conversation(conversationId, viewer);
  if (isRefusal(seat)) throw new Error(seat.refused);
  return `ws://127.0.0.1:${port}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`;
}

async function measure(seconds: number, rssBefore: number, conversations: number) {
  const [cpu, from] = [process.cpuUsage(), performance.now()];
  await pause(seconds);
  const { user, system } = process.cpuUsage(cpu);
  const rss = process.memoryUsage().rss;
  return {
    cpu_share: (user + system) / 1000 / (performance.now() - from),
    rss_mb: Math.round(rss / 2 ** 20),
    kb_per_conversation: Math.round((rss - rssBefore) / 1024 / conversations),
  };
}

function sentence(result: {
  conversations: number;
  cpu_share: number;
  rss_mb: number;
  kb_per_conversation: number;
}): string {
  const share = (result.cpu_share * 100).toFixed(1);
  return `${result.conversations} idle conversations of two: ${share} % of a core, ${result.rss_mb} MB, ${result.kb_per_conversation} KB each`;
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
