import { Encoder, schema, t, type SchemaType } from "@colyseus/schema";

// Two buffers of this size live in every room; a header of forty people fits.
Encoder.BUFFER_SIZE = 4 * 1024;

export const MemberState = schema(
  {
    side: t.string(),
    name: t.string(),
    joined: t.boolean(),
    online: t.boolean(),
    typing: t.boolean(),
    read: t.number(),
    delivered: t.number(),
  },
  "Member",
);
export type MemberState = SchemaType<typeof MemberState>;

export const LookerState = schema({ name: t.string(), here: t.boolean() }, "Looker");
export type LookerState = SchemaType<typeof LookerState>;

/**
 * The header of a conversation: what is shown beside its lines. The fields marked `view` reach only clients with a view,
 * and only staff get one. Nothing is ever removed from a map, so that sending the whole state mends any reader.
 */
export const ConversationState = schema(
  {
    status: t.string(),
    /** Empty: nobody. */
    assigneeId: t.string(),
    head: t.number(),
    members: t.map(MemberState),
    staffHead: t.number().view(),
    staffReads: t.map("number").view(),
    viewers: t.map(LookerState).view(),
  },
  "Conversation",
);
export type ConversationState = SchemaType<typeof ConversationState>;
