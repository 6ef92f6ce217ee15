/** Names of the rooms, and what they say unasked. */
export const roomNames = { conversation: "conversation", workspace: "workspace" } as const;

const workspacePrefix = "workspace-";

/** A conversation's room has the conversation's id; a workspace's is made from its organisation's. */
export const workspaceRoomId = (orgId: string): string => `${workspacePrefix}${orgId}`;
export const orgIdOf = (workspaceRoom: string): string => workspaceRoom.slice(workspacePrefix.length);

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
