import { html, render } from "lit";
import { expect, onTestFinished, test, vi } from "vitest";
import "../avatar/define.ts";
import "../message-bubble/define.ts";
import type { RdMessageBubble } from "../message-bubble/message-bubble.component.ts";
import { ben, line } from "../testing/people.ts";
import { frame, inside, mount } from "../testing/stage.ts";
import { xssVectors } from "../testing/xss-vectors.ts";
import { loadMarkdown, renderText } from "./load-markdown.ts";
import { withLinks } from "./plain.ts";
import { renderMarkdown } from "./render-markdown.ts";

const allowed = ["p", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "br", "span"];
const attributes = ["href", "title", "target", "rel", "dir", "start", "class"];

function drawn(text: string, how: (text: string) => unknown = renderMarkdown): HTMLElement {
  const place = document.createElement("div");
  document.body.append(place);
  onTestFinished(() => place.remove());
  render(how(text), place);
  return place;
}
const markup = (text: string) => drawn(text).innerHTML.replace(/<!--.*?-->/g, "");

test("words behind a fence do not disappear", () => {
  expect(drawn("```\na\n```\n``` and more").textContent).toContain("and more");
  expect(drawn("```ts title and more\na\n```").textContent).toContain("title and more");
});

function expectInert(place: ParentNode): void {
  for (const element of place.querySelectorAll("*")) {
    expect(allowed).toContain(element.localName);
    for (const { name } of element.attributes) expect(attributes).toContain(name);
    if (!(element instanceof HTMLAnchorElement)) continue;
    expect(["http:", "https:", "mailto:"]).toContain(element.protocol);
    expect(element.rel).toBe("noopener noreferrer nofollow ugc");
    expect(element.target).toBe("_blank");
  }
}

test("[N30] none of 100 attacks comes alive, plain or as markdown", async () => {
  expect(new Set(xssVectors).size).toBeGreaterThanOrEqual(100);
  const pwned = vi.fn();
  vi.stubGlobal("pwned", pwned);
  for (const vector of xssVectors) {
    for (const how of [renderMarkdown, withLinks]) {
      const place = drawn(vector, how);
      expectInert(place);
      for (const link of place.querySelectorAll("a"))
        link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    }
  }
  await frame();
  await frame();
  expect(pwned).not.toHaveBeenCalled();
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("xss.invalid"));
  expect(asked).toEqual([]);
});

test("[N30] the attacks as names, refusals and who deleted are text too", async () => {
  const pwned = vi.fn();
  vi.stubGlobal("pwned", pwned);
  for (const name of xssVectors) {
    const of = line({ ...ben, name }, "x", { own: true, state: "not_saved", problem: name });
    const lines = [of, line({ ...ben, name }, name), line({ ...ben, name }, null, { deletedBy: name })];
    for (const each of lines) {
      const item = { kind: "message", id: each.id, line: each, first: true, last: true, differs: false } as const;
      const bubble = await mount<RdMessageBubble>(html`<rd-message-bubble avatars .item=${item}></rd-message-bubble>`);
      expect(
        bubble.shadowRoot?.querySelector("script, img, iframe, object, embed, form, [onerror], [onload]"),
      ).toBeNull();
    }
  }
  await frame();
  expect(pwned).not.toHaveBeenCalled();
});

test("what is not on the list is shown as it was written; nothing is lost", () => {
  const whole = (text: string) => drawn(text).textContent;
  expect(whole("<b>bold</b> & &amp;")).toBe("<b>bold</b> & &amp;");
  expect(whole("![alt](https://example.com/i.png)")).toBe("![alt](https://example.com/i.png)");
  expect(whole("[x](javascript:alert(1))")).toBe("[x](javascript:alert(1))");
  expect(whole("[a]: https://example.com")).toBe("[a]: https://example.com");
  expect(whole("<!-- a comment -->")).toBe("<!-- a comment -->");
  expect(whole("| a | b |\n|---|---|\n| 1 | 2 |")).toBe("| a | b |\n|---|---|\n| 1 | 2 |");
  expect(whole("---")).toBe("---");
});

test("each kind of markdown on the list becomes its element", () => {
  const p = (inner: string) => `<p dir="auto">${inner}</p>`;
  expect(markup("**a** *b* ~~c~~ `d`")).toBe(p("<strong>a</strong> <em>b</em> <del>c</del> <code>d</code>"));
  expect(markup("one\ntwo")).toBe(p("one<br>two"));
  expect(markup("# Title")).toBe(p("<strong>Title</strong>"));
  expect(markup("```\na <b>\n```")).toBe(`<pre dir="ltr"><code>a &lt;b&gt;</code></pre>`);
  expect(markup("```ts\na\n```")).toBe(`<pre dir="ltr"><code>a</code></pre>`);
  expect(markup("> quoted")).toBe(`<blockquote dir="auto">${p("quoted")}</blockquote>`);
  expect(markup("- a\n- b").replace(/\s+</g, "<")).toBe(
    `<ul dir="auto"><li dir="auto">a</li><li dir="auto">b</li></ul>`,
  );
  expect(drawn("3. a\n4. b").querySelector("ol")?.start).toBe(3);
  expect(drawn("- [x] done\n- [ ] open").textContent?.replace(/\s+/g, "")).toBe("☑done☐open");
});

test("addresses can be pressed, without the full stop or bracket after them", () => {
  const links = (text: string, how?: (text: string) => unknown) =>
    [...drawn(text, how).querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]);
  for (const how of [renderMarkdown, withLinks]) {
    expect(links("See https://example.com/a?b=c.", how)).toEqual([
      ["https://example.com/a?b=c", "https://example.com/a?b=c"],
    ]);
    expect(links("(https://example.com/a_(b))", how)).toEqual([
      ["https://example.com/a_(b)", "https://example.com/a_(b)"],
    ]);
    expect(links("ftp://example.com javascript:x", how)).toEqual([]);
  }
  expect(links("mail [us](mailto:a@example.com)")).toEqual([["us", "mailto:a@example.com"]]);
});

test("a link that poses as another shows where it leads", () => {
  const shown = (text: string) => drawn(text).querySelector("a")?.textContent;
  expect(shown("[https://bank.example](https://evil.example/bank.example)")).toBe("https://evil.example/bank.example");
  expect(shown("[bank.example](https://bank.example.evil.test)")).toBe("https://bank.example.evil.test/");
  expect(shown("[safe \u202e elpmaxe.knab](https://evil.example)")).toBe("https://evil.example/");
  expect(shown("[our page](https://example.com/here)")).toBe("our page");
  expect(shown("[www.example.com](https://www.example.com/x)")).toBe("www.example.com");
});

test("texts made to exhaust the lexer are drawn as they are, quickly", () => {
  const attacks = [
    ">".repeat(4000),
    "*a_".repeat(1333),
    "[".repeat(4000),
    "1. ".repeat(1333),
    `${"> ".repeat(1999)}a`,
    "- ".repeat(2000),
  ];
  for (const attack of attacks) {
    const began = performance.now();
    const place = drawn(attack);
    expect(performance.now() - began, attack.slice(0, 8)).toBeLessThan(500);
    expect(place.textContent?.length).toBeGreaterThan(1000);
    expectInert(place);
  }
});

test("mentions stand apart, e-mail addresses are none", () => {
  const mentions = (text: string) =>
    [...drawn(text, withLinks).querySelectorAll(".mention")].map((one) => one.textContent);
  expect(mentions("@Priya and @نورة, not a@example.com")).toEqual(["@Priya", "@نورة"]);
});

test("markdown that comes later is drawn into bubbles that are there", async () => {
  const of = line(ben, "**bold** https://example.com");
  const item = { kind: "message", id: of.id, line: of, first: true, last: true, differs: false } as const;
  const coming = loadMarkdown();
  const bubble = await mount<RdMessageBubble>(html`<rd-message-bubble .item=${item}></rd-message-bubble>`);
  expect(inside(bubble, ".bubble a").textContent).toBe("https://example.com");
  await coming;
  await expect.poll(() => bubble.shadowRoot?.querySelector("strong")?.textContent).toBe("bold");
  expect(renderText("x")).not.toBeUndefined();
});
