/** Where lines for the person at the terminal go. */
export type Say = (line: string) => void;
