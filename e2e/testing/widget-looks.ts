import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export type Mode = "light" | "dark" | "contrast";

const stylePath = fileURLToPath(new URL("still.css", import.meta.url));

/** As each kind of system asks for it: nothing that keeps somebody out, and the picture of before. */
export async function widgetLooks(page: Page, name: string, modes: readonly Mode[] = ["light", "dark"]): Promise<void> {
  for (const mode of modes) {
    await page.emulateMedia({
      colorScheme: mode === "dark" ? "dark" : "light",
      contrast: mode === "contrast" ? "more" : "no-preference",
      reducedMotion: "reduce",
    });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${name}, ${mode}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    await expect.soft(page).toHaveScreenshot(`widget-${name}-${mode}.png`, { stylePath });
  }
}
