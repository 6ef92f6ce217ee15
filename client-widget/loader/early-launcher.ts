import { doorIcon } from "./door-icon.ts";
import { launcherStyles } from "./launcher-styles.ts";

/** Said in English only: the other languages come with the app. */
const label = "Open the conversation with us";
const opening = "Opening the chat";
const sorry = "The chat did not load. Please try again.";

/** Below this, waiting needs no words. */
const patienceMs = 500;

/** The launcher until the app takes its place, and what it says when that takes long or fails. */
export class EarlyLauncher {
  readonly #root: ShadowRoot;
  readonly #room = element("div", "room");
  readonly #words = element("p", "words");
  readonly #button = element("button", "launcher");

  /** @param reach called when somebody comes near, `press` when they mean it */
  constructor(host: HTMLElement, reach: () => void, press: () => void) {
    this.#root = host.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [launcherStyles()];
    this.#button.append(doorIcon());
    this.#button.setAttribute("type", "button");
    this.#button.setAttribute("aria-label", label);
    this.#button.setAttribute("aria-expanded", "false");
    this.#words.setAttribute("role", "status");
    this.#room.setAttribute("popover", "manual");
    this.#room.dataset.early = "";
    this.#room.append(this.#words, this.#button);
    this.#root.append(this.#room);
    for (const near of ["pointerenter", "focus"]) this.#button.addEventListener(near, reach, { once: true });
    this.#button.addEventListener("click", press);
    this.#button.addEventListener("pointerdown", () => this.#hold(press));
  }

  /** Above everything on the page, after each time it came onto it. */
  rise(): void {
    const room = this.#room;
    if (room.isConnected && "showPopover" in room && !room.matches(":popover-open")) room.showPopover();
  }

  /** Says that it takes a moment, unless it does not. */
  async wait(coming: Promise<unknown>): Promise<void> {
    const timer = setTimeout(() => (this.#words.textContent = opening), patienceMs);
    this.#words.textContent = "";
    try {
      await coming;
    } catch {
      this.#words.textContent = sorry; // and the next press fetches it again
    } finally {
      clearTimeout(timer);
      if (this.#words.textContent === opening) this.#words.textContent = "";
    }
  }

  /** The app may take the button's place between pressing and letting go: it was meant all the same. */
  #hold(press: () => void): void {
    const release = () => this.#button.isConnected || press();
    addEventListener("pointerup", release, { once: true });
  }
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
