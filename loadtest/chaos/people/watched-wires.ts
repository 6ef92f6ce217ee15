import { isAck, isFetched, isPaged, isRefused, isTransient } from "#client-sdk/answers.ts";
import type { DialConversation } from "#client-sdk/conversation-feed.ts";
import { customerWires, type CustomerWires } from "#client-sdk/customer-wires.ts";
import type { ConversationApi } from "#client-sdk/desk-api.ts";
import { failed } from "#client-sdk/desk-request.ts";
import { wire, type Dialer, type Link, type LinkListener } from "#client-sdk/link.ts";
import { staffWires, type StaffWires } from "#client-sdk/staff-wires.ts";
import type { ConversationCommand, Frame, Ping, Welcome } from "#protocol/conversation.ts";
import type { Notes } from "./notes.ts";

/** The way to the desk, with everything that comes over it written down before the session sees it. */
export const watchedCustomerWires =
  (notes: Notes): CustomerWires =>
  (settings) => {
    const { api, dial } = customerWires(settings);
    return { api: { ...api, ...watchedApi(api, notes) }, dial: watchedDial(dial, notes) };
  };

export const watchedStaffWires =
  (notes: Notes): StaffWires =>
  (settings) => {
    const { api, dial, dialWorkspace } = staffWires(settings);
    return { api: { ...api, ...watchedApi(api, notes) }, dial: watchedDial(dial, notes), dialWorkspace };
  };

/** Commands and pages that go over HTTP because no link is there. */
const watchedApi = (api: ConversationApi, notes: Notes): Pick<ConversationApi, "post" | "page"> => ({
  async page(conversation, page) {
    const answer = await api.page(conversation, page);
    notePage(notes, conversation, answer);
    return answer;
  },
  async post(conversation, command) {
    const answer = await api.post(conversation, command);
    const said = !failed(answer)
      ? answer
      : "refused" in answer
        ? { ok: false as const, code: answer.refused }
        : undefined;
    noteAnswer(notes, conversation, command, said);
    return answer;
  },
});

const watchedDial =
  (dial: DialConversation, notes: Notes): DialConversation =>
  (conversation, since) => {
    const { socket, polling } = dial(conversation, since);
    return {
      socket: watchedDialer(socket, conversation, notes, "told"),
      ...(polling && { polling: watchedDialer(polling, conversation, notes, "poll") }),
    };
  };

function watchedDialer(dialer: Dialer, conversation: string, notes: Notes, via: "told" | "poll"): Dialer {
  return {
    owner: () => dialer.owner(),
    async dial(listener) {
      const link = await dialer.dial(watchedListener(listener, conversation, notes, via));
      if ("request" in link) return watchedLink(link, conversation, notes);
      notes.log(`dialling ${conversation} by ${via === "told" ? "socket" : "polling"} gave`, link);
      return link;
    },
  };
}

function watchedListener(
  listener: LinkListener,
  conversation: string,
  notes: Notes,
  via: "told" | "poll",
): LinkListener {
  return {
    told(type, payload) {
      if (type === wire.frames) notes.told(conversation, via, payload as readonly Frame[]);
      else if (type === wire.ping) notes.head(conversation, (payload as Ping).head);
      else if (type === wire.welcome) {
        const { you, head } = payload as Welcome;
        notes.note({ what: "welcome", conversation, you: { side: you.side, id: you.id }, head });
      }
      listener.told(type, payload);
    },
    header(header) {
      notes.head(conversation, header.head);
      listener.header(header);
    },
    closed(code) {
      notes.note({ what: "close", conversation, code });
      listener.closed(code);
    },
  };
}

function watchedLink(link: Link, conversation: string, notes: Notes): Link {
  return {
    kind: link.kind,
    owner: link.owner,
    async request(type, payload) {
      const answer = await link.request(type, payload);
      if (type === wire.fetch) {
        if (isFetched(answer)) notes.told(conversation, "fetch", answer.frames, answer.upTo);
        else notes.log(`fetch of ${conversation} over ${link.kind} was answered`, answer);
      } else if (type === wire.page) {
        notePage(notes, conversation, answer);
      } else noteAnswer(notes, conversation, { type, ...(payload as object) } as ConversationCommand, answer);
      return answer;
    },
    signal(type, payload) {
      if (type === wire.read) notes.note({ what: "read", conversation, ...(payload as { upTo: number }) });
      link.signal(type, payload);
    },
    close: () => link.close(),
  };
}

function notePage(notes: Notes, conversation: string, answer: unknown): void {
  if (isPaged(answer)) notes.paged(conversation, answer.lines, answer.asOf, answer.more);
  else notes.log(`page of ${conversation} was answered`, answer);
}

/** A refusal for good is written down when the row is parked; of a turn there is nothing to park. */
function noteAnswer(notes: Notes, conversation: string, { type, clientId: key }: ConversationCommand, answer: unknown) {
  if (isAck(answer)) notes.acked(conversation, key, answer);
  else if (!isRefused(answer)) notes.note({ what: "info", conversation, key });
  else if (type.startsWith("conversation.") && !isTransient(answer.code))
    notes.note({ what: "fail", conversation, key, code: answer.code });
  else notes.note({ what: "info", conversation, key, code: answer.code });
}
