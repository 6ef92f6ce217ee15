/** What the shared pieces ask of their host. All bubble and cross shadow roots; `rd-compose` may be prevented. */
export type RoomdeskEvents = {
  /** Send was pressed. The composer has emptied itself unless the event was prevented. `editing` is the id of a message. */
  "rd-compose": { readonly body: string; readonly note: boolean; readonly editing: string | null };
  /** `on: true` at most every three seconds while somebody writes, `on: false` once when they stop. Never for notes. */
  "rd-typing": { readonly on: boolean };
  /** The text changed: keep it. An empty body means there is no draft any more. */
  "rd-draft": { readonly body: string; readonly note: boolean };
  "rd-mode": { readonly note: boolean };
  "rd-edit-cancel": Record<never, never>;

  "rd-retry": { readonly id: string };
  "rd-discard": { readonly id: string };
  "rd-edit": { readonly id: string; readonly body: string };
  /** Already confirmed by a second press. */
  "rd-delete": { readonly id: string };
  "rd-copy": { readonly id: string; readonly body: string };
  /** "Edited" was pressed. */
  "rd-history": { readonly id: string };

  /** The reader comes near the oldest loaded row. */
  "rd-older": Record<never, never>;
  /** Newest message that was on screen while the page was visible. Rises, never falls. */
  "rd-seen": { readonly id: string };
  /** The jump pill was pressed. The thread has gone there already. */
  "rd-jump": Record<never, never>;
  /** A component threw while drawing and was replaced by an apology. */
  "rd-failed": { readonly element: string; readonly error: unknown };
};

export type RoomdeskEvent<Name extends keyof RoomdeskEvents> = CustomEvent<RoomdeskEvents[Name]>;

declare global {
  // So that addEventListener and Lit's @rd-… know the detail.
  interface HTMLElementEventMap {
    "rd-compose": RoomdeskEvent<"rd-compose">;
    "rd-typing": RoomdeskEvent<"rd-typing">;
    "rd-draft": RoomdeskEvent<"rd-draft">;
    "rd-mode": RoomdeskEvent<"rd-mode">;
    "rd-edit-cancel": RoomdeskEvent<"rd-edit-cancel">;
    "rd-retry": RoomdeskEvent<"rd-retry">;
    "rd-discard": RoomdeskEvent<"rd-discard">;
    "rd-edit": RoomdeskEvent<"rd-edit">;
    "rd-delete": RoomdeskEvent<"rd-delete">;
    "rd-copy": RoomdeskEvent<"rd-copy">;
    "rd-history": RoomdeskEvent<"rd-history">;
    "rd-older": RoomdeskEvent<"rd-older">;
    "rd-seen": RoomdeskEvent<"rd-seen">;
    "rd-jump": RoomdeskEvent<"rd-jump">;
    "rd-failed": RoomdeskEvent<"rd-failed">;
  }
}

/** Tells the host. `false` when it was prevented. */
export function emit<Name extends keyof RoomdeskEvents>(
  from: EventTarget,
  name: Name,
  detail: RoomdeskEvents[Name],
): boolean {
  return from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}
