import { draw } from "./docs/drawing.ts";
import { root } from "./run.ts";

await draw(root);
console.log("ARCHITECTURE.md shows the imports as they are");
