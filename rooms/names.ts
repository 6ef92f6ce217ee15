/** Names of the rooms, and what they say unasked. */
export const roomNames = { conversation: "conversation", workspace: "workspace" } as const;

const workspacePrefix = "workspace-";

/** A conversation's room has the conversation's id. A workspace has one at every node that its people come to. */
export const workspaceRoomId = (orgId: string, nodeId: string): string => `${workspacePrefix}${orgId}_${nodeId}`;
export const orgIdOf = (workspaceRoom: string): string =>
  workspaceRoom.slice(workspacePrefix.length, workspaceRoom.indexOf("_"));

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
