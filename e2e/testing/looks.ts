import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export type Theme = "light" | "dark" | "contrast";

const stylePath = fileURLToPath(new URL("still.css", import.meta.url));

/** In each theme: nothing that keeps somebody out, and the picture of before. */
export async function looks(page: Page, name: string, themes: readonly Theme[] = ["light", "dark"]): Promise<void> {
  for (const theme of themes) {
    await page.locator("roomdesk-workspace").evaluate((element, chosen) => {
      (element as HTMLElement & { theme: string }).theme = chosen;
    }, theme);
    await page.evaluate(() => document.fonts.ready);
    await markVisitors(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${name}, ${theme}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    await expect.soft(page).toHaveScreenshot(`workspace-${name}-${theme}.png`, { stylePath });
  }
}

/** Visitors are told apart by their ids, which are others each time. */
async function markVisitors(page: Page): Promise<void> {
  await page.locator("rd-conversation-row").evaluateAll((rows) => {
    for (const row of rows)
      row.toggleAttribute("data-visitor", /^Visitor/.test(row.shadowRoot?.querySelector(".name")?.textContent ?? ""));
  });
}
