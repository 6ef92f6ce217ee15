/** Roomdesk cannot start like this; the message is one sentence for the person at the terminal and needs no stack. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
