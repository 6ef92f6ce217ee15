/** What a browser remembers of its customer between pages. */
export type Remembered = { readonly deviceId: string; readonly token: string };

export interface DeviceMemory {
  /** Nothing survives this page. */
  readonly isBlocked: boolean;
  recall(): Remembered | undefined;
  remember(what: Remembered): void;
  forget(): void;
}

/** Under this name a page may look whether there is anything, without loading us. */
export const deviceMemoryKey = (inboxKey: string): string => `roomdesk:${inboxKey}`;

/** In localStorage; where that is blocked (private windows, embedded frames), in memory. */
export function browserMemory(inboxKey: string): DeviceMemory {
  const key = deviceMemoryKey(inboxKey);
  const storage = usableStorage(key);
  if (!storage) return pageMemory();
  return {
    isBlocked: false,
    recall: () => parsed(storage.getItem(key)),
    remember: (what) => storage.setItem(key, JSON.stringify(what)),
    forget: () => storage.removeItem(key),
  };
}

export function pageMemory(): DeviceMemory {
  let remembered: Remembered | undefined;
  return {
    isBlocked: true,
    recall: () => remembered,
    remember: (what) => {
      remembered = what;
    },
    forget: () => {
      remembered = undefined;
    },
  };
}

/** Touching it may throw, and writing may throw where reading does not. */
function usableStorage(key: string): Storage | undefined {
  try {
    const { localStorage } = globalThis;
    localStorage.setItem(`${key}?`, "");
    localStorage.removeItem(`${key}?`);
    return localStorage;
  } catch {
    return undefined; // blocked, or there is none: Node
  }
}

function parsed(text: string | null): Remembered | undefined {
  try {
    const { deviceId, token } = JSON.parse(text ?? "null") as Partial<Remembered>;
    return typeof deviceId === "string" && typeof token === "string" ? { deviceId, token } : undefined;
  } catch {
    return undefined; // somebody else's, or half written
  }
}
