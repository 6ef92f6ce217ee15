// One of several processes that want the same folder at the same moment. Forked by folder-lock.test.ts.
import { lockFolder } from "../folder-lock.ts";

process.on("message", (folder: string) => {
  lockFolder(folder).then(
    () => process.send?.("mine"),
    (error: Error) => process.send?.(error.message),
  );
});
process.send?.("loaded");
