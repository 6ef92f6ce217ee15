import { expect, type Locator, type Page } from "@playwright/test";
import type { Desk, DeskUser } from "./desk.ts";

/** What both sides do: write, and read what stands on the screen. */
abstract class Talker {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  abstract composer(): Locator;

  async write(text: string): Promise<void> {
    await this.composer().fill(text);
    await this.composer().press("Enter");
  }

  bubble(text: string | RegExp): Locator {
    return this.page.locator("rd-message-bubble").filter({ hasText: text });
  }

  /** Waits until this text stands on the screen, once. */
  async sees(text: string | RegExp, timeout = 10_000): Promise<void> {
    await expect(this.bubble(text)).toHaveCount(1, { timeout });
  }
}

/** A customer on the demo shop. */
export class Customer extends Talker {
  static async visits(page: Page, desk: Desk): Promise<Customer> {
    await page.goto(desk.url);
    return new Customer(page);
  }

  composer(): Locator {
    return this.page.locator("roomdesk-widget").getByRole("textbox");
  }

  launcher(): Locator {
    return this.page.locator("roomdesk-widget .launcher");
  }

  async opensWidget(): Promise<void> {
    await this.launcher().click();
    await expect(this.page.getByRole("dialog")).toBeVisible();
  }

  /** From the door into a conversation that does not exist yet. */
  async startsConversation(): Promise<void> {
    await this.opensWidget();
    await this.page.getByRole("button", { name: "Send us a message" }).click();
    await expect(this.composer()).toBeVisible();
  }

  banner(): Locator {
    return this.page.locator("roomdesk-widget rd-banner");
  }
}

/** Somebody at the desk. */
export class Agent extends Talker {
  static async signsIn(page: Page, desk: Desk, user: DeskUser): Promise<Agent> {
    await page.goto(`${desk.url}/workspace`);
    await page.getByLabel("Email").fill(user.email);
    await page.getByLabel("Password", { exact: true }).fill(user.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const agent = new Agent(page);
    await expect(agent.list()).toBeVisible();
    return agent;
  }

  list(): Locator {
    return this.page.locator("rd-conversation-list");
  }

  row(text: string): Locator {
    return this.list().locator("rd-conversation-row").filter({ hasText: text });
  }

  composer(): Locator {
    return this.page.locator("rd-conversation-pane").getByRole("textbox");
  }

  async chooses(view: "New" | "Mine" | "All open" | "Closed"): Promise<void> {
    await this.page
      .getByRole("navigation")
      .getByRole("button", { name: new RegExp(`^${view}`) })
      .click();
  }

  /** Opens the conversation whose row shows this text. */
  async opens(text: string): Promise<void> {
    await this.row(text).click();
    await expect(this.composer()).toBeVisible();
  }
}
