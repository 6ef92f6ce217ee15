import { html, nothing, type TemplateResult } from "lit";
import { door } from "#client-ui/icons/glyphs.ts";
import { answering } from "../attention.ts";
import type { Chat } from "../chat.ts";
import { say } from "../words.ts";

/** Who answers, and whether they are here. While the connection is down we do not know, and say nothing. */
export function headOf(chat: Chat, organisation: string): TemplateResult {
  const face = answering(chat);
  if (!face) return nobodyYet(chat, organisation);
  const isHere = isLive(chat) && (chat.header?.members.some(({ id, online }) => id === face.id && online) ?? false);
  return html`<rd-avatar .person=${face} .size=${40} .presence=${isHere ? "online" : ""}></rd-avatar>
    <div class="who">
      <h2><bdi>${face.name || organisation || say("team")}</bdi></h2>
      <p>
        ${isHere ? html`<span class="here" aria-hidden="true"></span>` : nothing}<bdi>${organisation}</bdi>${isHere ? html` · ${say("hereNow")}` : nothing}
      </p>
    </div>`;
}

const nobodyYet = ({ conversationId, isLoading }: Chat, organisation: string) =>
  html`<span class="mark">${door(20, true)}</span>
    <div class="who">
      <h2><bdi>${organisation || say("team")}</bdi></h2>
      ${isLoading ? nothing : html`<p>${say(conversationId === null ? "newConversation" : "somebodyAnswers")}</p>`}
    </div>`;

const isLive = ({ connection }: Chat) => connection === "online" || connection === "back";
