import { expect, onTestFinished, test } from "vitest";
import { CustomerSession } from "./customer-session.ts";
import { unreachable } from "./desk-request.ts";
import { pageMemory } from "./device-memory.ts";
import { aloneTab } from "./leader-tab.ts";
import type { Dialer } from "./link.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { memoryCustomerWires } from "./memory/memory-wires.ts";
import { GardenShop, last } from "./testing/garden-shop.ts";
import { settled } from "./testing/manual-world.ts";

/** Ana, whose requests get through while her socket does not. */
async function ana() {
  const { house, world } = new GardenShop();
  const road = { isOpen: true, cut: (): void => undefined };
  const line = (dialer: Dialer): Dialer => ({
    owner: () => dialer.owner(),
    async dial(listener, isHurried) {
      road.cut = () => listener.closed(1006);
      return road.isOpen ? dialer.dial(listener, isHurried) : unreachable;
    },
  });
  const keeping = async () => ({ outbox: memoryOutbox(), tabs: aloneTab() });
  const customer = new CustomerSession({
    ...{ desk: "http://desk.example", inboxKey: house.inboxKey, world, memory: pageMemory(), keeping },
    wires: memoryCustomerWires(house, { line }),
  });
  onTestFinished(() => customer.destroy());
  await customer.open();
  const chat = customer.conversation();
  await chat.sendMessage("hello");
  await settled();
  return { clock: world.clock, road, chat };
}

test("[DL12] a message that got through over HTTP brings the link back, which would have waited for long", async () => {
  const { clock, road, chat } = await ana();
  expect(chat.connection).toBe("online");
  road.isOpen = false;
  road.cut();
  await clock.pass(16_500); // the next dial would be 14 s away
  road.isOpen = true;
  await clock.pass(2000);
  expect(chat.connection).toBe("reconnecting");
  await chat.sendMessage("still there?");
  await settled();
  expect(last(chat).state).toBe("saved");
  await clock.pass(1000);
  expect(chat.connection).toBe("back");
});
