import { beforeEach, describe, expect, test } from "vitest";
import { memoryDesk } from "#core/memory/memory-desk.ts";
import { memoryNodeRegistry } from "#core/memory/node-registry.ts";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { ClusterNode, NodeRegistry } from "#core/ports/node-registry.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Locator } from "./locator.ts";
import { RedisAway } from "./redis-link.ts";
import { rendezvous } from "./rendezvous.ts";
import { Roster } from "./roster.ts";
import type { Alive, LifeSign } from "./signs.ts";

const clusterNode = (id: string, isDraining = false): ClusterNode => ({ id, address: `http://${id}:3000`, isDraining });
const owners = new Map<string, string>();
const listings = new Map<string, string>();
const rooms = new Set<string>();
let signs: Map<string, Alive>;
let isRedisAway: boolean;
let isDatabaseAway: boolean;
let clock: ManualClock;
let registry: NodeRegistry;
let roster: Roster;
let locator: Locator;

const up = (id: string, sign: LifeSign = "up", ageMs = 0) => signs.set(id, { sign, ageMs });

beforeEach(async () => {
  for (const known of [owners, listings, rooms]) known.clear();
  clock = new ManualClock();
  signs = new Map();
  [isRedisAway, isDatabaseAway] = [false, false];
  const memory = memoryNodeRegistry(memoryDesk({ now: clock.now }));
  const asked = <T>(answer: T) => (isDatabaseAway ? Promise.reject(new Unavailable("down")) : answer);
  registry = {
    renew: (...of) => asked(memory.renew(...of)),
    forget: (id) => memory.forget(id),
    live: () => asked(memory.live()),
    ownerOf: async (id) => {
      const owner = await asked(owners.get(id));
      return (await memory.live()).find((node) => node.id === owner)?.id;
    },
  };
  roster = new Roster(registry, "me", clock);
  locator = new Locator({
    roster,
    hasRoom: (id) => rooms.has(id),
    driver: {
      unlist: async (id, nodeId) => {
        if (isRedisAway) throw new RedisAway();
        return listings.get(id) === nodeId && listings.delete(id);
      },
    },
    signs: {
      look: async (id, ids) => {
        if (isRedisAway) throw new RedisAway();
        return { listedAt: listings.get(id), alive: new Map([...signs].filter(([node]) => ids.includes(node))) };
      },
    },
  });
  for (const id of ["other", "third"]) await registry.renew(clusterNode(id), 60_000);
  await roster.announce("http://me:3000");
  for (const id of ["me", "other", "third"]) up(id);
});

const where = async (id: string) => {
  const place = await locator.of(id);
  return place.here ? "me" : place.nodeId;
};
/** A name that belongs to this node when all three live. */
const nameOf = (node: string, ids = ["me", "other", "third"]) => {
  for (let n = 0; ; n++) if (rendezvous(`talk ${n}`, ids) === node) return `talk ${n}`;
};

describe("a conversation", () => {
  test("whose room is here is here, whatever anybody says", async () => {
    rooms.add("talk");
    listings.set("talk", "other");
    [isRedisAway, isDatabaseAway] = [true, true];
    expect(await locator.of("talk")).toEqual({ here: true });
  });

  test("that is listed is where it is listed, with the address from the registry", async () => {
    const id = nameOf("third");
    listings.set(id, "other");
    expect(await locator.of(id)).toEqual({ here: false, nodeId: "other", address: "http://other:3000" });
  });

  test("without a room is made where all nodes agree, and moves only with its node", async () => {
    const [mine, others, thirds] = ["me", "other", "third"].map((node) => nameOf(node)) as [string, string, string];
    expect([await where(mine), await where(others), await where(thirds)]).toEqual(["me", "other", "third"]);
    signs.delete("third");
    expect([await where(mine), await where(others)]).toEqual(["me", "other"]);
    expect(["me", "other"]).toContain(await where(thirds));
  });

  test("listed at a node that no longer listens or gives no sign is taken off it", async () => {
    const id = nameOf("me");
    listings.set(id, "other");
    signs.delete("other");
    expect(await where(id)).toBe("me");
    expect(listings.has(id)).toBe(false);
  });

  test("listed at a node that this one does not know yet is there if it lives", async () => {
    listings.set("talk", "new");
    up("new");
    await registry.renew(clusterNode("new"), 60_000);
    await clock.pass(1000);
    expect(await locator.of("talk")).toEqual({ here: false, nodeId: "new", address: "http://new:3000" });
  });

  test("that lives unlisted is with its owner", async () => {
    const id = nameOf("third");
    owners.set(id, "other");
    expect(await where(id)).toBe("other");
    up("other", "draining");
    expect(await where(id)).toBe("third");
  });

  test("is made at no node that is going away, but goes on there while it is listed", async () => {
    const id = nameOf("other");
    up("other", "draining");
    expect(await where(id)).not.toBe("other");
    listings.set(id, "other");
    expect(await where(id)).toBe("other");
    await roster.drain();
    expect(await where(nameOf("me"))).not.toBe("me");
  });
});

describe("a node that is suspected", () => {
  test("is left by all of its conversations for some seconds", async () => {
    const [one, another] = [nameOf("other"), "another"];
    listings.set(one, "other").set(another, "other");
    up("other", "up", 1000);
    await locator.suspect("other", one);
    expect(listings.has(one)).toBe(false);
    expect([await where(one), await where(another)]).not.toContain("other");
    await clock.pass(3001);
    expect(await where(one)).toBe("other");
  });

  test("is asked again when it has just given its sign and still listens: it is busy, not gone", async () => {
    listings.set("talk", "other");
    up("other", "up", 300);
    await locator.suspect("other", "talk");
    expect(await where("talk")).toBe("other");
  });

  test("is never oneself", async () => {
    await locator.suspect("me", "talk");
    expect(await where(nameOf("me"))).toBe("me");
  });
});

describe("without Redis", () => {
  beforeEach(() => {
    isRedisAway = true;
  });

  test("the owner in the database is believed while its lease lives, then all agree again on who is next", async () => {
    const id = nameOf("third");
    owners.set(id, "other");
    expect(await where(id)).toBe("other");
    await registry.renew(clusterNode("other"), 100);
    await clock.pass(101);
    expect(await where(id)).toBe("third");
  });

  test("a suspected owner is left", async () => {
    const id = nameOf("other");
    owners.set(id, "other");
    await locator.suspect("other", id);
    expect(await where(id)).not.toBe("other");
  });

  test("and without the database nobody says, and it is said so", async () => {
    isDatabaseAway = true;
    await expect(locator.of("talk")).rejects.toThrow(Unavailable);
    isRedisAway = false;
    expect(await where(nameOf("other"))).toBe("other"); // what it knew will do while Redis speaks
  });
});

test("an address is only ever one of the registry's, and one that is unknown is asked for at most twice a second", async () => {
  let asked = 0;
  const { live } = registry;
  registry.live = () => (++asked, live());
  expect(await locator.addressOf("other")).toBe("http://other:3000");
  for (let n = 0; n < 50; n++) expect(await locator.addressOf(`unknown ${n}`)).toBeUndefined();
  expect(asked).toBe(1);
});

describe("a listing that stands in the way of a room of ours", () => {
  test("goes when its node is gone, and stays when it is there", async () => {
    listings.set("talk", "other");
    expect(await locator.makeWay("talk", "other")).toBe(false);
    signs.delete("other");
    expect(await locator.makeWay("talk", "other")).toBe(true);
    expect(listings.has("talk")).toBe(false);
  });
});
