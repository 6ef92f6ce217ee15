/** "British English" for "en-GB", in the reader's own language; the tag itself where nobody knows its name. */
export function languageName(tag: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // a browser may say anything; what is no language tag is shown as it came
  }
}
