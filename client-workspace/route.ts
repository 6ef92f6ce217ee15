import type { View } from "#protocol/workspace.ts";

/** Where an agent is: the view of the list and the conversation beside it. Kept in the fragment, so that a reload and Back work. */
export type Route = { readonly view: View; readonly conversation: string | null };

const shape = /^#\/(new|mine|all|closed)(?:\/([0-9a-f-]{36}))?$/;

export function readRoute(hash: string): Route {
  const [, view, conversation] = shape.exec(hash) ?? [];
  return { view: (view as View | undefined) ?? "new", conversation: conversation ?? null };
}

export const writeRoute = ({ view, conversation }: Route): string =>
  `#/${view}${conversation ? `/${conversation}` : ""}`;
