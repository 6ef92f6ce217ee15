import type { Setup, StaffSession } from "#protocol/people.ts";
import type { Colleague, Counts, CustomerPanel, Row, View } from "#protocol/workspace.ts";
import { Changes } from "./changes.ts";
import type { ConversationSession } from "./conversation-session.ts";
import { ConversationShelf } from "./conversation-shelf.ts";
import { failed, type Failed } from "./desk-request.ts";
import { browserKeeping, type OpenKeeping } from "./open-outbox.ts";
import { problemOf, unreachableProblem, type Problem } from "./problem.ts";
import { staffWires, type StaffLines, type StaffWires } from "./staff-wires.ts";
import type { Connection } from "./standing.ts";
import { systemWorld } from "./system-world.ts";
import type { Self } from "./view-line.ts";
import { WorkspaceFeed } from "./workspace-feed.ts";
import type { Cancel, World } from "./world.ts";

export type WorkspaceOptions = {
  /** Origin of the desk. */
  readonly desk: string;
  /** For Node, playgrounds and tests. */
  readonly world?: World;
  readonly keeping?: OpenKeeping;
  readonly wires?: StaffWires;
  readonly fetch?: typeof globalThis.fetch;
};

/** What belongs to the person who is signed in, and goes with them. */
type Post = { readonly session: StaffSession; readonly feed: WorkspaceFeed; readonly shelf: ConversationShelf };

const noRows: readonly Row[] = [];
const noColleagues: readonly Colleague[] = [];

/** An agent at the desk in this browser: sign-in, the live inbox, and the conversations they have open. */
export class WorkspaceSession {
  state: "checking" | "signed_out" | "signed_in" | "unreachable" = "checking";
  error: Problem | null = null;
  readonly #world: World;
  readonly #keeping: OpenKeeping;
  readonly #lines: StaffLines;
  readonly #changes = new Changes();
  #post: Post | undefined;
  #csrf = "";
  #window: { readonly view: View; readonly limit: number } = { view: "new", limit: 100 };

  constructor({ desk, world = systemWorld(), keeping = browserKeeping, wires = staffWires, fetch }: WorkspaceOptions) {
    this.#world = world;
    this.#keeping = keeping;
    this.#lines = wires({ desk, world, fetch, csrf: () => this.#csrf, renewed: (session) => this.#renewed(session) });
  }

  get user(): StaffSession["user"] | null {
    return this.#post?.session.user ?? null;
  }

  get organisation(): string {
    return this.#post?.session.organisation ?? "";
  }

  get connection(): Connection {
    return this.#post?.feed.connection ?? "connecting";
  }

  get view(): View {
    return this.#window.view;
  }

  /** Newest first. */
  get rows(): readonly Row[] {
    return this.#post?.feed.list.rows ?? noRows;
  }

  get total(): number {
    return this.#post?.feed.list.total ?? 0;
  }

  get counts(): Counts | null {
    return this.#post?.feed.list.counts ?? null;
  }

  get isLoading(): boolean {
    return this.#post?.feed.list.isLoading ?? true;
  }

  get hasMore(): boolean {
    return this.#post?.feed.list.hasMore ?? false;
  }

  get colleagues(): readonly Colleague[] {
    return this.#post?.feed.colleagues ?? noColleagues;
  }

  onChange(listener: () => void): Cancel {
    return this.#changes.on(listener);
  }

  /** Finds out who is signed in. */
  async start(): Promise<Failed | undefined> {
    this.#set("checking");
    return this.#enter(await this.#lines.api.me());
  }

  async signIn(who: { email: string; password: string; remember?: boolean }): Promise<Failed | undefined> {
    return this.#enter(await this.#lines.api.signIn({ ...who, remember: who.remember ?? false }), false);
  }

  /** The first start of a desk, by its one-time link. */
  async setup(first: Setup): Promise<Failed | undefined> {
    return this.#enter(await this.#lines.api.setup(first), false);
  }

  async signOut(): Promise<Failed | undefined> {
    return this.#leaveAfter(await this.#lines.api.signOut());
  }

  async signOutEverywhere(): Promise<Failed | undefined> {
    return this.#leaveAfter(await this.#lines.api.signOutEverywhere());
  }

  /** Which part of which view this tab shows. */
  show(view: View, limit = 100): void {
    this.#window = { view, limit: Math.min(limit, 500) };
    this.#post?.feed.show(this.#window.view, this.#window.limit);
  }

  /** Kept until it is released, so that several stay open as tabs. */
  conversation(id: string): ConversationSession {
    if (!this.#post) throw new Error("Nobody is signed in.");
    return this.#post.shelf.session(id);
  }

  release(id: string): void {
    this.#post?.shelf.release(id);
  }

  customerPanel = (customerId: string): Promise<CustomerPanel | Failed> => this.#lines.api.customerPanel(customerId);

  /** The panel of whoever's conversation this is, for one that did not stand in the list. */
  customerOf = (conversationId: string): Promise<CustomerPanel | Failed> => this.#lines.api.customerOf(conversationId);

  destroy(): void {
    this.#changes.end();
    this.#leave()?.shelf.close();
  }

  /** @param isStart a sign-in that fails leaves us where we were */
  #enter(answer: StaffSession | Failed, isStart = true): Failed | undefined {
    if (!failed(answer)) {
      this.#leave()?.shelf.close();
      this.#begin(answer);
      return undefined;
    }
    const isOut = "refused" in answer;
    if (isStart) this.#set(isOut ? "signed_out" : "unreachable", isOut ? null : unreachableProblem);
    return answer;
  }

  #begin(session: StaffSession): void {
    this.#csrf = session.csrf;
    const { id, name } = session.user;
    const self: Self = { side: "staff", id, name };
    const { api, dial, dialWorkspace } = this.#lines;
    const changed = () => this.#changes.mark();
    const shelf = new ConversationShelf({
      name: `roomdesk-staff-${id}`,
      world: this.#world,
      keeping: this.#keeping,
      api,
      dial,
      self: () => self,
      changed,
      open: async () => ({ refused: "forbidden" }), // conversations are begun by customers
      signedOut: () => this.#thrownOut(),
    });
    const feed = new WorkspaceFeed(dialWorkspace(), this.#world, { changed, ended: () => this.#thrownOut() });
    this.#post = { session, feed, shelf };
    shelf.admit();
    void shelf.start(); // what was unsent when the page closed is sent, whether its conversation is open or not
    feed.show(this.#window.view, this.#window.limit);
    feed.start();
    this.#set("signed_in");
  }

  /** The session ended elsewhere. What is unsent stays on the device until the same person signs in again. */
  #thrownOut(): void {
    this.#leave()?.shelf.close();
    this.#set("signed_out", problemOf("not_signed_in"));
  }

  #renewed(session: StaffSession): boolean {
    if (session.user.id !== this.user?.id) return false;
    this.#csrf = session.csrf;
    return true;
  }

  /** Nothing of this person stays on the device, in no tab. */
  async #leaveAfter(answer: Failed | undefined): Promise<Failed | undefined> {
    if (failed(answer) && !("refused" in answer && answer.refused === "not_signed_in")) return answer;
    const left = this.#leave();
    this.#set("signed_out");
    await left?.shelf.destroy();
    return undefined;
  }

  #leave(): Post | undefined {
    const left = this.#post;
    left?.feed.stop();
    this.#post = undefined;
    this.#csrf = "";
    return left;
  }

  #set(state: WorkspaceSession["state"], error: Problem | null = null): void {
    this.state = state;
    this.error = error;
    this.#changes.mark();
  }
}
