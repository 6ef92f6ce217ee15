import { keepConversation } from "#core/memory/memory-desk.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { Mutant } from "../sim-world.ts";

/** The same port with some methods exchanged. */
const bent = (log: ConversationLog, changed: Partial<ConversationLog>): ConversationLog =>
  new Proxy(log, {
    get(target, name): unknown {
      const method: unknown = Reflect.get(name in changed ? changed : target, name);
      return typeof method === "function" ? (method as () => unknown).bind(target) : method;
    },
  });

type Wrong = {
  readonly mutant: Mutant;
  /** The invariant that must notice it. */
  readonly breaks: string;
  /** Where to begin looking, for what is rarely seen. */
  readonly from?: number;
};

/** What could have been built wrong. */
export const mutants: Readonly<Record<string, Wrong>> = {
  "the store does not look at the epoch": {
    breaks: "I11",
    mutant: {
      store: (log) =>
        bent(log, {
          append(append) {
            const epoch = log.desk.conversations.get(append.conversationId)?.epoch ?? 0;
            return log.append({ ...append, epoch });
          },
        }),
    },
  },
  "the actor tells before the commit": {
    breaks: "I4",
    mutant: {
      roomLog: (log, audience) =>
        bent(log, {
          append(append) {
            audience.tell("staff", framesFor("staff", append.expectedHead, append.events));
            return log.append(append);
          },
        }),
    },
  },
  "the client forgets a message when it is sent": {
    breaks: "I2",
    mutant: { onSend: (outbox, clientId) => outbox.remove(clientId) },
  },
  "the store does not look at keys": {
    breaks: "I3",
    mutant: {
      store: (log) =>
        bent(log, {
          byKey: async () => undefined,
          async append({ conversationId, epoch, expectedHead, events }) {
            const found = log.desk.conversations.get(conversationId);
            if (found?.epoch !== epoch) return { outcome: "fenced" };
            if (found.events.length !== expectedHead) return { outcome: "behind" };
            keepConversation(log.desk, { ...found, events: [...found.events, ...events] });
            return { outcome: "kept" };
          },
        }),
    },
  },
  "a pause is not noticed": {
    breaks: "I12",
    from: 160,
    mutant: {
      heart: (heart) => ({
        start: (onBeat) => heart.start(onBeat),
        stop: () => heart.stop(),
        pauses: 0,
        watch: (room) => heart.watch(room, heart.pauses),
        forget: (room) => heart.forget(room),
        sure: async () => undefined,
        isSure: () => true,
      }),
    },
  },
  "an edit skips a version": {
    breaks: "I16",
    mutant: {
      store: (log) =>
        bent(log, {
          append(append) {
            const events = append.events.map((event) =>
              event.type === "message.edited" ? { ...event, version: event.version + 1 } : event,
            );
            return log.append({ ...append, events });
          },
        }),
    },
  },
  "a customer is told what is for staff": {
    breaks: "I20",
    mutant: { store: (log) => bent(log, { since: (id, _side, seq, limit) => log.since(id, "staff", seq, limit) }) },
  },
  "a resend is acknowledged with another number": {
    breaks: "I1",
    mutant: {
      store: (log) =>
        bent(log, {
          async append(append) {
            const appended = await log.append(append);
            if (appended.outcome !== "duplicate") return appended;
            return { ...appended, event: { ...appended.event, seq: appended.event.seq + 1 } };
          },
        }),
    },
  },
  "a read number is kept without its higher digits": {
    breaks: "I15",
    from: 90,
    mutant: {
      store: (log) =>
        bent(log, {
          async read(id, person, upTo) {
            const found = log.desk.conversations.get(id);
            if (found)
              log.desk.conversations.set(id, { ...found, reads: new Map(found.reads).set(person.id, upTo % 3) });
          },
        }),
    },
  },
  "a note takes two numbers": {
    breaks: "I5",
    mutant: {
      store: (log) =>
        bent(log, {
          append(append) {
            const isNote = append.events.some(({ type }) => type === "note.posted");
            const events = append.events.map((event) => ({ ...event, seq: event.seq + (isNote ? 1 : 0) }));
            return log.append({ ...append, events });
          },
        }),
    },
  },
};
