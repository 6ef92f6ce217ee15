import { expect, test } from "vitest";
import { deviceOf } from "./device.ts";

const kit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  ["Chrome 156 on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${kit} Chrome/156.0.0.0 Safari/537.36`],
  ["Chrome 150 on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${kit} HeadlessChrome/150.0.0.0 Safari/537.36`],
  [
    "Edge 155 on Windows",
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${kit} Chrome/155.0.0.0 Safari/537.36 Edg/155.0.0.0`,
  ],
  ["Opera 120 on Windows", `Mozilla/5.0 (Windows NT 10.0) ${kit} Chrome/154.0.0.0 Safari/537.36 OPR/120.0.0.0`],
  ["Firefox 152 on Mac", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:152.0) Gecko/20100101 Firefox/152.0"],
  [
    "Safari 26 on Mac",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
  ],
  [
    "Safari 19 on iPhone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile Safari/604.1",
  ],
  [
    "Chrome 149 on iPhone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/149.0 Mobile/15E148 Safari/604.1",
  ],
  [
    "Safari 18 on iPad",
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  ],
  [
    "Samsung Internet 29 on Android",
    `Mozilla/5.0 (Linux; Android 16; SM-S931B) ${kit} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
  ],
  ["Chrome 149 on Chrome OS", `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${kit} Chrome/149.0.0.0 Safari/537.36`],
])("%s", (short, userAgent) => {
  expect(deviceOf(userAgent)).toBe(short);
});

test("what is no browser we know is shortened, never guessed", () => {
  expect(deviceOf("curl/8.20.0")).toBe("curl/8.20.0");
  expect(deviceOf("")).toBe("");
  expect(deviceOf("x".repeat(200))).toHaveLength(40);
});
