import { html, nothing, type TemplateResult } from "lit";
import { icon } from "#client-ui/icons/icon.ts";
import { close } from "#client-ui/icons/paths.ts";
import { whenOf } from "#client-ui/words/dates.ts";
import type { Teaser } from "../attention.ts";
import { firstWords } from "../first-words.ts";
import { say } from "../words.ts";

const justNowMs = 60_000;

/** The last unread message above the launcher. Read out politely when it comes, and never in the way. */
export function teaserCard(teaser: Teaser | null, open: () => void, hide: () => void): TemplateResult {
  return html`<div class="teasing" aria-live="polite">${teaser ? card(teaser, open, hide) : nothing}</div>`;
}

const card = ({ by, body, at }: Teaser, open: () => void, hide: () => void) =>
  html`<div class="teaser" part="teaser">
    <button type="button" class="said" @click=${open}>
      <rd-avatar .person=${by} .size=${36}></rd-avatar>
      <span class="words">
        <span class="by"
          ><b><bdi>${by.name || say("team")}</bdi></b
          ><small><time>${agoOf(at)}</time></small></span
        >
        <span class="body" dir="auto">${firstWords(body)}</span>
      </span>
    </button>
    <button type="button" class="hide" aria-label=${say("teaserClose")} @click=${hide}>${icon(close, 16)}</button>
  </div>`;

const agoOf = (at: number) => (Date.now() - at < justNowMs ? say("now") : whenOf(at));
