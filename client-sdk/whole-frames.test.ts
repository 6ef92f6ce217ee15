import { expect, test, vi } from "vitest";
import { WholeFramesRoom } from "./whole-frames.ts";

const roomData = 13;
const frames = [0xa6, ...Buffer.from("frames")];

class Heard extends WholeFramesRoom<unknown> {
  hear(...bytes: number[]): void {
    this.onMessageCallback({ data: new Uint8Array(bytes).buffer } as MessageEvent);
  }
}

function room() {
  const heard = new Heard("conversation");
  const close = vi.fn();
  const told = vi.fn();
  heard.connection = { close } as unknown as typeof heard.connection; // all that is asked of it here
  heard.onMessage("*", told);
  return { heard, close, told };
}

test("half a frame is a broken wire, and nothing of it is told", () => {
  const { heard, close, told } = room();
  heard.hear(roomData, ...frames, 0x82, 0xa5, 0x61); // a map of two, that ends in its first key
  expect(close).toHaveBeenCalledOnce();
  expect(told).not.toHaveBeenCalled();
});

test("a whole one is told", () => {
  const { heard, close, told } = room();
  heard.hear(roomData, ...frames, 0x81, 0xa1, 0x61, 0x01);
  expect(told).toHaveBeenCalledExactlyOnceWith("frames", { a: 1 });
  expect(close).not.toHaveBeenCalled();
});
