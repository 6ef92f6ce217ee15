import type { CrewPlan, DevicePlan } from "../people/orders.ts";
import type { Options } from "./options.ts";
import type { House } from "./staff.ts";

type Place = {
  readonly folder: string;
  readonly desks: readonly string[];
  readonly house: House;
  readonly seed: number;
};

const customerCrews = 2;

/** Who talks, and in which process: customers in two, agents in one each. */
export function crewPlans({ customers }: Options, { folder, desks, house, seed }: Place): CrewPlan[] {
  const names = Array.from({ length: customers }, (_, at): DevicePlan => ({ name: `customer${at + 1}` }));
  const halves = Array.from({ length: Math.min(customerCrews, customers) }, (_, crew) =>
    names.filter((_name, at) => at % customerCrews === crew),
  );
  const staff = house.accounts.map(({ name, ...account }): DevicePlan => ({ name, account }));
  const people = [
    ...halves.map((devices) => ({ side: "customer" as const, devices })),
    ...staff.map((device) => ({ side: "staff" as const, devices: [device] })),
  ];
  return people.map(({ side, devices }, at) => ({
    ...{ name: `crew${at + 1}`, side, devices, folder, inboxKey: house.inboxKey },
    ...{ seed: seed + 7919 * (at + 1), desk: desks[at] ?? "" },
  }));
}

export const crewCount = ({ customers, agents }: Options): number => Math.min(customerCrews, customers) + agents;

/** Each conversation has two agents, so that notes meet on more than one screen. */
export function shareOut(conversations: readonly string[], agents: number): string[][] {
  const shares = Array.from({ length: agents }, (): string[] => []);
  conversations.forEach((id, at) => {
    for (const agent of new Set([at % agents, (at + 1) % agents])) shares[agent]?.push(id);
  });
  return shares;
}
