/** Every colour by what it is for: light, dark, contrast. Components use roles, never values. */
export const roles = {
  wall: ["#e8eded", "#0b1316", "#fff"],
  floor: ["#f5f8f7", "#10191d", "#fff"],
  paper: ["#fff", "#141f24", "#fff"],
  raised: ["#fff", "#1b292f", "#fff"],
  sunken: ["#eaf0f0", "#1f2e34", "#fff"],
  hover: ["#edf2f2", "#172328", "#e9f3f6"],
  press: ["#dfe7e7", "#24343b", "#d3e6eb"],
  ink: ["#10252d", "#e7eff0", "#000"],
  "ink-2": ["#3f545c", "#b3c2c6", "#1a1a1a"],
  "ink-3": ["#576a72", "#93a4a9", "#333"],
  line: ["#dae2e2", "#233138", "#5c5c5c"],
  edge: ["#74868d", "#647a82", "#000"],
  accent: ["#0a5f73", "#62c4d9", "#003f50"],
  "accent-hover": ["#084d5e", "#86d5e5", "#002c38"],
  "on-accent": ["#fff", "#04222b", "#fff"],
  "accent-soft": ["#dcedf1", "#163a45", "#e3f2f6"],
  "accent-line": ["#a3cbd5", "#2b6474", "#003f50"],
  "accent-ink": ["#0a5467", "#7fd0e1", "#003f50"],
  own: ["#0a5f73", "#14667a", "#003f50"],
  "on-own": ["#fff", "#fff", "#fff"],
  lamp: ["#ffc43a", "#ffc43a", "#ffc43a"],
  "on-lamp": ["#0e2a33", "#0e2a33", "#0e2a33"],
  "lamp-soft": ["#fff4d3", "#2e2610", "#fff6dc"],
  "lamp-line": ["#e6c775", "#6a551c", "#634800"],
  "lamp-ink": ["#634800", "#f3d27a", "#3d2c00"],
  ok: ["#1a7046", "#63cb93", "#00512b"],
  "ok-soft": ["#ddf2e5", "#143325", "#fff"],
  warn: ["#8f5100", "#f2b45c", "#6b3a00"],
  "warn-soft": ["#ffeccf", "#38290f", "#fff"],
  bad: ["#b01f2a", "#ff9088", "#8c0010"],
  "bad-soft": ["#fde7e6", "#3e1b1d", "#fff"],
  "bad-line": ["#e9a9a8", "#7e3a3b", "#8c0010"],
  night: ["#0e2a33", "#22343b", "#000"],
  "night-2": ["#17404c", "#2e464f", "#222"],
  "on-night": ["#fff", "#fff", "#fff"],
  "on-night-2": ["#b9cfd5", "#b9cfd5", "#fff"],
  focus: ["#0a5f73", "#86d5e5", "#b3006b"],
  // Outlines that only the contrast theme draws, because there all fills are white.
  shape: ["transparent", "transparent", "#000"],
  "accent-shape": ["transparent", "transparent", "#003f50"],
  "lamp-shape": ["transparent", "transparent", "#634800"],
  // What floats keeps a hairline in the dark, where no shadow is seen.
  rim: ["transparent", "#2f4148", "#000"],
} as const satisfies Record<string, readonly [light: string, dark: string, contrast: string]>;

/** Eight pairs of surface and ink for avatars: light, dark. The contrast theme uses the light ones. */
export const tints = [
  ["#d6e7f4", "#1d4a6e", "#1d3a52", "#b6dcf5"],
  ["#f9e1d4", "#7f3a1a", "#57301d", "#f6d0b8"],
  ["#d7eddc", "#1f4a2e", "#1d4029", "#bde6c8"],
  ["#f4dfeb", "#7a2f5c", "#532542", "#f2cbe2"],
  ["#e3e5f6", "#3b3f82", "#30335f", "#cdd0f8"],
  ["#ebe8c6", "#574a0a", "#3f3c17", "#ece0a0"],
  ["#d2ebeb", "#145454", "#174242", "#b4e4e4"],
  ["#e6e2dd", "#4a4038", "#3b3834", "#ded6ce"],
] as const satisfies readonly (readonly [surface: string, ink: string, darkSurface: string, darkInk: string])[];

export const depths = {
  sh1: ["0 1px 2px rgb(16 37 45/.07)", "none", "none"],
  sh2: ["0 1px 2px rgb(16 37 45/.06),0 6px 18px -4px rgb(16 37 45/.14)", "0 6px 18px -4px rgb(0 0 0/.4)", "none"],
  sh3: ["0 2px 4px rgb(16 37 45/.06),0 18px 48px -8px rgb(16 37 45/.26)", "0 18px 48px -8px rgb(0 0 0/.6)", "none"],
} as const;
