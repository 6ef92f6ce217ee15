import { css, html, type TemplateResult } from "lit";
import { say } from "./words.ts";

/** Something of the widget that is fetched when it is first wanted. */
export class Part {
  state: "away" | "coming" | "there" | "missing" = "away";
  readonly #bring: () => Promise<unknown>;
  readonly #changed: () => void;
  #coming: Promise<void> | undefined;

  constructor(bring: () => Promise<unknown>, changed: () => void) {
    this.#bring = bring;
    this.#changed = changed;
  }

  /** Never rejects: `state` says how it went. After a failure the next call tries again. */
  fetch(): Promise<void> {
    this.#coming ??= this.#fetch();
    return this.#coming;
  }

  async #fetch(): Promise<void> {
    this.state = "coming";
    try {
      await this.#bring();
      this.state = "there";
    } catch (error) {
      console.error(error);
      this.state = "missing";
      this.#coming = undefined;
    }
    this.#changed();
  }
}

/** In the place of a part that did not load. */
export const missing = (part: Part, changed: () => void): TemplateResult => {
  const again = () => {
    void part.fetch();
    changed();
  };
  return html`<div class="missing" role="alert">
    <p>${say("partMissing")}</p>
    <button type="button" class="button large" @click=${again}>${say("tryAgain")}</button>
  </div>`;
};

export const missingStyles = css`
  .missing {
    display: grid;
    flex: 1;
    gap: 16px;
    place-content: center;
    justify-items: center;
    block-size: 100%;
    padding: 32px;
    text-align: center;
    text-wrap: balance;
  }
  .missing p {
    margin: 0;
    overflow: visible;
    white-space: normal;
  }
`;
