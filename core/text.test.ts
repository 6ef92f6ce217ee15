import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { difficultTexts } from "#core/contract/texts.ts";
import { limits } from "#protocol/limits.ts";
import { ana } from "./testing/people.ts";
import { Talk } from "./testing/talk.ts";
import { refuseText } from "./text.ts";

/** Any UTF-16 code unit, lone surrogates too, and mostly such as people write. */
const unit = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.nat(0xffff).map((code) => String.fromCharCode(code)) },
);

describe("texts", () => {
  test.each(difficultTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
    "[TX1] %s is kept exactly as it was written",
    (_, text) => expect(new Talk().say(ana, text)).toMatchObject({ body: text }),
  );

  test("[TX1] whatever may be said is said unchanged, and nothing makes the rule throw", () => {
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 5000 }).map((units) => units.join("")),
        (body) => {
          const decided = new Talk().try(ana, { type: "message.send", body });
          if ("refused" in decided) expect(decided.refused).toMatch(/^(empty_message|too_large|unreadable_text)$/);
          else expect(decided.at(-1)).toMatchObject({ body });
        },
      ),
    );
  });

  test.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["line breaks and tabs", "\n\t\r\n"],
    ["no-break and ideographic spaces", "\u00a0\u3000\u2003"],
    ["zero-width characters", "\u200b\u200d\u2060\ufeff"],
    ["soft hyphens and fillers", "\u00ad\u3164\u115f"],
  ])("[TX2] %s is refused with empty_message", (_, text) =>
    expect(refuseText(text)).toEqual({ refused: "empty_message" }),
  );

  test("[TX3] a text of the limit is taken, one character more is refused with too_large", () => {
    expect(refuseText("x".repeat(limits.messageMaxChars))).toBeUndefined();
    expect(refuseText("x".repeat(limits.messageMaxChars + 1))).toEqual({ refused: "too_large" });
    expect(refuseText(" ".repeat(100_000))).toEqual({ refused: "too_large" });
  });

  test.each([
    ["NUL", "a\u0000b"],
    ["an escape sequence", "\u001b[31mred"],
    ["a C1 control", "a\u0085b"],
    ["delete", "a\u007fb"],
    ["a lone high surrogate", "a\ud83d"],
    ["a lone low surrogate", "\ude00b"],
    ["a flood of combining marks", `z${"\u0335".repeat(17)}`],
    ["a flood with joiners between", `z${"\u0335\u200d".repeat(17)}`],
  ])("[TX4] %s is refused with unreadable_text", (_, text) =>
    expect(refuseText(text)).toEqual({ refused: "unreadable_text" }),
  );

  test.each([
    ["living scripts", "ท้อง นี้ ལྷོ ཧཱུྃ Việt Nam Ệ"],
    ["sixteen marks", `z${"\u0335".repeat(16)}`],
    ["emoji of many parts", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩🏽‍❤️‍💋‍👨🏿"],
    ["right-to-left overrides", "exe.\u202egpj\u202c"],
    ["tabs and line breaks", "a\tb\nc\r\nd"],
  ])("[TX4] %s are taken", (_, text) => expect(refuseText(text)).toBeUndefined());
});
