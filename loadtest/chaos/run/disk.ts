import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "../../desk/guarded.ts";

const sizeMb = 1200;

/** A file system of our own for PostgreSQL's data, small enough to be filled. */
export class Disk {
  readonly folder: string;
  /** Why it cannot be filled here. */
  readonly cannot: string | undefined;

  private constructor(folder: string, cannot?: string) {
    this.folder = folder;
    this.cannot = cannot;
  }

  /** On a real disk by way of a file where that can be mounted, else in memory, else none. */
  static make(parent: string, guard: Guard): Disk {
    const folder = join(parent, "disk");
    mkdirSync(folder, { recursive: true });
    for (const mount of [mountFile, mountMemory])
      try {
        mount(parent, folder);
        guard.mounted(folder);
        chmodSync(folder, 0o711);
        return new Disk(folder);
      } catch (failure) {
        if (mount === mountMemory) return new Disk(folder, `no small disk can be mounted here (${firstLine(failure)})`);
      }
    return new Disk(folder, "no small disk can be mounted here");
  }

  /** What is not there cannot be filled. */
  static none(): Disk {
    return new Disk("", "PostgreSQL lives inside the node here");
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    try {
      execFileSync("fallocate", ["-l", `${bavail * bsize}`, this.#ballast], { stdio: "ignore" });
    } catch {
      writeFileSync(this.#ballast, Buffer.alloc(0)); // others wrote meanwhile: what is left is filled below
    }
    try {
      const block = Buffer.alloc(64 * 1024);
      for (;;) writeFileSync(this.#ballast, block, { flag: "a" });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "ENOSPC") throw failure;
    }
  }

  free(): void {
    if (this.cannot) return;
    rmSync(this.#ballast, { force: true });
  }

  get #ballast(): string {
    return join(this.folder, "ballast");
  }
}

function mountFile(parent: string, folder: string): void {
  const image = join(parent, "disk.img");
  writeFileSync(image, "");
  truncateSync(image, sizeMb * 1024 * 1024);
  run("mkfs.ext4", ["-q", "-F", "-m", "0", image]);
  run("mount", ["-o", "loop", image, folder]);
}

function mountMemory(_parent: string, folder: string): void {
  run("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m`, "tmpfs", folder]);
}

const run = (program: string, args: readonly string[]) =>
  void execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });

const firstLine = (failure: unknown): string =>
  String(failure instanceof Error ? failure.message : failure).split("\n")[0] ?? "";
