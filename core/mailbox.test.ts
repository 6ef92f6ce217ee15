import { describe, expect, test } from "vitest";
import { Mailbox } from "./mailbox.ts";

describe("a mailbox", () => {
  test("[MB1] tasks run one at a time, in the order they were posted", async () => {
    const mailbox = new Mailbox();
    const seen: string[] = [];
    const slow = Promise.withResolvers<void>();
    const first = mailbox.post(async () => {
      seen.push("first begins");
      await slow.promise;
      seen.push("first ends");
    });
    const second = mailbox.post(() => seen.push("second"));
    const third = mailbox.post(async () => seen.push("third"));
    await Promise.resolve();
    expect(seen).toEqual(["first begins"]);
    slow.resolve();
    await Promise.all([first, second, third]);
    expect(seen).toEqual(["first begins", "first ends", "second", "third"]);
  });

  test("[MB1] five sends at once get five numbers, though each must wait for the store", async () => {
    const mailbox = new Mailbox();
    let head = 0;
    const send = () =>
      mailbox.post(async () => {
        const seq = head + 1;
        await Promise.resolve();
        head = seq;
        return seq;
      });
    expect(await Promise.all([send(), send(), send(), send(), send()])).toEqual([1, 2, 3, 4, 5]);
  });

  test("[MB1] its size counts what waits and what runs", async () => {
    const mailbox = new Mailbox();
    const gate = Promise.withResolvers<void>();
    const tasks = [mailbox.post(() => gate.promise), mailbox.post(() => undefined)];
    expect(mailbox.size).toBe(2);
    gate.resolve();
    await Promise.all(tasks);
    expect(mailbox.size).toBe(0);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    ["rejects", () => Promise.reject(new Error("mine"))],
  ])("[MB2] a task that %s fails alone, and the next one runs", async (_, task) => {
    const mailbox = new Mailbox();
    const failing = mailbox.post(task);
    const next = mailbox.post(() => "fine");
    await expect(failing).rejects.toThrow("mine");
    expect(await next).toBe("fine");
    expect(mailbox.size).toBe(0);
  });
});
