import axe from "axe-core";
import { html, LitElement, render, type TemplateResult } from "lit";
import { expect, onTestFinished } from "vitest";
import { tokens, widgetScale } from "../theme/tokens.ts";

/** A root as the clients have one: it carries the tokens, and what stands in it gets its roles from there. */
class Stage extends LitElement {
  static override styles = [tokens];

  protected override render(): unknown {
    return html`<slot></slot>`;
  }
}
class WidgetStage extends Stage {
  static override styles = [tokens, widgetScale];
}
customElements.define("test-stage", Stage);
customElements.define("test-widget-stage", WidgetStage);

export type StageOptions = {
  theme?: "light" | "dark" | "contrast";
  dir?: "ltr" | "rtl";
  widget?: boolean;
  width?: number;
};

/** Puts something on a stage until the test is over, and gives its first element, drawn. */
export async function mount<E extends Element>(what: TemplateResult, options: StageOptions = {}): Promise<E> {
  const stage = document.createElement(options.widget ? "test-widget-stage" : "test-stage");
  stage.dataset.theme = options.theme ?? "light";
  stage.dir = options.dir ?? "ltr";
  stage.style.cssText = `display:block;inline-size:${options.width ?? 440}px;background:var(--rd-paper)`;
  document.body.append(stage);
  onTestFinished(() => stage.remove());
  render(what, stage);
  const element = stage.firstElementChild as E & Partial<LitElement>;
  await drawn(element);
  return element;
}

/** Everything inside has drawn itself, down through the shadow roots. */
export async function drawn(element: Element): Promise<void> {
  await (element as Partial<LitElement>).updateComplete;
  const inside = [...(element.shadowRoot?.querySelectorAll("*") ?? []), ...element.querySelectorAll("*")];
  await Promise.all(inside.filter((one) => one.localName.includes("-")).map(drawn));
}

export const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** In all three themes: what is fine in light may be unreadable in dark. */
export async function expectAccessible(element: Element): Promise<void> {
  const stage = element.closest<HTMLElement>("test-stage, test-widget-stage");
  for (const theme of ["light", "dark", "contrast"]) {
    if (stage) stage.dataset.theme = theme;
    finishMotion(stage ?? element);
    const { violations } = await axe.run(stage ?? element, { rules: { region: { enabled: false } } });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${theme}: ${id}: ${node.html} ${node.failureSummary}`),
    );
    expect(found).toEqual([]);
  }
}

/** What fades in is read when it has. */
function finishMotion(element: Element): void {
  void getComputedStyle(element).color; // a changed theme begins its transitions now
  for (const animation of element.shadowRoot?.getAnimations() ?? []) animation.finish();
  for (const child of [...element.children, ...(element.shadowRoot?.querySelectorAll("*") ?? [])]) finishMotion(child);
}

/** Everything an element tells, by name, in order. */
export function heard(
  element: EventTarget,
  ...names: (keyof HTMLElementEventMap)[]
): { name: string; detail: unknown }[] {
  const list: { name: string; detail: unknown }[] = [];
  for (const name of names) {
    element.addEventListener(name, (event) => list.push({ name, detail: (event as CustomEvent).detail }));
  }
  return list;
}

export const inside = <E extends HTMLElement>(element: Element, selector: string): E => {
  const found = element.shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`${element.localName} has no ${selector}`);
  return found;
};
