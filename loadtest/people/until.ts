type Changing = { onChange(listener: () => void): () => void };

/** Resolves when it is so; looks again at every change of the session. */
export function until(session: Changing, what: string, isSo: () => boolean, withinMs = 15_000): Promise<void> {
  if (isSo()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const end = (tell: () => void) => {
      stop();
      clearTimeout(timer);
      tell();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`Not within ${withinMs} ms: ${what}.`))), withinMs);
    const stop = session.onChange(() => {
      if (isSo()) end(resolve);
    });
  });
}
