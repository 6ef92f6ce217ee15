import { language, say } from "./words.ts";

const dayMs = 24 * 60 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** "14:06", or "2:06 pm" where the reader's own locale writes it so. */
export const timeOf = (at: number): string => format({ hour: "2-digit", minute: "2-digit" }).format(at);

/** For tooltips: everything. */
export const momentOf = (at: number): string => format({ dateStyle: "full", timeStyle: "short" }).format(at);

/** "Today", "Yesterday", "Thursday 19 November", with the year when it is another one. */
export function dayOf(at: number, now: number = Date.now()): string {
  const ago = startOfDay(now) - startOfDay(at);
  if (ago === 0) return say("today");
  // Days of 23 and 25 hours exist.
  if (ago > 0 && ago <= dayMs * 1.1) return say("yesterday");
  const otherYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  return format({ weekday: "long", day: "numeric", month: "long", ...(otherYear && { year: "numeric" }) }).format(at);
}

/** For lists, where there is little room: the time of today, else "Yesterday", "Thursday", "19 Nov", "19 Nov 2025". */
export function whenOf(at: number, now: number = Date.now()): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  if (days === 0) return timeOf(at);
  if (days === 1) return say("yesterday");
  if (days > 1 && days < 7) return format({ weekday: "long" }).format(at);
  const otherYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  return format({ day: "numeric", month: "short", ...(otherYear && { year: "numeric" }) }).format(at);
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Making a format is slow, so each is made once. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = localeOf();
  const key = locale + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** The reader's own region of the language spoken: it decides about 24 hours. */
function localeOf(): string {
  const { code } = language();
  return navigator.languages.find((own) => own.split("-")[0] === code) ?? (code === "en" ? "en-GB" : code);
}
