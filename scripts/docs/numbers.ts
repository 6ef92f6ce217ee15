// In a page: `at most <!--=limits.messageMaxChars-->4,000 characters`, or `<!--=limits.frameMaxBytes/1024-->256 KiB`.
const marked = /<!--=([\w.]+)(?:\/(\d+))?-->\s*([\d][\d.,_ ]*)?/g;

export type Sources = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Numbers in a page that no longer say what their source says. */
export function numberProblems(file: string, page: string, sources: Sources): string[] {
  return [...page.matchAll(marked)].flatMap(([, name = "", divisor = "1", written = ""]) => {
    const [table = "", ...key] = name.split(".");
    const value = sources[table]?.[key.join(".")];
    if (value === undefined) return [`${file}: there is no ${name}`];
    const meant = value / Number(divisor);
    const said = Number(written.trim().replaceAll(/[,_ ]|\.$/g, ""));
    return written !== "" && said === meant
      ? []
      : [`${file}: ${name} is ${meant}, the page says ${written.trim() || "nothing"}`];
  });
}
