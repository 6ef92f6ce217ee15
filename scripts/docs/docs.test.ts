import { expect, test } from "vitest";
import { numberProblems } from "./numbers.ts";
import { refusalProblems } from "./refusals.ts";
import { ruleProblems } from "./rule-ids.ts";
import { settingProblems } from "./settings.ts";
import { mermaid } from "./drawing.ts";

const spec = "## Conversations\n- CV1 Events are numbered.\n- CV2 A repeated key changes nothing.\n";

test("a rule no test quotes is named, and so is a quoted rule that is not there", () => {
  const tests = new Map([["a.test.ts", `test("[CV1] one", …); test("[CV9] nine", …); test("[N12] foreign", …);`]]);
  expect(ruleProblems(spec, tests)).toEqual([
    "core/SPEC.md: no test quotes [CV2]",
    "a.test.ts: [CV9] is no rule of core/SPEC.md",
  ]);
});

test("a specification whose rules are all quoted is silent", () => {
  expect(ruleProblems(spec, new Map([["a.test.ts", "[CV1] [CV2]"]]))).toEqual([]);
});

test("a rule number used twice is named", () => {
  expect(ruleProblems(`${spec}- CV2 Again.\n`, new Map([["a.test.ts", "[CV1] [CV2]"]]))).toEqual([
    "core/SPEC.md: CV2 is there twice",
  ]);
});

const sources = { limits: { messageMaxChars: 4000, frameMaxBytes: 262_144 } };

test("a number that says what its source says is silent, however it is written", () => {
  const page = "At most <!--=limits.messageMaxChars-->4,000 characters, <!--=limits.frameMaxBytes/1024-->256 KiB.";
  expect(numberProblems("README.md", page, sources)).toEqual([]);
  expect(numberProblems("README.md", "<!--=limits.messageMaxChars-->4000.", sources)).toEqual([]);
});

test("a number that has fallen behind is named, and so is one without a source", () => {
  const page = "<!--=limits.messageMaxChars-->5000 <!--=limits.gone-->1 <!--=limits.messageMaxChars-->many";
  expect(numberProblems("README.md", page, sources)).toEqual([
    "README.md: limits.messageMaxChars is 4000, the page says 5000",
    "README.md: there is no limits.gone",
    "README.md: limits.messageMaxChars is 4000, the page says nothing",
  ]);
});

test("a refusal without a sentence of its own is named", () => {
  const refusals = {
    good: { say: "One moment, please." },
    empty: { say: "" },
    code: { say: "too_fast" },
    twin: { say: "One moment, please." },
  };
  expect(refusalProblems(refusals)).toEqual([
    'protocol/refusals.ts: empty needs a sentence, not ""',
    'protocol/refusals.ts: code needs a sentence, not "too_fast"',
    "protocol/refusals.ts: twin says what good says",
  ]);
});

test("a setting that is read and not explained is named, and one that is explained and not read", () => {
  expect(settingProblems("# Port.\n#PORT=3000\nGONE=1\n", ["PORT", "HOST"])).toEqual([
    ".env.example: HOST is not explained",
    ".env.example: nothing reads GONE",
  ]);
});

test("the drawing has an arrow for each crossing, dotted where only types cross, and none for tests", () => {
  const types = ["local", "type-only", "import"];
  const drawing = mermaid([
    { source: "core/decide.ts", dependencies: [{ resolved: "protocol/people.ts", dependencyTypes: types }] },
    { source: "db/log.ts", dependencies: [{ resolved: "core/ports.ts", dependencyTypes: types }] },
    { source: "db/open.ts", dependencies: [{ resolved: "core/text.ts", dependencyTypes: ["local", "import"] }] },
    { source: "rooms/room.test.ts", dependencies: [{ resolved: "client-sdk/link.ts", dependencyTypes: types }] },
  ]);
  expect(drawing.split("\n").filter((line) => line.includes(">") && !line.includes("<b>"))).toEqual([
    "  core -.-> protocol",
    "  db --> core",
  ]);
});
