import axe from "axe-core";
import { expect, onTestFinished } from "vitest";
import { drawn } from "#client-ui/testing/stage.ts";
import type { Customer } from "../customer.ts";
import type { RoomdeskWidget } from "../widget.component.ts";

/** Puts a widget on the page until the test is over. It is closed, and its customer's browser has never been here. */
export async function onPage(customer: Customer, more: Partial<RoomdeskWidget> = {}): Promise<RoomdeskWidget> {
  const widget = document.createElement("roomdesk-widget");
  Object.assign(widget, { inbox: "garden", theme: "light", arrive: async () => customer }, more);
  document.body.append(widget);
  onTestFinished(() => {
    widget.destroy();
    localStorage.clear();
  });
  await drawn(widget);
  return widget;
}

/** Everything that matches, down through the shadow roots, in the order of the page. */
export function all(root: Element | DocumentFragment, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    if (element.matches(selector)) found.push(element);
    if (element.shadowRoot) found.push(...all(element.shadowRoot, selector));
  }
  return found;
}

/** Waits until it is there. */
export async function find<E extends HTMLElement = HTMLElement>(root: Element, selector: string): Promise<E> {
  await expect.poll(() => deep(root, selector)[0], { message: `${selector} in ${root.localName}` }).toBeTruthy();
  return deep(root, selector)[0] as E;
}

export const deep = (root: Element, selector: string): HTMLElement[] => [
  ...all(root, selector),
  ...(root.shadowRoot ? all(root.shadowRoot, selector) : []),
];

/** The button that says this. */
export async function button(root: Element, words: string | RegExp): Promise<HTMLButtonElement> {
  const says = (one: HTMLElement) => `${one.getAttribute("aria-label") ?? ""} ${one.textContent ?? ""}`;
  const matching = () =>
    deep(root, "button").find((one) => (typeof words === "string" ? says(one).includes(words) : words.test(says(one))));
  await expect.poll(matching, { message: `a button that says ${String(words)}` }).toBeTruthy();
  return matching() as HTMLButtonElement;
}

/** All words on the screen, as one reads them. */
export const wordsOf = (root: Element): string =>
  deep(root, "*")
    .flatMap((element) => (element.localName === "style" ? [] : [...element.childNodes]))
    .filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.textContent ?? "")
    .join(" ")
    .replace(/\s+/g, " ");

/** What has the focus, at the bottom of all shadow roots. */
export function focused(): Element | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement;
}

const themes = ["light", "dark", "contrast"] as const;

/** In all three themes. */
export async function expectWidgetAccessible(widget: RoomdeskWidget): Promise<void> {
  for (const theme of themes) {
    widget.theme = theme;
    await drawn(widget);
    for (const one of deep(widget, "*")) for (const animation of one.getAnimations()) animation.finish();
    const { violations } = await axe.run(widget, { rules: { region: { enabled: false } } });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${theme}: ${id}: ${node.html} ${node.failureSummary}`),
    );
    expect(found).toEqual([]);
  }
}
