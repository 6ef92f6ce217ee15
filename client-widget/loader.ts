/**
 * The script of the snippet, ≤ 3 kB gzip: the queue for calls made early and the launcher, nothing else. The widget itself is fetched
 * when somebody reaches for the launcher, or when the page is idle and this browser has a conversation already.
 */
import { doorIcon } from "./loader/door-icon.ts";
import { launcherStyles } from "./loader/launcher-styles.ts";

type Call = [string, ...unknown[]];
type Host = HTMLElement & Record<string, ((...args: unknown[]) => unknown) | undefined>;
type Page = { Roomdesk?: ((...call: Call) => unknown) & { q?: ArrayLike<unknown>[] } };

const page = window as unknown as Page; // The host's global, which only this file defines.
const script = document.currentScript as HTMLScriptElement | null;
const home = new URL(".", script?.src ?? location.href);
const early = [...(page.Roomdesk?.q ?? [])].map((call) => [...Array.from(call)] as Call);

let widget: Host | undefined;
let app: Promise<Host> | undefined;
const waiting: (() => void)[] = [];

page.Roomdesk = (command, ...args) => {
  if (command === "init") return void init(args[0] as { inbox: string; server?: string; theme?: string });
  if (command === "on") return listen(String(args[0]), args[1] as (detail: unknown) => void);
  if (command === "destroy" && widget && !app) return destroy();
  // Nothing to do yet for a widget that nobody has opened.
  if (!app && (command === "close" || command === "hide" || command === "show")) return setHidden(command);
  return ready().then((element) => {
    const done = element[command]?.(...args);
    if (command === "destroy") destroy();
    return done;
  });
};

/** Before `init`, calls wait for it; after it, they load the app. */
function ready(): Promise<Host> {
  return widget ? load(widget) : new Promise<void>((go) => waiting.push(go)).then(ready);
}

function load(element: Host): Promise<Host> {
  app ??= import(/* @vite-ignore */ new URL("app.js", home).href).then(
    () => element,
    (failure: unknown) => {
      app = undefined; // The next attempt fetches it again.
      throw failure;
    },
  );
  return app;
}

function init(options: { inbox: string; server?: string; theme?: string }): void {
  if (widget) return;
  const element = document.createElement("roomdesk-widget") as HTMLElement as Host;
  element.setAttribute("inbox", options.inbox);
  element.setAttribute("server", options.server ?? home.origin);
  if (options.theme) element.setAttribute("theme", options.theme);
  // Inline and important, so that no sheet of the host reaches it.
  element.style.cssText =
    "all:initial!important;position:fixed!important;z-index:2147483000!important;inset-block-end:0!important;inset-inline-end:0!important;inline-size:0!important;block-size:0!important";
  drawLauncher(element);
  widget = element;
  document.body.append(element);
  for (const go of waiting.splice(0)) go();
  if (hasConversation(options.inbox))
    whenIdle(() => void load(element).catch(() => undefined /* tried again on a click */));
}

function drawLauncher(element: Host): void {
  const root = element.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [launcherStyles()];
  const button = document.createElement("button");
  button.className = "launcher";
  button.type = "button";
  button.setAttribute("aria-label", "Open the conversation with us");
  button.setAttribute("aria-expanded", "false");
  button.append(doorIcon());
  button.addEventListener("pointerenter", () => void load(element).catch(() => undefined), { once: true });
  button.addEventListener("focus", () => void load(element).catch(() => undefined), { once: true });
  button.addEventListener("click", () => void page.Roomdesk?.("open"));
  root.append(button);
}

function listen(event: string, listener: (detail: unknown) => void): () => void {
  const heard = (e: Event) => listener((e as CustomEvent<unknown>).detail);
  let off = false;
  const attach = () => !off && widget?.addEventListener(`roomdesk-${event}`, heard);
  if (widget) attach();
  else waiting.push(attach);
  return () => {
    off = true;
    widget?.removeEventListener(`roomdesk-${event}`, heard);
  };
}

function setHidden(command: string): void {
  if (command !== "close") widget?.toggleAttribute("hidden-launcher", command === "hide");
}

function destroy(): void {
  widget?.remove();
  widget = app = undefined;
}

function hasConversation(inbox: string): boolean {
  try {
    return localStorage.getItem(`roomdesk:${inbox}`) !== null;
  } catch {
    return false; // Storage is blocked: then nothing was kept either.
  }
}

function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 4000 });
  else addEventListener("load", task, { once: true });
}

if (script?.dataset.inbox)
  init({
    inbox: script.dataset.inbox,
    ...(script.dataset.server && { server: script.dataset.server }),
    ...(script.dataset.theme && { theme: script.dataset.theme }),
  });
for (const call of early) void page.Roomdesk(...call);
