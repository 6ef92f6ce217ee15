/**
 * What an embedding page may say to the widget: `Roomdesk("open")`, `Roomdesk("identify", jwt)` … The element has the same
 * as methods. Everything may be called before anything has loaded; it is then done in order.
 */
export type WidgetCommands = {
  /** For pages that load the script without `data-inbox`, and single-page applications. */
  init(options: WidgetOptions): void;
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows or hides the launcher and the panel altogether. */
  show(): void;
  hide(): void;
  /** A JWT signed by the host's server makes the customer known. Rejects when it is refused. */
  identify(jwt: string): Promise<void>;
  /** Signs the customer out and clears what this device holds. */
  logout(): Promise<void>;
  /** Puts a text into the composer, after what is there already, without sending it. */
  prefill(text: string): Promise<void>;
  /** Calls `listener` on each event; returns what ends it. */
  on<E extends keyof WidgetEvents>(event: E, listener: (detail: WidgetEvents[E]) => void): () => void;
  /** Takes the widget off the page, with its connection. */
  destroy(): void;
};

export type WidgetOptions = {
  /** The inbox's public key. */
  readonly inbox: string;
  /** Address of the desk; that of the script by default. */
  readonly server?: string;
  readonly theme?: "light" | "dark" | "contrast" | "auto";
};

export type WidgetEvents = {
  /** The element is running and has a session. */
  ready: null;
  open: null;
  close: null;
  /** Unread messages changed. */
  unread: number;
  /** The customer's message was saved. */
  sent: { readonly conversationId: string };
  /** A message for the customer arrived. */
  received: { readonly conversationId: string };
  /** The widget was taken off the page for good. */
  destroy: null;
};

/** `window.Roomdesk`, typed for those who import it. */
export type RoomdeskFunction = {
  <C extends keyof WidgetCommands>(
    command: C,
    ...args: Parameters<WidgetCommands[C]>
  ): ReturnType<WidgetCommands[C]> | Promise<Awaited<ReturnType<WidgetCommands[C]>>>;
  /** Calls made before the loader ran. */
  q?: unknown[][];
};
