// For editors and `npx depcruise`; `npm run check` cruises with the same rules (scripts/ladder/).
import { entries } from "./scripts/ladder/entries.ts";
import { rules } from "./scripts/ladder/rules.ts";

export default {
  forbidden: rules(entries(import.meta.dirname)),
  options: { tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" }, exclude: { path: "^dist/" } },
};
