const declared = /^- ([A-Z]{2}\d+) /gm;
const quoted = /\[([A-Z]{2}\d+)\]/g;

/** Rules of the specification that no test title quotes, and titles that quote a rule there is not. */
export function ruleProblems(spec: string, tests: ReadonlyMap<string, string>): string[] {
  const rules = matches(spec, declared);
  const families = new Set(rules.map(family));
  const cited = new Set<string>();
  const unknown: string[] = [];
  for (const [file, text] of tests)
    for (const id of matches(text, quoted)) {
      cited.add(id);
      if (families.has(family(id)) && !rules.includes(id)) unknown.push(`${file}: [${id}] is no rule of core/SPEC.md`);
    }
  const twice = rules.filter((id, index) => rules.indexOf(id) !== index);
  return [
    ...twice.map((id) => `core/SPEC.md: ${id} is there twice`),
    ...rules.filter((id) => !cited.has(id)).map((id) => `core/SPEC.md: no test quotes [${id}]`),
    ...new Set(unknown),
  ];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, id = ""]) => id);
}

function family(id: string): string {
  return id.slice(0, 2);
}
