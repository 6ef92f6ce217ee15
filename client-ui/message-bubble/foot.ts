import { html, nothing, type TemplateResult } from "lit";
import { emit } from "../events.ts";
import { circledMark, dashedRing, tick, ticks } from "../icons/glyphs.ts";
import type { MessageItem, MessageLine, SendState } from "../thread/thread-item.ts";
import { momentOf, timeOf } from "../words/dates.ts";
import { say } from "../words/words.ts";

const glyphs = {
  sending: dashedRing,
  kept: dashedRing,
  saved: tick,
  delivered: ticks,
  read: ticks,
  not_saved: circledMark,
} satisfies Record<SendState, () => TemplateResult>;

/** A state is a word and a shape, in this order. */
export const stateOf = (state: SendState, instead?: string): TemplateResult =>
  html`<span class="state ${state}"><span class="word">${instead ?? say(state)}</span>${glyphs[state]()}</span>`;

/** What stands under (or, short and wide enough, beside) a bubble. One per group, and wherever a state differs. */
export function foot(host: EventTarget, item: MessageItem): unknown {
  const { line, last, differs } = item;
  if (line.state === "not_saved") return refused(host, line);
  if (!last && !differs && !line.edited) return nothing;
  const message = line.kind === "message";
  const settled = line.state !== "sending" && line.state !== "kept";
  const parts = [
    last && !line.own && message && html`<bdi class="who">${line.author.name}</bdi>`,
    last && settled && message && time(line),
    line.edited && edited(host, line),
    line.own && line.state && (last || differs) && stateOf(line.state, line.problem),
  ].filter(Boolean);
  const dot = html`<span class="dot" aria-hidden="true">·</span>`;
  return html`<div class="foot ${last || line.edited ? "" : "mid"}">
    ${parts.map((part, at) => (at === 0 ? part : [dot, part]))}
  </div>`;
}

/** The refusal stands at the message, its text kept, with what can be done. */
function refused(host: EventTarget, line: MessageLine): TemplateResult {
  const { id } = line;
  const retry = () => emit(host, "rd-retry", { id });
  const discard = () => emit(host, "rd-discard", { id });
  return html`<div class="foot refused" role="group">
    <span class="state not_saved">${circledMark()}<span>${say("not_saved")} ${line.problem ?? nothing}</span></span>
    <span class="ways">
      ${line.mayRetry ? html`<button type="button" class="link" @click=${retry}>${say("retry")}</button>` : nothing}
      <button type="button" class="link" @click=${discard}>${say("discard")}</button>
    </span>
  </div>`;
}

const time = ({ at }: MessageLine) =>
  html`<time datetime=${new Date(at).toISOString()} title=${momentOf(at)}>${timeOf(at)}</time>`;

function edited(host: EventTarget, line: MessageLine): TemplateResult {
  const show = () => emit(host, "rd-history", { id: line.id });
  return line.may?.includes("history")
    ? html`<button type="button" class="link" @click=${show}>${say("edited")}</button>`
    : html`<span>${say("edited")}</span>`;
}
