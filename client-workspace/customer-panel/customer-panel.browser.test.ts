import { html } from "lit";
import { expect, test, vi } from "vitest";
import { drawn, expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { KnownCustomer } from "../known-customers.ts";
import type { RdCustomerPanel } from "./customer-panel.component.ts";
import "./define.ts";

const nora: KnownCustomer = { id: "nora", name: "Nora Lindqvist", verified: true, online: true, inboxName: "Shop" };
const panel: CustomerPanel = {
  id: "nora",
  name: "Nora Lindqvist",
  email: "nora@lindqvist.example",
  verified: true,
  externalId: "nora-lindqvist",
  since: new Date(2023, 2, 4).getTime(),
  page: { url: "https://tidewater.example/orders", title: "Your order" },
  device: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  language: "en-GB",
  conversations: [
    { id: "now", status: "open", openedAt: 0, lastLine: "Hello" },
    {
      id: "earlier",
      status: "closed",
      openedAt: new Date(2025, 9, 3).getTime(),
      lastLine: "Gift wrap for two parcels",
    },
  ],
};

const shown = (
  load: RdCustomerPanel["load"] = async () => panel,
  customer: KnownCustomer | null = nora,
): Promise<RdCustomerPanel> =>
  mount(
    html`<rd-customer-panel conversation="now" .customer=${customer} .load=${load} .known=${true}></rd-customer-panel>`,
    { width: 304 },
  );
const text = (element: Element) => element.shadowRoot?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const loaded = async (element: RdCustomerPanel) => {
  await vi.waitFor(() => expect(text(element)).toContain("Chrome 156 on Linux"));
  await drawn(element);
};

test("it is accessible: loaded, on its way, failed, and of somebody nobody knows", async () => {
  const element = await shown();
  await loaded(element);
  await expectAccessible(element);
  await expectAccessible(await shown(() => new Promise(() => undefined)));
  await expectAccessible(await shown(async () => null));
  await expectAccessible(await shown(undefined, null));
});

test("it says who they are, in words rather than codes", async () => {
  const element = await shown();
  await loaded(element);
  for (const word of ["Nora Lindqvist", "Verified", "nora@lindqvist.example", "Your order", "British English"])
    expect(text(element)).toContain(word);
  expect(text(element)).not.toContain("Mozilla");
});

test("earlier conversations can be opened; the one that is open is not among them", async () => {
  const element = await shown();
  await loaded(element);
  const chosen: unknown[] = [];
  element.addEventListener("desk-choose", (event) => chosen.push((event as CustomEvent).detail));
  const earlier = element.shadowRoot?.querySelectorAll<HTMLElement>(".earlier") ?? [];
  expect(earlier).toHaveLength(1);
  earlier[0]?.click();
  expect(chosen).toEqual([{ id: "earlier" }]);
});

test("of a conversation that never stood in the list it is asked whose it is", async () => {
  const load = vi.fn<RdCustomerPanel["load"]>().mockResolvedValue(panel);
  await loaded(await shown(load, null));
  expect(load.mock.calls).toEqual([[{ conversation: "now" }]]);
});

test("what could not be had says so and can be tried again", async () => {
  const load = vi.fn<RdCustomerPanel["load"]>().mockResolvedValueOnce(null).mockResolvedValue(panel);
  const element = await shown(load);
  await vi.waitFor(() => expect(text(element)).toContain("The customer could not be loaded."));
  inside(element, ".link").click();
  await loaded(element);
});

test("an answer that comes after another customer was chosen is not shown", async () => {
  const late = Promise.withResolvers<CustomerPanel>();
  const marcus = { ...panel, id: "marcus", email: "m@bell.example" };
  const element = await shown((of) =>
    "customer" in of && of.customer === "nora" ? late.promise : Promise.resolve(marcus),
  );
  element.customer = { ...nora, id: "marcus", name: "Marcus Bell" };
  await vi.waitFor(() => expect(text(element)).toContain("m@bell.example"));
  late.resolve(panel);
  await drawn(element);
  expect(text(element)).not.toContain("nora@lindqvist.example");
});
