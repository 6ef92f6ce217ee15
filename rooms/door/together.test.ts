import { expect, test } from "vitest";
import { together } from "./together.ts";

class Socket {
  readonly calls: string[] = [];
  cork = () => void this.calls.push("cork");
  uncork = () => void this.calls.push("uncork");
  write = (what: string) => {
    together(this);
    this.calls.push(what);
  };
}

const moment = () => new Promise((resolve) => setImmediate(resolve));

test("what is written while promises are kept leaves in one piece, for each socket its own", async () => {
  const [one, other] = [new Socket(), new Socket()];
  const answering = Promise.resolve().then(async () => {
    one.write("frames");
    other.write("frames");
    await Promise.resolve();
    await Promise.resolve();
    one.write("answer");
  });
  await answering;
  await moment();
  expect(one.calls).toEqual(["cork", "frames", "answer", "uncork"]);
  expect(other.calls).toEqual(["cork", "frames", "uncork"]);
});

test("nothing is held back beyond the moment", async () => {
  const socket = new Socket();
  socket.write("a");
  await moment();
  socket.write("b");
  await moment();
  expect(socket.calls).toEqual(["cork", "a", "uncork", "cork", "b", "uncork"]);
});
