import { html, type TemplateResult } from "lit";
import { lexer, type Token, type Tokens } from "marked";
import { link, safeLink, withLinks, withMentions } from "./plain.ts";

/** Deeper nesting than anybody writes is drawn as the text it is. */
const deepest = 6;
/** The lexer's time for emphasis grows with the square of the marks: above this a text is not markdown but an attack. */
const mostMarks = 500;

/**
 * Markdown as Lit templates. Whatever is not on this list is drawn as the text it was written as: images, HTML,
 * tables, foreign addresses. No markup is ever made from a string.
 */
export function renderMarkdown(text: string): unknown {
  if ((text.match(/[*_~]/g)?.length ?? 0) > mostMarks) return paragraph(withLinks(text));
  try {
    return blocks(lexer(text, { gfm: true, breaks: true }), 0);
  } catch (error) {
    console.warn(error); // a text the lexer stumbles over is still a text
    return paragraph(withLinks(text));
  }
}

const blocks = (tokens: readonly Token[], depth: number): unknown[] => tokens.map((token) => block(token, depth));

function block(token: Token, depth: number): unknown {
  if (depth > deepest) return paragraph(token.raw);
  switch (token.type) {
    case "space":
      return "";
    case "paragraph":
    case "text":
      return paragraph(inlines(token, depth));
    case "heading":
      return paragraph(html`<strong>${inlines(token, depth)}</strong>`);
    case "code":
      return pre(codeOf(token as Tokens.Code));
    case "table":
      return pre(token.raw.trimEnd());
    case "hr":
      return paragraph(token.raw.trim());
    case "blockquote":
      return html`<blockquote dir="auto">${blocks(childrenOf(token), depth + 1)}</blockquote>`;
    case "list":
      return list(token as Tokens.List, depth);
    default:
      return paragraph(token.raw.trim());
  }
}

/** Each block finds its own direction and keeps it to itself: `dir=auto` isolates. */
const paragraph = (content: unknown): TemplateResult => html`<p dir="auto">${content}</p>`;

const pre = (text: string): TemplateResult => html`<pre dir="ltr"><code>${text}</code></pre>`;

/** What stands behind the fence is shown when it is more than a language, or all there is: nothing anybody wrote disappears. */
const codeOf = ({ text, lang = "", raw }: Tokens.Code): string =>
  text.trim() === "" || /\s/.test(lang.trim()) ? raw.trimEnd() : text;

function list(token: Tokens.List, depth: number): TemplateResult {
  const items = token.items.map((item) => html`<li dir="auto">${listItem(item, depth + 1)}</li>`);
  return token.ordered
    ? html`<ol start=${Number(token.start) || 1} dir="auto">
        ${items}
      </ol>`
    : html`<ul dir="auto">
        ${items}
      </ul>`;
}

function listItem(item: Tokens.ListItem, depth: number): unknown {
  const box = item.task ? (item.checked ? "☑ " : "☐ ") : "";
  if (depth > deepest) return paragraph(item.raw);
  const children = item.tokens.filter((token) => token.type !== "checkbox");
  const parts = children.map((token) => (token.type === "text" ? inlines(token, depth) : block(token, depth)));
  return [box, ...parts];
}

function inlines(token: Token, depth: number): unknown {
  const children = childrenOf(token);
  return children.length > 0 ? children.map((child) => inline(child, depth + 1)) : plainOf(token);
}

function inline(token: Token, depth: number): unknown {
  if (depth > deepest * 2) return token.raw;
  switch (token.type) {
    case "text":
      return inlines(token, depth);
    case "escape":
      return (token as Tokens.Escape).text;
    case "strong":
      return html`<strong>${inlines(token, depth)}</strong>`;
    case "em":
      return html`<em>${inlines(token, depth)}</em>`;
    case "del":
      return html`<del>${inlines(token, depth)}</del>`;
    case "codespan":
      return html`<code>${(token as Tokens.Codespan).text}</code>`;
    case "br":
      return html`<br />`;
    case "link":
      return anchor(token as Tokens.Link, depth);
    default:
      return token.raw;
  }
}

/** A link whose words name another place than the one it leads to shows where it leads. */
function anchor(token: Tokens.Link, depth: number): unknown {
  const href = safeLink(token.href);
  if (!href) return token.raw;
  return link(href, posesAsAnother(token.text, href) ? href : inlines(token, depth));
}

function posesAsAnother(words: string, href: string): boolean {
  if (/\p{Bidi_Control}/u.test(words)) return true;
  const named = /(?:^|[\s/@])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/u.exec(words)?.[1]?.toLowerCase();
  if (!named) return false;
  const { host, pathname } = new URL(href);
  return !(host || pathname).endsWith(named);
}

const childrenOf = (token: Token): readonly Token[] => ("tokens" in token && token.tokens ? token.tokens : []);

const plainOf = (token: Token): unknown => (token.type === "text" ? withMentions(token.raw) : token.raw);
