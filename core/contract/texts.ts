/** Texts that stores, wires and screens like to spoil; all of them may be said. */
export const difficultTexts: readonly string[] = [
  " kept with its spaces \t",
  "line one\nline two\r\nline three",
  "café cafe\u0301", // composed and decomposed: not the same bytes, both kept
  "日本語 한국어 ไทย",
  "مرحبا بالعالم \u202eright to left\u202c",
  "👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇭",
  "'; drop table chat_events; --",
  '{"$where": 1, "__proto__": {}} \\u0000 %00 \\x00',
  "<img src=x onerror=alert(1)>",
  "null",
  "x".repeat(4000),
  "𝒳".repeat(2000),
];
