import { expect, test } from "vitest";
import { addressKey, Throttle } from "./throttles.ts";

test("[N76] counts tries within a time and says how long to wait", async () => {
  const throttle = new Throttle(2, 60);
  expect([await throttle.tooMany("ana"), await throttle.tooMany("ana")]).toEqual([undefined, undefined]);
  expect(await throttle.tooMany("ana")).toBeGreaterThan(50_000);
  expect(await throttle.tooMany("carl")).toBeUndefined();
});

test("[N76] a try that was right is taken back", async () => {
  const throttle = new Throttle(1, 60);
  for (let n = 0; n < 5; n++) {
    expect(await throttle.tooMany("ana")).toBeUndefined();
    await throttle.forgive("ana");
  }
});

test("[N3] an IPv6 household is one address, and a mapped IPv4 address is itself", () => {
  expect(addressKey("2001:db8:1:2:3:4:5:6")).toBe(addressKey("2001:db8:1:2::ffff"));
  expect(addressKey("2001:db8:1:2::1")).not.toBe(addressKey("2001:db8:1:3::1"));
  expect(addressKey("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(addressKey("::1")).toBe("0:0:0:0::/64");
});
