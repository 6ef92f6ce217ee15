/** Seeds that once failed, and what was wrong. They stay, though a later change of the simulation may tell other stories with them. */
export const knownBad: readonly { readonly seed: number; readonly was: string }[] = [
  { seed: 86, was: "a room whose release was lost in an outage was told as a fault, and a drain waited for it" },
  { seed: 29, was: "the row of another tab, read after its event had come, was a second bubble" },
  { seed: 441, was: "two tabs wrote, and the one that sends had not heard of the other's earlier message" },
  {
    seed: 1478,
    was: "a new owner that stood still while it read what it had missed told it, though another had taken over",
  },
  {
    seed: 1886,
    was: "a claim that was answered after a pause counted as verified, though another had taken over in it",
  },
];
