/** What the loader fetches, and what `import "roomdesk/widget"` gives: the element, registered. */
import "./define.ts";

export { RoomdeskWidget } from "./widget.component.ts";
export type { RoomdeskFunction, WidgetCommands, WidgetEvents, WidgetOptions } from "./commands.ts";
