/** `deviceMemoryKey` of the session, said again so that nothing of it is fetched for a look. A test holds the two together. */
export const deviceKey = (inbox: string): string => `roomdesk:${inbox}`;

/** Whether this browser has been here before, judged without asking anybody. */
export const isKnownHere = (inbox: string): boolean => read(deviceKey(inbox)) !== null;

/** The newest message whose teaser was hidden: it does not come again on the next page. */
export const hiddenTeaser = (inbox: string): string | null => read(teaserKey(inbox));

export const hideTeaser = (inbox: string, message: string): void =>
  quietly(() => localStorage.setItem(teaserKey(inbox), message));

export const forgetTeaser = (inbox: string): void => quietly(() => localStorage.removeItem(teaserKey(inbox)));

/** Another tab of this browser has begun a conversation. Returns what ends it. */
export function onBecomingKnown(inbox: string, call: () => void): () => void {
  const heard = ({ key, newValue }: StorageEvent) => {
    if (key === deviceKey(inbox) && newValue !== null) call();
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}

const teaserKey = (inbox: string) => `roomdesk:teaser:${inbox}`;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is blocked: then nothing was kept either.
  }
}

function quietly(task: () => void): void {
  try {
    task();
  } catch (error) {
    console.debug("This browser keeps nothing.", error);
  }
}
