import type { FeedRow } from "#core/ports/workspace-feed.ts";
import type { ListChanged, Listed, Row, View } from "#protocol/workspace.ts";
import type { Presence } from "../node/switchboard.ts";
import type { Board } from "./board.ts";
import type { Reader } from "./reader.ts";

/** What a tab was told of a row: if none of it changed, nothing is told again. */
type Told = { readonly row: FeedRow; readonly presence: Presence; readonly unread: number };

export type PresenceOf = (conversationId: string) => Presence;

/** The part of a view that one tab shows, and what it was told of it. */
export class ListView {
  readonly #view: View;
  readonly #limit: number;
  readonly #board: Board;
  readonly #presenceOf: PresenceOf;
  #told = new Map<string, Told>();
  #total = 0;

  constructor(shown: { view: View; limit: number }, board: Board, presenceOf: PresenceOf) {
    this.#view = shown.view;
    this.#limit = shown.limit;
    this.#board = board;
    this.#presenceOf = presenceOf;
  }

  listed(reader: Reader): Listed {
    const { upserted, total } = this.changes(reader) ?? { upserted: [], total: this.#total };
    return { ok: true, view: this.#view, rows: upserted, total, counts: reader.countsOf(this.#board) };
  }

  /** What has changed in the window since it was last told, or `undefined`. */
  changes(reader: Reader): ListChanged | undefined {
    const rows = this.#board.of(this.#view, reader.userId).first(this.#limit);
    const upserted = rows.flatMap((row) => this.#ifChanged(row, reader) ?? []);
    const removed = this.#forgetBut(rows);
    const total = this.#board.total(this.#view, reader.userId);
    if (upserted.length === 0 && removed.length === 0 && total === this.#total) return undefined;
    this.#total = total;
    return { view: this.#view, upserted, removed, total };
  }

  #ifChanged(row: FeedRow, reader: Reader): Row | undefined {
    const before = this.#told.get(row.id);
    const [presence, unread] = [this.#presenceOf(row.id), reader.unreadOf(row)];
    if (before?.row === row && before.presence === presence && before.unread === unread) return undefined;
    this.#told.set(row.id, { row, presence, unread });
    return asRow(row, presence, unread);
  }

  #forgetBut(rows: readonly FeedRow[]): string[] {
    if (this.#told.size === rows.length) return [];
    const stay = new Set(rows.map(({ id }) => id));
    const gone = [...this.#told.keys()].filter((id) => !stay.has(id));
    for (const id of gone) this.#told.delete(id);
    return gone;
  }
}

function asRow(row: FeedRow, presence: Presence, unread: number): Row {
  const { changed: _changed, customerMessages: _messages, ...shown } = row;
  const customer = { ...row.customer, online: presence.customerOnline };
  return { ...shown, customer, unread, customerTyping: presence.customerTyping };
}
