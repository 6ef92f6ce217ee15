import type { Cancel, Clock, Network, NetworkNews, World } from "./world.ts";

/** The real world, in a page or in Node. */
export const systemWorld = (): World => ({ clock: systemClock, chance: Math.random, newId, network: deviceNetwork });

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** `crypto.randomUUID` is missing on pages served by plain http. */
function newId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  const marked = bytes.map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte));
  const hex = Array.from(marked, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const deviceNetwork: Network = {
  get onLine() {
    // Node has a navigator without this; only an outspoken `false` counts.
    return typeof navigator === "undefined" || (navigator as { onLine?: boolean }).onLine !== false;
  },
  listen(hear) {
    if (typeof document === "undefined") return () => undefined;
    const stops = [
      on(globalThis, "online", () => hear("online")),
      on(globalThis, "offline", () => hear("offline")),
      on(globalThis, "pagehide", () => hear("asleep")),
      on(globalThis, "pageshow", (event) => tellAwake(event, hear)),
      on(document, "visibilitychange", () => {
        if (document.visibilityState === "visible") hear("visible");
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
};

function tellAwake(event: Event, hear: (news: NetworkNews) => void): void {
  if ("persisted" in event && event.persisted) hear("awake");
}

function on(target: EventTarget, name: string, call: (event: Event) => void): Cancel {
  target.addEventListener(name, call);
  return () => target.removeEventListener(name, call);
}
