import { html, type TemplateResult } from "lit";
import { door } from "../icons/glyphs.ts";
import { dayOf, timeOf } from "../words/dates.ts";
import { say } from "../words/words.ts";
import type { ThreadItem } from "./thread-item.ts";

/** One row of a thread, the same in both hosts. `data-id` is how a thread finds its rows again. */
export function row(item: ThreadItem, avatars: boolean): TemplateResult {
  switch (item.kind) {
    case "date":
      return html`<div class="date" data-id=${item.id}><span>${dayOf(item.at)}</span></div>`;
    case "new":
      return html`<div class="new" data-id=${item.id}><bdi>${say("newMessages", { n: item.count })}</bdi></div>`;
    case "system":
      return html`<div class="system" data-id=${item.id}>
        ${door()}<span><bdi>${item.line.text}</bdi> · <time>${timeOf(item.line.at)}</time></span>
      </div>`;
    case "message":
      return html`<rd-message-bubble
        data-id=${item.id}
        tabindex="-1"
        .item=${item}
        .avatars=${avatars}
      ></rd-message-bubble>`;
  }
}
