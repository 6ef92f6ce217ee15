import type { IForbiddenRuleType } from "dependency-cruiser";
import { beside, exceptions, judges, ladder, referenceFiles, testFiles, testLibraries, type Rung } from "./table.ts";

const folders = Object.keys(ladder);
const everything = [...folders, ...beside];
const tests = testFiles.map((file) => `^[^/]+/${file}`).concat("^e2e/");
const configs = "\\.config\\.ts$";
const installed = "(^|/)node_modules/";

/** The table as dependency-cruiser reads it. Each rule carries the sentence it defends. */
export function rules(entries: readonly string[]): IForbiddenRuleType[] {
  return [
    ...folders.flatMap((folder) => [...importRules(folder), ...nodeRules(folder)]),
    ...exceptions.flatMap(exceptionRules),
    ...judges.flatMap(judgeRules),
    ...houseRules,
    ...orphanRules(entries),
  ];
}

function importRules(folder: string): IForbiddenRuleType[] {
  const rung = rungOf(folder);
  const apart = exceptions.filter((one) => one.folder === folder).map((one) => `^${folder}/${one.file}`);
  const forTests = {
    imports: [...rung.imports, ...(rung.tests?.imports ?? [])],
    libraries: [...rung.libraries, ...testLibraries, ...(rung.tests?.libraries ?? [])],
  };
  const production = { path: inside([folder]), pathNot: [...tests, ...apart, configs] };
  const testing = { path: testFiles.map((file) => `^${folder}/${file}`) };
  return [
    forbidFolders(`${folder}-imports`, `${folder} may import`, production, [folder, ...rung.imports]),
    forbidFolders(`${folder}-test-imports`, `tests in ${folder} may import`, testing, [folder, ...forTests.imports]),
    forbidLibraries(`${folder}-libraries`, `${folder} may use`, production, rung.libraries),
    forbidLibraries(`${folder}-test-libraries`, `tests in ${folder} may use`, testing, forTests.libraries),
  ];
}

function exceptionRules({ folder, file, imports, libraries, why }: (typeof exceptions)[number]): IForbiddenRuleType[] {
  const rung = rungOf(folder);
  const from = { path: `^${folder}/${file}`, pathNot: tests };
  const who = `${folder}/${file} (${why}) may`;
  return [
    forbidFolders(`${folder}-imports`, `${who} import`, from, [folder, ...rung.imports, ...imports]),
    forbidLibraries(`${folder}-libraries`, `${who} use`, from, [...rung.libraries, ...libraries]),
  ];
}

function judgeRules({ folder, knows }: (typeof judges)[number]): IForbiddenRuleType[] {
  const from = { path: inside([folder]) };
  const others = folders.filter((one) => !folder.startsWith(one));
  const comment = `the judge knows nothing of the judged: ${folder} imports only ${knows.join(", ")}`;
  return [
    {
      name: "judge-imports",
      comment,
      severity: "error",
      from,
      to: { path: inside(everything), pathNot: inside([folder, ...knows]) },
    },
    { name: "judge-reaches", comment, severity: "error", from, to: { path: inside(others), reachable: true } },
  ];
}

function forbidFolders(
  name: string,
  who: string,
  from: IForbiddenRuleType["from"],
  allowed: string[],
): IForbiddenRuleType {
  return {
    name,
    comment: `${who} ${list(allowed.slice(1))}`,
    severity: "error",
    from,
    to: { path: inside(everything), pathNot: inside(allowed) },
  };
}

function forbidLibraries(
  name: string,
  who: string,
  from: IForbiddenRuleType["from"],
  allowed: readonly string[],
): IForbiddenRuleType {
  const pathNot = allowed.map((library) => `${installed}(@types/)?${library.replace("*", "[^/]+")}/`);
  return {
    name,
    comment: `${who} ${list(allowed)}`,
    severity: "error",
    from,
    to: pathNot.length > 0 ? { path: installed, pathNot } : { path: installed },
  };
}

function nodeRules(folder: string): IForbiddenRuleType[] {
  const { node } = rungOf(folder);
  if (node === true) return [];
  const named = ["file-[^/]+", ".*/file-[^/]+", ".*-node"].map((name) => `^${folder}/${name}\\.ts$`);
  return [
    {
      name: `${folder}-without-node`,
      comment: `${folder} runs in a page too: no Node modules${node ? " outside *-node.ts and file-*.ts" : ""}`,
      severity: "error",
      from: { path: inside([folder]), pathNot: [...tests, configs, ...(node ? named : [])] },
      to: { dependencyTypes: ["core"] },
    },
  ];
}

const houseRules: IForbiddenRuleType[] = [
  {
    name: "no-cycles",
    comment: "files that import each other, even for types only, are one file in two",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-unknown-imports",
    comment: "what is imported must exist",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "no-undeclared-libraries",
    comment: "a library is declared in package.json or not used",
    severity: "error",
    from: {},
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "no-dev-libraries",
    comment: "what runs in production is a dependency, not a devDependency",
    severity: "error",
    from: { path: inside(folders), pathNot: [...tests, configs] },
    to: { dependencyTypes: ["npm-dev"] },
  },
  {
    name: "no-test-support",
    comment: "production code does not lean on tests",
    severity: "error",
    from: { path: inside(folders), pathNot: [...tests, configs] },
    to: { path: tests },
  },
];

function orphanRules(entries: readonly string[]): IForbiddenRuleType[] {
  const start = entries.map((entry) => `^${escape(entry)}$`);
  return [
    {
      name: "no-orphans",
      comment: "nothing that runs reaches this file: use it, or delete it",
      severity: "error",
      from: { path: start },
      to: {
        path: inside([...folders, "scripts"]),
        pathNot: [...tests, configs, ...referenceFiles, ...start],
        reachable: false,
      },
    },
    {
      name: "no-orphaned-test-support",
      comment: "no test reaches this file: use it, or delete it",
      severity: "error",
      from: { path: [...start, "\\.test\\.ts$", "^e2e/.*\\.spec\\.ts$"] },
      to: { path: [...tests, ...referenceFiles], pathNot: ["\\.(test|spec)\\.ts$", ...start], reachable: false },
    },
  ];
}

function rungOf(folder: string): Rung {
  const rung = ladder[folder];
  if (!rung) throw new Error(`scripts/ladder/table.ts has no rung ${folder}`);
  return rung;
}

function inside(some: readonly string[]): string {
  return `^(${some.join("|")})/`;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function list(names: readonly string[]): string {
  return names.length > 0 ? `only ${names.join(", ")}` : "nothing";
}
