import type { Conversation, Kept } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Findings, Rule } from "../verdict.ts";

export const epochsGrow: Rule = {
  invariant: "I10",
  judge: ({ conversations, all }, findings) => {
    const written = Map.groupBy(all.of("witness.epoch"), ({ line }) => line.conversation);
    for (const conversation of conversations.values()) {
      judgeOrder(conversation, findings);
      judgeOwners(conversation, written.get(conversation.id) ?? [], findings);
    }
  },
};

/** Under which epoch an event was kept, as its writer said; as the database saw it where no node did. */
const epochOf = (conversation: Conversation, { line }: Kept): number =>
  conversation.appendOf(line.event.id)?.asked.line.epoch ?? line.witness?.epoch ?? 0;

function judgeOrder(conversation: Conversation, findings: Findings): void {
  let highest = 0;
  let before: Kept | undefined;
  for (const kept of conversation.log) {
    const epoch = epochOf(conversation, kept);
    const { seq } = kept.line.event;
    if (before && highest > 0 && epoch > highest) findings.saw();
    if (epoch < highest)
      findings.found(`epoch ${epoch} after epoch ${highest}`, { conversation: conversation.id, seq }, kept, before);
    if (epoch >= highest) [highest, before] = [epoch, kept];
  }
}

function judgeOwners(
  { id, claims, appends }: Conversation,
  written: readonly Noticed<"witness.epoch">[],
  findings: Findings,
): void {
  const owners = new Map<number, { readonly owner: string; readonly by: Noticed }>();
  const own = (epoch: number, owner: string, by: Noticed): void => {
    const known = owners.get(epoch);
    if (known && known.owner !== owner)
      findings.found(`epoch ${epoch} has two nodes`, { conversation: id }, by, known.by);
    if (!known) owners.set(epoch, { owner, by });
  };
  for (const one of claims) own(one.line.epoch, one.line.who, one);
  for (const { asked } of appends) own(asked.line.epoch, asked.line.who, asked);
  for (const one of written) if (one.line.owner !== null) own(one.line.epoch, one.line.owner, one);
}

export const fenced: Rule = {
  invariant: "I11",
  judge: ({ conversations, all }, findings) => {
    const written = Map.groupBy(all.of("witness.epoch"), ({ line }) => line.conversation);
    for (const conversation of conversations.values()) {
      const claims = [...conversation.claims, ...(written.get(conversation.id) ?? [])].sort(
        (a, b) => a.line.epoch - b.line.epoch,
      );
      countTakeOvers(conversation, findings);
      for (const kept of conversation.log) judgeFence(conversation, kept, claims, findings);
    }
  },
};

/** Only a claim by another node has anybody to fence off. */
function countTakeOvers({ claims }: Conversation, findings: Findings): void {
  const inOrder = claims.toSorted((a, b) => a.line.epoch - b.line.epoch);
  findings.saw(inOrder.filter(({ line }, i) => i > 0 && inOrder[i - 1]?.line.who !== line.who).length);
}

type Claim = Noticed<"claim" | "witness.epoch">;

function judgeFence(conversation: Conversation, kept: Kept, claims: readonly Claim[], findings: Findings): void {
  const { event, witness } = kept.line;
  const append = conversation.appendOf(event.id)?.asked;
  if (!append) return;
  const { epoch, who } = append.line;
  const where = { conversation: conversation.id, seq: event.seq, key: event.key };
  const newer = claims.findLast(({ line }) => line.epoch > epoch && line.head < event.seq);
  if (newer)
    findings.found(
      `${who} kept it with epoch ${epoch} after epoch ${newer.line.epoch} was claimed`,
      where,
      append,
      newer,
      kept,
    );
  else if (witness && witness.epoch !== epoch)
    findings.found(`${who} kept it with epoch ${epoch} when the epoch was ${witness.epoch}`, where, append, kept);
}
