import { afterEach, expect, test } from "vitest";
import { en } from "./en.ts";
import { dayOf, timeOf, whenOf } from "./dates.ts";
import { english, type Language, say, sayFrom, setLanguage, type Translated, type Words } from "./words.ts";

afterEach(() => setLanguage(english));

test("a name is filled in", () => {
  expect(say("deletedBy", { name: "Priya" })).toBe("Deleted by Priya");
});

test("a plural is chosen by the rules of the language", () => {
  expect(say("charsLeft", { n: 1 })).toBe("1 character left");
  expect(say("charsLeft", { n: 1200 })).toBe("1,200 characters left");
  const words: Words = {
    ...en,
    charsLeft: { one: "{n} знак", few: "{n} знака", many: "{n} знаков", other: "{n} знака" },
  };
  setLanguage({ code: "ru", rtl: false, words });
  expect([1, 2, 5, 21].map((n) => say("charsLeft", { n }))).toEqual(["1 знак", "2 знака", "5 знаков", "21 знак"]);
});

test("a name of the other direction cannot turn the sentence around it", () => {
  expect(say("deletedBy", { name: "نورة" })).toBe("Deleted by \u2068نورة\u2069");
  expect(say("deletedBy", { name: "Pri\u202eya" })).toBe("Deleted by \u2068Pri\u202eya\u2069");
  setLanguage({ ...english, code: "ar", rtl: true } satisfies Language);
  expect(say("deletedBy", { name: "Priya" })).toBe("Deleted by \u2068Priya\u2069");
});

test("today and yesterday are said as such, older days by weekday, other years with the year", () => {
  const now = new Date(2026, 10, 19, 12).getTime();
  const day = (year: number, month: number, date: number) => dayOf(new Date(year, month, date, 23, 59).getTime(), now);
  expect(day(2026, 10, 19)).toBe("Today");
  expect(day(2026, 10, 18)).toBe("Yesterday");
  expect(day(2026, 10, 17)).toMatch(/^Tuesday,? /);
  expect(day(2025, 10, 19)).toMatch(/2025/);
  expect(day(2026, 10, 20)).toMatch(/^Friday,? /);
});

test("a time has hours and minutes", () => {
  expect(timeOf(new Date(2026, 10, 19, 14, 6).getTime())).toMatch(/^(14|02):06/);
});

test("in lists a moment is said as shortly as it can be", () => {
  const now = new Date(2026, 10, 19, 12).getTime();
  const when = (year: number, month: number, date: number) => whenOf(new Date(year, month, date, 9, 5).getTime(), now);
  expect(when(2026, 10, 19)).toMatch(/^0?9:05/);
  expect(when(2026, 10, 18)).toBe("Yesterday");
  expect(when(2026, 10, 13)).toBe("Friday");
  expect(when(2026, 10, 12)).toMatch(/12 Nov|Nov 12/);
  expect(when(2025, 10, 12)).toMatch(/2025/);
});

test("a client speaks from a table of its own, in the language that is set", () => {
  const table = { welcome: "Welcome, {name}", doors: { one: "{n} door", other: "{n} doors" } } as const;
  const tell = sayFrom<Translated<typeof table>>((code) =>
    code === "nl" ? { welcome: "Welkom, {name}", doors: { one: "{n} deur", other: "{n} deuren" } } : table,
  );
  expect([tell("welcome", { name: "Ana" }), tell("doors", { n: 2 })]).toEqual(["Welcome, Ana", "2 doors"]);
  setLanguage({ ...english, code: "nl" });
  expect([tell("welcome", { name: "Ana" }), tell("doors", { n: 1 })]).toEqual(["Welkom, Ana", "1 deur"]);
});
