/** A message on one line, without the marks of its markdown: for lists and the teaser. */
export const firstWords = (body: string): string =>
  body
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, "")
    .replace(/\*\*|__|~~|`+/g, "")
    .replace(/\s+/g, " ")
    .trim();
