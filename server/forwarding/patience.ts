export type Cancel = () => void;

const tickMs = 100;

/**
 * Calls when this long has passed awake: in turns of the event loop, not by the clock. A node that was frozen itself must
 * not find, on waking, that everybody else was silent.
 */
export function whenPatienceEnds(ms: number, call: () => void): Cancel {
  let left = ms;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const step = Math.min(left, tickMs);
    timer = setTimeout(() => {
      left -= step;
      if (left > 0) wait();
      else setImmediate(over); // after whatever has come meanwhile was read
    }, step);
  };
  let isCancelled = false;
  const over = () => {
    if (!isCancelled) call();
  };
  wait();
  return () => {
    isCancelled = true;
    clearTimeout(timer);
  };
}

/** How long another node may take for the first sign of an answer. */
export type Patience = {
  /** Without a sign, and without one that it is awake at all: it is gone. */
  readonly silentMs: number;
  /** Without a sign, but awake: it is slow, which is no reason to leave it. */
  readonly slowMs: number;
};

export const usualPatience: Patience = { silentMs: 1000, slowMs: 4500 };

export type Doubt = {
  /** Answers when the node's event loop turns, whatever its database does. */
  readonly isAwake: () => Promise<unknown>;
  readonly gone: () => void;
  readonly slow: () => void;
};

/**
 * Waits for a sign of life, which is to call what is returned. Half-way to silence it asks whether anybody is awake.
 * @param heldMs how long the answer may be held back on purpose
 */
export function doubt({ silentMs, slowMs }: Patience, heldMs: number, { isAwake, gone, slow }: Doubt): Cancel {
  let awake = false;
  const cancels = [
    whenPatienceEnds(heldMs + silentMs / 2, () => {
      isAwake().then(
        () => (awake = true),
        () => undefined, // then it is silent
      );
    }),
    whenPatienceEnds(heldMs + silentMs, () => {
      if (!awake) gone();
    }),
    whenPatienceEnds(heldMs + slowMs, slow),
  ];
  return () => cancels.forEach((cancel) => cancel());
}
