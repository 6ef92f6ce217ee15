/** The little of a network socket that this needs. */
export type Corkable = { cork(): void; uncork(): void };

const held = new Set<Corkable>();

/**
 * What is written to a socket within one moment leaves it in one call to the system, which costs more than all else that
 * is done to a message: an answer and the frames before it, or the frames of several events.
 */
export function together(socket: Corkable): void {
  if (held.has(socket)) return;
  if (held.size === 0) process.nextTick(release); // after everything that is ready to run now
  held.add(socket);
  socket.cork();
}

function release(): void {
  const all = [...held];
  held.clear();
  for (const socket of all) socket.uncork();
}
