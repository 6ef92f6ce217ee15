/** Settings the server reads and `.env.example` does not explain, and the other way round. */
export function settingProblems(example: string, settings: readonly string[]): string[] {
  const explained = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
  return [
    ...settings.filter((name) => !explained.includes(name)).map((name) => `.env.example: ${name} is not explained`),
    ...explained.filter((name) => !settings.includes(name)).map((name) => `.env.example: nothing reads ${name}`),
  ];
}
