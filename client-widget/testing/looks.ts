/** Every state of the widget, one address each: `looks.html?look=conversation&theme=dark&lang=ar`. */
import "../app.ts";
import "../conversation/define.ts";
import { loadMarkdown } from "#client-ui/markdown/load-markdown.ts";
import { speak } from "../words.ts";
import { arabic, arabicWords } from "./arabic.ts";
import { looks } from "./rehearsed-looks.ts";

const asked = new URLSearchParams(location.search);
const look = looks[asked.get("look") ?? "conversation"];
if (!look) throw new Error(`There is no such look. There are: ${Object.keys(looks).join(", ")}`);

if (asked.get("lang") === "ar") {
  speak(arabic, arabicWords);
  document.documentElement.dir = "rtl";
}
await loadMarkdown();
const widget = document.createElement("roomdesk-widget");
widget.inbox = "looks";
widget.theme = asked.get("theme") ?? "light";
await look(widget, asked.get("lang") === "ar");
