/**
 * The script of the snippet, ≤ 3 kB gzip: the queue for calls made early and the launcher, nothing else. The widget itself is fetched
 * when somebody reaches for the launcher, or when the page is idle and this browser has a conversation already.
 */
import type { WidgetOptions } from "./commands.ts";
import { EarlyLauncher } from "./loader/early-launcher.ts";
import { stay } from "./loader/stay.ts";
import { whenIdle } from "./when-idle.ts";

type Call = readonly [string, ...unknown[]];
/** The element, with its methods once the app is there. */
type Host = HTMLElement & Record<string, ((...args: unknown[]) => unknown) | undefined>;
type Standing = { readonly element: Host; readonly launcher: EarlyLauncher; readonly leave: () => void };
type Roomdesk = ((...call: Call) => unknown) & { q?: readonly ArrayLike<unknown>[]; loader?: true };

const page = window as unknown as { Roomdesk?: Roomdesk }; // The host's global, which only this file defines.
const before = page.Roomdesk;
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>("script[data-inbox]");
const home = new URL(".", script?.src || location.href);

let standing: Standing | undefined;
let coming: Promise<unknown> | undefined;
let tries = 0;
let isHidden = false;
const waiting: (() => void)[] = [];

/** What the page says to the element as soon as it can hear it. Anything else is a slip of the page. */
const commands = ["open", "close", "toggle", "show", "hide", "identify", "logout", "prefill"];
/** The page is told when these fail; the visitor did not ask for them. */
const answering = ["identify", "logout"];

function roomdesk(...[command, ...args]: Call): unknown {
  if (command === "init") return init(args[0] as WidgetOptions);
  if (command === "on") return listen(String(args[0]), args[1] as (detail: unknown) => void);
  if (command === "destroy") return destroy();
  if (!commands.includes(command)) return console.error(`Roomdesk does not know "${command}".`);
  const isAbsent = !coming || !standing;
  if (isAbsent && (command === "show" || command === "hide")) return hide(command === "hide");
  // Nobody has come in yet: there is nothing to close and nobody to sign out.
  if (isAbsent && (command === "close" || (command === "logout" && !isKnown()))) return;
  const done = told(command, args);
  return answering.includes(command) ? done : done.catch(() => undefined); // the launcher has said it
}

async function told(command: string, args: readonly unknown[]): Promise<unknown> {
  if (!standing) await new Promise<void>((go) => waiting.push(go));
  const { element, launcher } = standing as Standing;
  const app = load();
  if (!answering.includes(command)) void launcher.wait(app);
  await app;
  return element[command]?.(...args);
}

/** Fetches the app, once. After a failure the next call fetches it under another address: the browser remembers failures. */
function load(): Promise<unknown> {
  const address = new URL(`app.js${tries > 0 ? `?try=${tries}` : ""}`, home).href;
  coming ??= import(/* @vite-ignore */ address).catch((failure: unknown) => {
    coming = undefined;
    tries += 1;
    throw failure;
  });
  return coming;
}

/** Nobody asked for it yet: when it fails, it is tried again when somebody does. */
const reach = () => void load().catch(() => undefined);

function init({ inbox, server = home.origin, theme }: WidgetOptions): void {
  if (standing) return;
  const element = document.createElement("roomdesk-widget") as HTMLElement as Host;
  element.setAttribute("inbox", inbox);
  element.setAttribute("server", server);
  if (theme) element.setAttribute("theme", theme);
  // Inline and important, so that no sheet of the host reaches it.
  element.style.cssText =
    "all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;display:block!important";
  const launcher = new EarlyLauncher(element, reach, () => roomdesk("open"));
  const arrive = () => launcher.rise();
  const leave = stay(element, arrive);
  standing = { element, launcher, leave };
  element.addEventListener("roomdesk-destroy", leave);
  hide(isHidden);
  for (const go of waiting.splice(0)) go();
  if (isKnown()) whenIdle(reach);
  addEventListener("storage", () => isKnown() && reach()); // another tab has begun a conversation
}

function listen(event: string, listener: (detail: unknown) => void): () => void {
  const heard = (e: Event) => listener((e as CustomEvent<unknown>).detail);
  const name = `roomdesk-${event}`;
  let element: HTMLElement | undefined;
  let isOff = false;
  const attach = () => {
    element = isOff ? undefined : standing?.element;
    element?.addEventListener(name, heard);
  };
  if (standing) attach();
  else waiting.push(attach);
  return () => {
    isOff = true;
    element?.removeEventListener(name, heard);
  };
}

function hide(hidden: boolean): void {
  isHidden = hidden;
  standing?.element.toggleAttribute("hidden-launcher", hidden);
}

function destroy(): void {
  if (!standing) return;
  const { element, leave } = standing;
  leave();
  standing = undefined;
  isHidden = false;
  if (element.destroy) element.destroy();
  else element.remove();
}

function isKnown(): boolean {
  try {
    return localStorage.getItem(`roomdesk:${standing?.element.getAttribute("inbox")}`) !== null;
  } catch {
    return false; // Storage is blocked: then nothing was kept either.
  }
}

function begin(): void {
  const attribute = (name: string) => script?.getAttribute(`data-${name}`) ?? undefined;
  const inbox = attribute("inbox");
  const theme = attribute("theme") as WidgetOptions["theme"];
  const options = inbox === undefined ? undefined : { inbox, server: attribute("server"), theme };
  // The script stands twice on this page: the first one goes on.
  if (before?.loader) return void (options && before("init", options));
  page.Roomdesk = roomdesk;
  page.Roomdesk.loader = true;
  if (options) roomdesk("init", options);
  for (const call of before?.q ?? [])
    Promise.resolve(roomdesk(...(Array.from(call) as unknown as Call))).catch(console.error);
}

begin();
