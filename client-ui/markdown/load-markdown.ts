import { html, type ReactiveControllerHost } from "lit";
import { withLinks } from "./plain.ts";

type Render = (text: string) => unknown;

let render: Render | undefined;
let coming: Promise<void> | undefined;

/** Fetches the markdown chunk once. Hosts call it early, so that no text is drawn twice. */
export function loadMarkdown(): Promise<void> {
  coming ??= import("./render-markdown.ts").then(
    (module) => {
      render = module.renderMarkdown;
    },
    (error: unknown) => {
      coming = undefined; // offline: texts stay plain, and the next who asks tries again
      console.warn(error);
    },
  );
  return coming;
}

/** The text of a message: markdown where the chunk is there, else as written, with links. */
export const renderText: Render = (text) => (render ? render(text) : html`<p dir="auto">${withLinks(text)}</p>`);

/** Draws its host again when markdown arrives after it. */
export class MarkdownController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (!render) void coming?.then(() => this.#host.requestUpdate());
  }
}
