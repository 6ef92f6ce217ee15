/** Names of the rooms, and what they say unasked. */
export const roomNames = { conversation: "conversation", workspace: "workspace" } as const;

/** A conversation's room has the conversation's id. */
export const workspaceRoomId = (orgId: string): string => `workspace-${orgId}`;

export const told = {
  welcome: "welcome",
  frames: "frames",
  ping: "ping",
  moved: "moved",
  listChanged: "list.changed",
  counts: "counts",
  colleagues: "colleagues",
} as const;
export type Told = (typeof told)[keyof typeof told];
