import { chmodSync, globSync, lstatSync } from "node:fs";
import { join } from "node:path";

/** What is built is for everybody: one user may build, as root does in a fresh clone, and another may serve. */
export function openToReaders(folder: string, names = everythingIn(folder)): void {
  for (const name of names) {
    const path = join(folder, name);
    const now = lstatSync(path, { throwIfNoEntry: false });
    const wanted = now?.isDirectory() ? 0o755 : 0o644;
    const isOurs = now?.uid === process.getuid?.();
    if (now && isOurs && (now.mode & 0o777) !== wanted) chmodSync(path, wanted);
  }
}

// Without what another build is making beside ours.
const everythingIn = (folder: string): readonly string[] => [
  ".",
  ...globSync("**", { cwd: folder, exclude: (name) => name.startsWith(".") }),
];

/** Says it for people, when it is somebody else's folder that stands in the way. */
export function withheld(fault: unknown, folder: string): Error | undefined {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  if (!["EACCES", "EPERM", "EROFS"].includes(code)) return undefined;
  const sentence = `This user may not read or write ${folder} (${code}), where the clients are built.`;
  return new Error(`${sentence} Run "npm run build" as its owner, or delete it.`, { cause: fault });
}
