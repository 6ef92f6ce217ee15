/**
 * One or two letters of a name: the first of the first word and of the last one that begins with a letter and is no code.
 * Scripts that join their letters, or write a word in one sign, get one.
 */
export function initials(name: string): string {
  const words = name.normalize("NFC").match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  const first = letterOf(words[0]);
  const last = words
    .slice(1)
    .reverse()
    .find((word) => /^\p{L}/u.test(word) && !isCode(word));
  const both = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(first);
  return (both && last ? first + letterOf(last) : first) || "·";
}

/** Which of the eight tints a person has, everywhere and always. */
export function tintOf(id: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619);
  return ((hash ^ (hash >>> 15)) >>> 0) % 8;
}

/** As in "Visitor 7F2C": who has no name yet has the same letter, whatever tells them apart. */
const isCode = (word: string) => /\p{N}/u.test(word) || /^[A-F]{4}$/.test(word);

const letterOf = (word: string | undefined) => (word ? ([...word][0] ?? "").toLocaleUpperCase() : "");
