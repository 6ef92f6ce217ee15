import type { Conversation } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import { replay } from "../model/replay.ts";
import type { Findings, Rule } from "../verdict.ts";

export const nobodySeesTooMuch: Rule = {
  invariant: "I20",
  judge: (model, findings) => {
    const secrets = new Map([...model.conversations].map(([id, conversation]) => [id, new Secrets(conversation)]));
    for (const conversation of model.conversations.values()) {
      const theirs = secrets.get(conversation.id)!;
      judgeReceipts(model, conversation, theirs, findings);
      for (const tell of conversation.tells)
        if (tell.line.side === "customer")
          for (const { seq } of tell.line.events) theirs.judge("told to customers", { seq }, tell, findings);
    }
    judgeScreens(model, secrets, findings);
    judgeStrangers(model, secrets, findings);
  },
};

type Seen = { readonly seq?: number | null; readonly hash?: string | null };

/** What no customer may see of a conversation. */
class Secrets {
  readonly isEmpty: boolean;
  readonly #conversation: Conversation;
  readonly #texts: ReadonlySet<string | null>;

  constructor(conversation: Conversation) {
    const texts = (isInternal: boolean) =>
      conversation.log.filter(({ line }) => line.internal === isInternal).map(({ line }) => line.event.hash);
    const known = new Set([...texts(false), null]);
    this.#conversation = conversation;
    this.#texts = new Set(texts(true).filter((hash) => !known.has(hash)));
    this.isEmpty = !conversation.log.some(({ line }) => line.internal);
  }

  judge(how: string, { seq, hash }: Seen, noticed: Noticed, findings: Findings): void {
    const kept = seq ? this.#conversation.bySeq(seq) : undefined;
    const where = { conversation: this.#conversation.id, ...(seq && { seq }) };
    if (kept?.line.internal) findings.found(`an internal event, ${how}`, where, noticed, kept);
    else if (hash && this.#texts.has(hash)) findings.found(`the text of a note, ${how}`, where, noticed);
  }
}

function judgeReceipts(model: Model, conversation: Conversation, secrets: Secrets, findings: Findings): void {
  for (const { screen, noticed } of model.receipts.get(conversation.id) ?? []) {
    if (screen.side !== "customer") continue;
    if (!secrets.isEmpty) findings.saw();
    const { line } = noticed;
    const seen: readonly Seen[] = line.what === "page" ? line.lines : line.frames.map(({ event }) => event);
    for (const one of seen) secrets.judge("received by a customer", one, noticed, findings);
    const heads = line.what === "page" ? [line.asOf] : [...line.frames.map(({ after }) => after), line.upTo ?? 0];
    for (const seq of heads) secrets.judge("its number told to a customer", { seq }, noticed, findings);
  }
}

function judgeScreens({ viewings }: Model, secretsOf: ReadonlyMap<string, Secrets>, findings: Findings): void {
  for (const viewing of viewings) {
    const secrets = secretsOf.get(viewing.conversation);
    if (viewing.screen.side !== "customer" || !secrets || secrets.isEmpty) continue;
    replay(viewing, (_, { came }, noticed) => {
      for (const one of came) secrets.judge("on a customer's screen", one, noticed, findings);
    });
  }
}

/** A customer was let into somebody else's conversation, or was told of the head of what they may not see. */
function judgeStrangers(
  { all, screens, conversations, receipts }: Model,
  secretsOf: ReadonlyMap<string, Secrets>,
  findings: Findings,
): void {
  for (const noticed of all.of("welcome", "head")) {
    const screen = screens.get(noticed.line.who);
    const conversation = conversations.get(noticed.line.conversation);
    if (screen?.side !== "customer" || !conversation?.kept) continue;
    const { head } = noticed.line;
    secretsOf.get(conversation.id)?.judge("its number told to a customer", { seq: head }, noticed, findings);
    if (noticed.line.what === "welcome" && conversation.kept.line.customer !== screen.person)
      findings.found(
        "welcomed into a stranger's conversation",
        { conversation: conversation.id },
        noticed,
        conversation.kept,
      );
  }
  for (const [id, list] of receipts) {
    const kept = conversations.get(id)?.kept;
    const stranger = list.find(
      ({ screen }) => screen.side === "customer" && kept && kept.line.customer !== screen.person,
    );
    if (stranger)
      findings.found("received from a stranger's conversation", { conversation: id }, stranger.noticed, kept);
  }
}
