import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Processes that are loaded and wait for the word to lock the same folder at the same moment. */
export async function racers(count: number) {
  const script = new URL("./lock-once.ts", import.meta.url);
  const all = Array.from({ length: count }, () => fork(script, { stdio: "ignore" }));
  await Promise.all(all.map((one) => once(one, "message")));
  return {
    /** What each got: "mine", or the sentence of its refusal. */
    race: (folder: string) => Promise.all(all.map((one) => answer(one, folder))),
    end: () => all.forEach((one) => one.kill()),
  };
}

async function answer(racer: ChildProcess, folder: string): Promise<string> {
  const told = once(racer, "message");
  racer.send(folder);
  const [words] = (await told) as [string];
  return words;
}
