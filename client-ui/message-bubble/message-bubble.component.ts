import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { lock, ellipsis } from "../icons/paths.ts";
import { icon } from "../icons/icon.ts";
import { MarkdownController, renderText } from "../markdown/load-markdown.ts";
import { base } from "../theme/base.styles.ts";
import { momentOf, timeOf } from "../words/dates.ts";
import { say } from "../words/words.ts";
import type { MessageItem, MessageLine } from "../thread/thread-item.ts";
import { footStyles } from "./foot.styles.ts";
import { foot, stateOf } from "./foot.ts";
import { bubbleStyles } from "./message-bubble.styles.ts";
import { noteStyles } from "./note.styles.ts";
import { textStyles } from "./text.styles.ts";

/** One message or note, in every state it can be in. Its size does not depend on its state. */
export class RdMessageBubble extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, bubbleStyles, noteStyles, footStyles, textStyles];
  static override properties = {
    item: { attribute: false, hasChanged: (now: MessageItem, before?: MessageItem) => !sameItem(now, before) },
    avatars: { type: Boolean, reflect: true },
  };

  declare item: MessageItem;
  /** Beside what others wrote. The thread's host sees to `rd-avatar` being defined. */
  declare avatars: boolean;

  constructor() {
    super();
    this.avatars = false;
    new MarkdownController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasAttribute("role")) this.setAttribute("role", "article");
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { author, own, at, kind } = this.item.line;
    const name = own ? say("you") : author.name;
    const label = say("messageBy", { name, time: timeOf(at) });
    this.setAttribute("aria-label", kind === "note" ? `${say("note")}: ${label}` : label);
  }

  protected override render(): unknown {
    return this.item.line.kind === "note" ? this.#note() : this.#message();
  }

  #message(): unknown {
    const { line, first, last, differs } = this.item;
    const side = line.own ? "own" : "their";
    const shape = [first && "first", (last || differs) && "last", isShort(line) && "short"].filter(Boolean).join(" ");
    return html`<div class="row ${side} ${shape}">
      ${this.avatars && !line.own ? this.#avatar(last, 28) : nothing}
      <div class="hold">
        <div class="bubble ${surface(line)}" part="bubble">${text(line)}</div>
        ${this.#more()}
      </div>
      ${foot(this, this.item)}
    </div>`;
  }

  #note(): unknown {
    const { line } = this.item;
    return html`<div class="row first">
      <div class="hold note ${surface(line)}" part="note">
        ${this.#avatar(true, 24)}
        <div class="sheet">
          <div class="head">
            <b><bdi>${line.author.name}</bdi></b> ${icon(lock, 12)} <span>${say("teamOnly")}</span>
            <span class="when">${line.state && line.state !== "saved" ? stateOf(line.state) : noteTime(line)}</span>
          </div>
          <div class="text">${text(line)}</div>
        </div>
        ${this.#more()}
      </div>
      ${line.state === "not_saved" || line.edited ? foot(this, this.item) : nothing}
    </div>`;
  }

  #avatar(shown: boolean, size: number): unknown {
    const { author } = this.item.line;
    return html`<span class="face"
      >${shown ? html`<rd-avatar .person=${author} .size=${size}></rd-avatar>` : nothing}</span
    >`;
  }

  /** Not a tab stop: the thread is one, and Enter on a message opens the same menu. */
  #more(): unknown {
    if (!hasMenu(this.item.line)) return nothing;
    return html`<button
      class="more"
      type="button"
      tabindex="-1"
      aria-haspopup="menu"
      aria-label=${say("actions")}
      @click=${() => this.openMenu()}
    >
      ${icon(ellipsis)}
    </button>`;
  }

  /** Asks the thread for its menu, beside the button. */
  openMenu(): void {
    const anchor = this.renderRoot.querySelector(".more");
    if (anchor) this.dispatchEvent(new CustomEvent("rd-menu", { detail: anchor, bubbles: true, composed: true }));
  }
}

const hasMenu = (line: MessageLine) => (line.may ?? []).some((action) => action !== "history");

/** Leaves room for the longest state beside it, where the thread is wide enough. Wide signs count twice. */
function isShort({ body }: MessageLine): boolean {
  if (body === null || body.includes("\n")) return false;
  return body.length <= (/[\u2e80-\u{3ffff}]/u.test(body) ? 18 : 36);
}

const noteTime = ({ at }: MessageLine) => html`<time title=${momentOf(at)}>${timeOf(at)}</time>`;

function surface(line: MessageLine): string {
  if (line.deletedBy !== undefined || line.body === null) return "gone";
  return line.state === "kept" ? "sending" : (line.state ?? "");
}

function text(line: MessageLine): unknown {
  if (line.deletedBy !== undefined) return html`<p>${deletion(line.own, line.deletedBy)}</p>`;
  return line.body === null ? html`<p>${say("unreadable")}</p>` : renderText(line.body);
}

function deletion(own: boolean, name: string): string {
  if (name !== "") return say("deletedBy", { name });
  return say(own ? "deletedOwn" : "deletedSome");
}

/** Hosts make new lines on every change; a bubble is drawn again only when something in its own differs. */
function sameItem(one: MessageItem, other: MessageItem | undefined): boolean {
  if (!other || one.first !== other.first || one.last !== other.last || one.differs !== other.differs) return false;
  return one.line === other.line || sameLine(one.line, other.line);
}

function sameLine(one: MessageLine, other: MessageLine): boolean {
  const { author, may, ...rest } = one;
  if (author.id !== other.author.id || author.name !== other.author.name) return false;
  if (String(may ?? "") !== String(other.may ?? "")) return false;
  return (Object.keys(rest) as (keyof typeof rest)[]).every((key) => one[key] === other[key]);
}
