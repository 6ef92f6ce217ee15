import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const what = [
  "{client-sdk,client-ui,client-widget,client-workspace,core,protocol}/**/*",
  "scripts/build.ts",
  "scripts/build/**/*.ts",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.base.json",
  "tsconfig.browser.json",
];
const withoutEffect = /\.(test|contract)\.ts$|\.md$|\/testing\//;

/** Changes exactly when a build would come out differently. */
export function sourcesHash(root: string): string {
  const files = globSync(what, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !withoutEffect.test(file))
    .sort();
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
