import { en } from "./en.ts";
import type { Plural } from "./plural.ts";

export type { Plural } from "./plural.ts";

/** A table of sentences, such as `en`, and the same table in another language. */
export type Table = Readonly<Record<string, string | Plural>>;
export type Translated<T extends Table> = { readonly [K in keyof T]: T[K] extends Plural ? Plural : string };
export type Values = Readonly<Record<string, string | number>>;

export type Word = keyof typeof en;
export type Words = Translated<typeof en>;

/** A language the pieces can speak. English is always there; others are loaded by the host and set once. */
export type Language = { readonly code: string; readonly rtl: boolean; readonly words: Words };

export const english: Language = { code: "en", rtl: false, words: en };

let current: Language = english;
let plurals = new Intl.PluralRules(english.code);

export const language = (): Language => current;

/** Set before the first drawing; the host puts `lang` and `dir` on its root. */
export function setLanguage(next: Language): void {
  current = next;
  plurals = new Intl.PluralRules(next.code);
}

/** The sentence for a word. A number goes in as `n`, written as the language writes numbers. */
export const say: (word: Word, values?: Values) => string = sayFrom(() => current.words);

/** A client's own `say`: `table` gives its sentences in the language that is spoken, by its code. */
export function sayFrom<T extends Table>(table: (code: string) => T): (word: keyof T, values?: Values) => string {
  return (word, values = {}) => sentence(table(current.code)[word] ?? "", values);
}

function sentence(entry: string | Plural, values: Values): string {
  const text = typeof entry === "string" ? entry : (entry[plurals.select(Number(values.n ?? 0))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (_whole, key: string) => filled(values[key]));
}

function filled(value: string | number | undefined): string {
  if (typeof value === "number") return value.toLocaleString(current.code);
  return value === undefined ? "" : isolated(value);
}

/** Names of the other direction, or with directions of their own, must not turn the sentence around them. */
function isolated(name: string): string {
  const other = current.rtl ? /[a-z]/i : /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  return other.test(name) || /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(name) ? `\u2068${name}\u2069` : name;
}
