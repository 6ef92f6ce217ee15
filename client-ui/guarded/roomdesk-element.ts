import { type CSSResultGroup, html, LitElement, render } from "lit";
import { emit } from "../events.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";

/**
 * What every element of ours extends. When drawing it throws, an apology with Retry stands in its place, the host hears
 * `rd-failed`, and everything around it lives on. A new property is a new try.
 */
export class RoomdeskElement extends LitElement {
  static override styles: CSSResultGroup = base;

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      this.#apologise(error);
    }
  }

  #apologise(error: unknown): void {
    console.error(error);
    // Another template than the one that threw: Lit takes down what was half drawn.
    const retry = () => this.requestUpdate();
    render(
      html`<div class="apology" role="alert">
        ${say("apology")} <button type="button" class="link" @click=${retry}>${say("retry")}</button>
      </div>`,
      this.renderRoot,
      this.renderOptions,
    );
    emit(this, "rd-failed", { element: this.localName, error });
  }
}

/** Registers an element once, also when two bundles of ours are on a page. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
