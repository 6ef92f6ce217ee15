import { availableParallelism } from "node:os";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { clientProcesses, readOptions } from "./options.ts";

function read(...args: string[]) {
  const said: string[] = [];
  const command = new Command("loadtest").exitOverride();
  command.configureOutput({ writeErr: (text) => said.push(text), writeOut: (text) => said.push(text) });
  try {
    return { options: readOptions(args, command), said };
  } catch {
    return { options: undefined, said };
  }
}

describe("the command line", () => {
  test("nothing asked for is a small test of a server of its own", () => {
    expect(read().options).toEqual({
      conversations: 50,
      agents: 3,
      rate: 100,
      seconds: 10,
      bytes: 120,
      nodes: 1,
      warmup: 2,
    });
  });

  test("everything that is asked for is taken", () => {
    const flags =
      "--conversations 200 --agents 4 --rate 3000 --seconds 20 --bytes 64 --nodes 2 --pin-server 0 --pin-clients 0";
    expect(read(...flags.split(" "), "--json", "out.json").options).toEqual({
      ...{ conversations: 200, agents: 4, rate: 3000, seconds: 20, bytes: 64, nodes: 2, warmup: 2 },
      ...{ pinServer: "0", pinClients: "0", json: "out.json" },
    });
    const elsewhere = read("--url", "https://desk.example/", "--credentials", "demo.json").options;
    expect(elsewhere).toMatchObject({ url: "https://desk.example", credentials: "demo.json" });
  });

  test("--help says what is measured, and what a wrong flag means", () => {
    expect(read("--help").said.join("")).toMatch(/--conversations[^]*--rate[^]*--url[^]*--credentials/);
  });

  test.each([
    ["--speed 3", /unknown option '--speed'/],
    ["extra", /too many arguments/],
    ["--rate fast", /--rate <n>.*a number from/],
    ["--rate 0", /--rate <n>.*a number from/],
    ["--rate -5", /--rate/],
    ["--conversations 1.5", /--conversations <n>.*whole number/],
    ["--conversations 0", /--conversations <n>.*whole number/],
    ["--seconds 1e9", /--seconds <n>/],
    ["--bytes 5", /--bytes <n>.*from 16 to 4000/],
    ["--bytes 5000", /--bytes <n>/],
    ["--agents 60", /--agents 60 is more than --conversations 50/],
    ["--url desk.example", /--url <url>/],
    ["--url https://desk.example/path --credentials f", /--url <url>.*without a path/],
    ["--url https://desk.example", /--url needs --credentials/],
    ["--credentials f", /--credentials is for a desk at --url/],
    ["--url http://a --credentials f --nodes 2", /--nodes/],
    ["--url http://a --credentials f --pin-server 0", /--pin-server/],
    ["--pin-server one", /--pin-server <cpus>/],
    ["--pin-clients 0,9999", /--pin-clients <cpus>/],
  ])("refuses %s in one sentence that names it", (flags, sentence) => {
    const { options, said } = read(...flags.split(" "));
    expect(options).toBeUndefined();
    expect(said.join("").trim().split("\n")).toHaveLength(1);
    expect(said.join("")).toMatch(sentence);
  });
});

describe("how many processes the clients get", () => {
  const asked = { conversations: 100, agents: 10, rate: 1, seconds: 1, bytes: 16, nodes: 1, warmup: 0 };

  test("one for each processor they are pinned to, and never more than there are agents", () => {
    expect(clientProcesses({ ...asked, pinClients: "0" })).toBe(1);
    expect(clientProcesses({ ...asked, pinClients: "0,1,2" })).toBe(3);
    expect(clientProcesses({ ...asked, pinClients: "0,1,2", agents: 2 })).toBe(2);
  });

  test("unpinned, one processor is left to the server", () => {
    expect(clientProcesses(asked)).toBe(Math.max(1, Math.min(4, availableParallelism() - 1)));
  });
});
