import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArguments, chromiumPath } from "./scripts/chromium.ts";

const browserTests = "**/*.browser.test.ts";
const away = ["**/node_modules/**", "dist/**", "e2e/**"];

export default defineConfig({
  test: {
    // A test waits for a condition; these limits are for the day the condition never comes.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{protocol,core,client-sdk,client-ui,client-widget,client-workspace,loadtest,scripts}/**/*.test.ts",
          ],
          exclude: [...away, browserTests],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["db/**/*.test.ts"],
          exclude: away,
          globalSetup: ["db/testing/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["{rooms,server}/**/*.test.ts"],
          exclude: away,
          globalSetup: ["db/testing/global-setup.ts"],
          pool: "forks", // Colyseus' matchmaker is one per process
        },
      },
      {
        extends: true,
        // All of them: one that Vite finds only on the way makes it reload a running test.
        optimizeDeps: {
          include: [
            "lit",
            "lit/directive.js",
            "lit/directives/keyed.js",
            "lit/directives/ref.js",
            "lit/directives/repeat.js",
            "@tanstack/lit-virtual",
            "marked",
            "idb",
            "axe-core",
          ],
        },
        test: {
          name: "components",
          include: ["client-*/**/*.browser.test.ts"],
          exclude: away,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), chromiumSandbox: false, args: chromiumArguments },
            }),
            instances: [{ browser: "chromium", viewport: { width: 480, height: 700 } }],
          },
        },
      },
    ],
  },
});
