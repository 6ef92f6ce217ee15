import { budgets } from "./budgets.ts";
import type { Bundle } from "./bundle.ts";

export type Weight = { client: string; what: string; kb: number; maxKb: number };

export function weights(bundles: readonly Bundle[]): Weight[] {
  return budgets.flatMap(({ client, what, maxKb, bytes }) => {
    const bundle = bundles.find((one) => one.client === client);
    return bundle ? [{ client, what, kb: bytes(bundle) / 1000, maxKb }] : [];
  });
}

export function tooHeavy(found: readonly Weight[]): string[] {
  return found
    .filter(({ kb, maxKb }) => kb > maxKb)
    .map(
      ({ client, what, kb, maxKb }) => `${client}: ${what} weighs ${kb.toFixed(1)} kB, allowed are ${maxKb} kB (gzip)`,
    );
}

export function weightTable(found: readonly Weight[]): string {
  return found
    .map(({ client, what, kb, maxKb }) =>
      [client.padEnd(10), what.padEnd(24), `${kb.toFixed(1).padStart(6)} kB`, `of ${maxKb} kB gzip`].join(" "),
    )
    .join("\n");
}
