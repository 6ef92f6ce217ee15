/** Browsers by the token only they write, the imitators before the imitated. */
const browsers: readonly (readonly [name: string, token: RegExp])[] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ["Opera", /\b(?:OPR|OPiOS)\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)\S*(?: Mobile\S*)? Safari\//],
];

const systems: readonly (readonly [name: string, token: RegExp])[] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Chrome OS", /\bCrOS\b/],
  ["Windows", /\bWindows\b/],
  ["Mac", /\bMac(?:intosh| OS X)\b/],
  ["Linux", /\bLinux\b/],
];

/** "Chrome 156 on Linux" of what a browser says of itself; its first words where it is none we know. */
export function deviceOf(userAgent: string): string {
  const browser = browsers.map(([name, token]) => named(name, token.exec(userAgent)?.[1])).find(Boolean);
  const system = systems.find(([, token]) => token.test(userAgent))?.[0];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? userAgent.slice(0, 40).trim();
}

const named = (name: string, version: string | undefined) => (version === undefined ? undefined : `${name} ${version}`);
