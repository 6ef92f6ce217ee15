import { EventEmitter } from "node:events";
import { Protocol } from "@colyseus/core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { limits } from "#protocol/limits.ts";
import { usualRates } from "../ports.ts";
import { packed, request, signal } from "../testing/frames.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { GuardedSocket, type Wire } from "./guarded-socket.ts";

class FakeWire extends EventEmitter implements Wire {
  bufferedAmount = 0;
  send = vi.fn<(bytes: Uint8Array) => void>();
  ping = vi.fn();
  close = vi.fn();
  terminate = vi.fn();
}

let clock: ManualClock;
let wire: FakeWire;
let guard: GuardedSocket;
let passed: Buffer[];
let sent: FakeWire["send"];

beforeEach(() => {
  clock = new ManualClock();
  wire = new FakeWire();
  sent = wire.send;
  passed = [];
  wire.on("message", (bytes: Buffer) => void passed.push(bytes));
  guard = new GuardedSocket(wire, { clock, rates: usualRates }, () => undefined);
  guard.accepts = new Set(["message.send", "typing"]);
});

const receive = (bytes: Buffer, isBinary = true) => wire.emit("message", bytes, isBinary);
const typing = signal("typing", packed({ on: true }));

describe("what comes in", () => {
  test("frames of this room pass as they are", () => {
    receive(typing);
    expect(passed).toEqual([typing]);
  });

  test("a request of a type that is not known here is answered, and a signal of one is ignored", () => {
    receive(request(3, "constructor", packed({})));
    receive(signal("__proto__", packed({})));
    expect(passed).toEqual([]);
    expect(String(sent.mock.calls[0]?.[0])).toContain("invalid_message");
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test("[N22] the third broken frame within ten seconds closes the socket, however each was broken", () => {
    receive(Buffer.from("text"), false);
    receive(Buffer.from([99]));
    expect(wire.close).not.toHaveBeenCalled();
    receive(request(1, "message.send", Buffer.from([0xc1])));
    expect(wire.close).toHaveBeenCalledWith(4500, "malformed");
  });

  test("broken frames that are far apart do not add up", async () => {
    for (let i = 0; i < 4; i += 1) {
      receive(Buffer.from([99]));
      await clock.pass(5001);
    }
    expect(wire.close).not.toHaveBeenCalled();
  });

  test("[N28] 200 frames a second are closed with 1008 within two seconds, the usual rate never", async () => {
    for (let second = 0; second < 60; second += 1) {
      for (let i = 0; i < usualRates.framesPerSecond; i += 1) receive(typing);
      await clock.pass(1000);
    }
    expect(wire.close).not.toHaveBeenCalled();
    for (let i = 0; i < 400; i += 1) {
      receive(typing);
      await clock.pass(5);
    }
    expect(wire.close).toHaveBeenCalledWith(1008, "rate_limited");
  });

  test("[N5] after we closed, nothing that still comes in passes", () => {
    guard.close("signed_out");
    receive(typing);
    expect(passed).toEqual([]);
    expect(wire.close).toHaveBeenCalledWith(4501, "signed_out");
  });

  test("a socket that does not answer our closing is ended after two seconds", async () => {
    guard.close("signed_out");
    await clock.pass(1999);
    expect(wire.terminate).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(wire.terminate).toHaveBeenCalledTimes(1);
  });
});

describe("what goes out", () => {
  const patch = Buffer.from([Protocol.ROOM_STATE_PATCH, 1, 2]);
  const frames = Buffer.from([Protocol.ROOM_DATA, 1, 2]);

  test("[N17] an empty patch is not sent: it would tell a customer that something hidden has changed", () => {
    wire.send(Buffer.from([Protocol.ROOM_STATE_PATCH]));
    expect(sent).not.toHaveBeenCalled();
  });

  test("[N29] above 1 MiB waiting, changes of the state are withheld and messages are not", () => {
    wire.bufferedAmount = limits.slowReaderDropBytes + 1;
    wire.send(patch);
    wire.send(frames);
    expect(sent.mock.calls.map(([bytes]) => bytes)).toEqual([frames]);
    expect(guard.hasMissedState).toBe(true);
  });

  test("[N29] above 4 MiB waiting, the reader is closed with 4008", () => {
    wire.bufferedAmount = limits.slowReaderCloseBytes + 1;
    wire.send(frames);
    expect(wire.close).toHaveBeenCalledWith(4008, "slow");
    expect(sent).not.toHaveBeenCalled();
  });

  test("[N29] a reader that stays slow for ten seconds is closed, one that recovers is not", async () => {
    wire.bufferedAmount = limits.slowReaderDropBytes + 1;
    wire.send(frames);
    await clock.pass(9999);
    wire.bufferedAmount = 0;
    await clock.pass(1);
    expect(wire.close).not.toHaveBeenCalled();
    wire.bufferedAmount = limits.slowReaderDropBytes + 1;
    wire.send(frames);
    await clock.pass(10_000);
    expect(wire.close).toHaveBeenCalledWith(4008, "slow");
  });
});
