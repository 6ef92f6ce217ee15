export const themes = ["auto", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

const key = "roomdesk:theme";
const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

/** What this person chose on this device. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return isTheme(kept) ? kept : "auto";
  } catch {
    return "auto"; // Storage is blocked.
  }
}

export function keepTheme(theme: string): Theme {
  const chosen = isTheme(theme) ? theme : "auto";
  try {
    localStorage.setItem(key, chosen);
  } catch (error) {
    console.debug("The appearance cannot be kept in this browser.", error);
  }
  return chosen;
}
