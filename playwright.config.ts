import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./scripts/chromium.ts";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/__shots__/{arg}-{projectName}{ext}",
  forbidOnly: Boolean(process.env.CI),
  retries: 0, // a test that passes on the second try has found something
  workers: 1, // the conversations measure time, and two Chromiums fill two cores
  fullyParallel: false,
  timeout: 90_000,
  reporter: [["line"]],
  expect: {
    timeout: 10_000,
    toHaveScreenshot: {
      animations: "disabled",
      caret: "hide",
      scale: "css",
      maxDiffPixelRatio: 0.0002, // a line of text may not hide in what a wide picture allows
      threshold: 0.15,
    },
  },
  use: {
    launchOptions: { executablePath: chromiumPath(), chromiumSandbox: false, args: chromiumArguments },
    trace: "retain-on-failure",
    video: "off",
    screenshot: "off",
    timezoneId: "UTC",
    locale: "en-GB",
    contextOptions: { reducedMotion: "reduce" },
    deviceScaleFactor: 1,
  },
  projects: [{ name: "chromium", use: { viewport: { width: 1280, height: 800 } } }],
});
