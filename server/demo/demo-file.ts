import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StaffRole } from "#protocol/people.ts";

export type DemoUser = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: StaffRole;
};
export type Demo = {
  readonly users: readonly DemoUser[];
  readonly inboxes: readonly { readonly name: string; readonly key: string }[];
};

/** `demo.json` in the data folder: how to get into the demo. For its owner alone, since it holds passwords. */
export class DemoFile {
  readonly #file: string;
  readonly #mark: string;

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, "demo.json");
    this.#mark = join(dataFolder, "demo.unfinished");
  }

  /** A start was cut off while it filled the desk: the next one goes on. */
  get isUnfinished(): boolean {
    return existsSync(this.#mark);
  }

  begin(): void {
    writeFileSync(this.#mark, "", { mode: 0o600 });
  }

  read(): Demo | undefined {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as Demo) : undefined;
  }

  /** Whole or not at all. With it the desk counts as filled. */
  write(url: string, { users, inboxes }: Demo): void {
    const draft = `${this.#file}.draft`;
    rmSync(draft, { force: true }); // an older one may have other rights
    writeFileSync(draft, `${JSON.stringify({ url, users, inboxes }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.#file);
    rmSync(this.#mark, { force: true });
  }
}
