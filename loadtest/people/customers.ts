import { CustomerSession, type CustomerOptions } from "#client-sdk/customer-session.ts";
import { pageMemory } from "#client-sdk/device-memory.ts";
import { inMemory } from "./in-memory.ts";
import { TurnedAway } from "./turned-away.ts";

export type CustomerOf = Pick<CustomerOptions, "desk" | "inboxKey"> & Partial<CustomerOptions>;

/** A customer whom the desk has let in. Throws `TurnedAway`. */
export async function newCustomer(options: CustomerOf): Promise<CustomerSession> {
  const customer = new CustomerSession({ memory: pageMemory(), keeping: inMemory, ...options });
  const failed = await customer.open();
  if (!failed) return customer;
  customer.destroy();
  throw new TurnedAway("A customer", failed);
}
