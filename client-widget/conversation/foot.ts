import { html, nothing } from "lit";
import { doorShut, nothingYet } from "#client-ui/drawings/plans.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronRight, message, refresh } from "#client-ui/icons/paths.ts";
import type { Notice, Problem } from "#client-sdk/problem.ts";
import { say } from "../words.ts";

/** Before the first word: the door is open, the chair is free. */
export const empty = () =>
  html`<rd-empty-state
    slot="empty"
    .drawing=${nothingYet()}
    .heading=${say("firstLine")}
    .text=${say("mayClose")}
  ></rd-empty-state>`;

/** Something the customer should know although everything goes on. */
export function notice(what: Notice | null, dismiss: () => void): unknown {
  if (!what) return nothing;
  const sentences = {
    outbox_not_persistent: say("notPersistent"),
    outbox_expired: say("expired"),
    storage_blocked: say("storageBlocked"),
  } satisfies Record<Notice, string>;
  return html`<p class="notice" role="status">
    <span>${sentences[what]}</span>
    <button type="button" class="link" @click=${dismiss}>${say("dismiss")}</button>
  </p>`;
}

/** In place of the composer when the conversation was closed: it may always be taken up again. */
export function closed(isGoingOn: boolean, goOn: () => void, startNew: () => void): unknown {
  return html`<div class="ending">
    <p>${say("isClosed")}</p>
    <div class="ways">
      ${way(refresh, isGoingOn ? say("goingOn") : say("goOn"), goOn, isGoingOn)}
      ${way(message, say("startNew"), startNew)}
    </div>
  </div>`;
}

/** In place of the composer when the desk lets this conversation not go on. What was written stays above. */
export function stopped({ code, say: sentence }: Problem, isEmpty: boolean, startNew: () => void): unknown {
  const text = code === "not_signed_in" ? say("signedOut") : sentence;
  const start = html`<button type="button" class="button primary large" @click=${startNew}>${say("startNew")}</button>`;
  return isEmpty
    ? html`<rd-empty-state
        class="ending alone"
        role="alert"
        .drawing=${doorShut()}
        .heading=${say("cannotGoOn")}
        .text=${text}
      >
        ${start}
      </rd-empty-state>`
    : html`<div class="ending" role="alert">
        <h3>${say("cannotGoOn")}</h3>
        <p>${text}</p>
        ${start}
      </div>`;
}

const way = (path: string, label: string, take: () => void, isBusy = false) =>
  html`<button type="button" class="way" aria-disabled=${isBusy ? "true" : nothing} @click=${isBusy ? nothing : take}>
    ${icon(path, 18)}<span>${label}</span>${icon(chevronRight, 16, true)}
  </button>`;
