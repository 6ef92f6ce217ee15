import { html, type TemplateResult } from "lit";

/** Where a link may go. Everything else stays the text it is. */
export function safeLink(address: string): string | undefined {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // not an absolute address
    throw error;
  }
}

/** A link out of the page: the other side learns neither where it was pressed nor gets hold of the window. */
export const link = (href: string, content: unknown): TemplateResult =>
  html`<a href=${href} title=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${content}</a>`;

const mention = "(?<![\\p{L}\\p{N}])@\\p{L}[\\p{L}\\p{N}_-]*";
const address = `\\bhttps?:\\/\\/[^\\s<>"'\\p{Bidi_Control}]+`;
const mentions = new RegExp(mention, "gu");
const marks = new RegExp(`${address}|${mention}`, "giu");

/** Text as it was written, with addresses that can be pressed, and mentions that a note can tint. */
export const withLinks = (text: string): unknown[] => marked(text, marks);

/** For texts whose links were found already: a link in a link would show its words twice. */
export const withMentions = (text: string): unknown[] => marked(text, mentions);

function marked(text: string, what: RegExp): unknown[] {
  const parts: unknown[] = [];
  let from = 0;
  for (const found of text.matchAll(what)) {
    const mark = found[0].startsWith("@") ? found[0] : withoutTail(found[0]);
    const href = mark.startsWith("@") ? undefined : safeLink(mark);
    if (!href && !mark.startsWith("@")) continue;
    parts.push(text.slice(from, found.index), href ? link(href, mark) : html`<span class="mention">${mark}</span>`);
    from = found.index + mark.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The full stop after an address ends the sentence, and a closing bracket belongs to it only with its opening one. */
function withoutTail(address: string): string {
  const cut = address.replace(/[.,;:!?…*_~]+$/u, "");
  if (!/[)\]}]$/.test(cut)) return cut;
  const [open, close] = cut.endsWith(")") ? ["(", ")"] : cut.endsWith("]") ? ["[", "]"] : ["{", "}"];
  return cut.split(close).length > cut.split(open).length ? withoutTail(cut.slice(0, -1)) : cut;
}
