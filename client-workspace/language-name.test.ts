import { expect, test } from "vitest";
import { languageName } from "./language-name.ts";

test("a language is called by its name", () => {
  expect(languageName("en-GB", "en")).toBe("British English");
  expect(languageName("nl", "en")).toBe("Dutch");
});

test("what is no language tag is shown as it came", () => {
  expect(languageName("not a tag", "en")).toBe("not a tag");
});
