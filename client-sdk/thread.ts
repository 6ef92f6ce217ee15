import { fold, prepend } from "#core/conversation/transcript.ts";
import type { ConversationEvent, Fetched, Frame, Line, Paged } from "#protocol/conversation.ts";
import { Inbox } from "./inbox.ts";

/** The lines of one conversation as far as they are loaded: complete between the first and the last. Pure. */
export class Thread {
  readonly inbox = new Inbox();
  lines: readonly Line[] = [];
  hasOlder = false;
  /** No page has come yet. */
  isEmpty = true;
  /** Events since an older page was asked for: it may have been read before they happened. */
  #since: ConversationEvent[] | undefined;

  /** A page of the newest lines: the first, or the one that spares a long replay. What was loaded before it goes. */
  begin({ lines, asOf, more }: Paged): void {
    this.#since = undefined;
    this.lines = lines;
    this.hasOlder = more;
    this.isEmpty = false;
    this.#fold(this.inbox.begin(asOf));
  }

  /** The events that became visible. */
  take(frames: readonly Frame[]): readonly ConversationEvent[] {
    return this.#fold(this.inbox.take(frames));
  }

  fetched(since: number, answer: Fetched): readonly ConversationEvent[] {
    return this.#fold(this.inbox.fetched(since, answer));
  }

  /** Number to ask for older lines below. Whatever changes until they come is remembered. */
  askOlder(): number | undefined {
    this.#since = [];
    return this.lines[0]?.seq;
  }

  older({ lines, more }: Paged): void {
    const since = this.#since;
    this.#since = undefined;
    if (!since) return; // a snapshot has come in between: these lines would not follow each other
    this.lines = prepend(this.lines, fold(lines, since.filter(isChange)));
    this.hasOlder = more;
  }

  #fold(events: readonly ConversationEvent[]): readonly ConversationEvent[] {
    if (events.length > 0) this.lines = fold(this.lines, events);
    this.#since?.push(...events);
    return events;
  }
}

const isChange = ({ type }: ConversationEvent): boolean => type === "message.edited" || type === "message.deleted";
