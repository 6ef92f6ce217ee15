import { html, nothing, type TemplateResult } from "lit";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronRight } from "#client-ui/icons/paths.ts";
import type { Speaker } from "#client-ui/thread/thread-item.ts";
import { whenOf } from "#client-ui/words/dates.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { firstWords } from "../first-words.ts";
import { say } from "../words.ts";

/** One earlier conversation: who answers there, the last line, when, and how much of it is new. */
export function conversationCard(
  { unread, lastAt, lastLine, status }: CustomerConversation,
  face: Speaker | undefined,
  organisation: string,
  choose: () => void,
): TemplateResult {
  const mark = face
    ? html`<rd-avatar .person=${face} .size=${40}></rd-avatar>`
    : html`<span class="mark quiet">${door(20)}</span>`;
  return html`<button type="button" class="card" @click=${choose}>
    ${mark}
    <span class="text">
      <span class="line">
        <b><bdi>${face?.name || organisation || say("team")}</bdi></b>
        <small>${status === "closed" ? `${say("isClosedShort")} · ` : nothing}<time>${whenOf(lastAt)}</time></small>
      </span>
      <span class="last" dir="auto">${lastLine === null ? say("noMessageYet") : firstWords(lastLine)}</span>
    </span>
    ${unread > 0 ? count(unread) : icon(chevronRight, 16, true)}
  </button>`;
}

const count = (unread: number) =>
  html`<span class="count"
    ><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span
    ><span class="sr">${say("unread", { n: unread })}</span></span
  >`;
