import { limits } from "#protocol/limits.ts";
import { refuse, type Refusal } from "#protocol/refusals.ts";

/** C0 and C1 controls other than tab, line feed and carriage return; NUL among them cannot be stored at all. */
// eslint-disable-next-line no-control-regex -- naming the control characters is this line's purpose
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;
/** Joiners between marks do not end the pile that they make on the screen. */
const MARK_FLOOD = new RegExp(`(?:\\p{M}[\\u200C\\u200D]*){${limits.combiningRunMax + 1},}`, "u");
/** White space and what is drawn as nothing: an empty bubble, however many characters it has. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/** Why this text cannot be a message, or `undefined` when it can. The text itself is never changed. */
export function refuseText(text: string): Refusal | undefined {
  if (text.length > limits.messageMaxChars) return refuse("too_large");
  if (BLANK.test(text)) return refuse("empty_message");
  if (!text.isWellFormed() || CONTROLS.test(text) || MARK_FLOOD.test(text)) return refuse("unreadable_text");
  return undefined;
}
