/** Every limit people can run into, once. Units are in the names; both ends of the wire use them. */
export const limits = {
  /** UTF-16 code units of one message or note. */
  messageMaxChars: 4000,
  /** Longest run of combining marks in a text; living scripts stay below 8. */
  combiningRunMax: 16,
  nameMaxChars: 120,
  emailMaxChars: 254,
  passwordMinChars: 12,
  passwordMaxChars: 256,
  pageTitleMaxChars: 300,
  urlMaxChars: 2000,
  /** A WebSocket frame or HTTP body above this is refused before it is parsed. */
  frameMaxBytes: 256 * 1024,
  /** Sustained messages per second and the burst above it, per person and conversation. */
  messagesPerSecond: 5,
  messageBurst: 60,
  /** Broken frames within ten seconds before a connection is closed. */
  badFramesIn10s: 3,
  /** Frames or lines in one answer to a fetch or a page request. */
  fetchMax: 200,
  pageMax: 100,
  /** A client further behind than this gets a page instead of a replay. */
  replayMax: 1000,
  /** Bytes waiting for a slow reader: above the first signals are dropped, above the second it is closed. */
  slowReaderDropBytes: 1024 * 1024,
  slowReaderCloseBytes: 4 * 1024 * 1024,
  pingEveryMs: 5000,
  silenceMaxMs: 11_000,
  ackWithinMs: 5000,
  typingRefreshMs: 3000,
  typingExpiresMs: 6000,
  hibernateAfterMs: 60_000,
  heartbeatEveryMs: 2000,
  /** A monotonic timer that jumped by more than this makes every room verify its ownership again. */
  pauseSuspectMs: 1000,
  seatValidMs: 15_000,
  /** Hints one node gives the others at once. */
  hintsPerBatchMax: 1000,
  identityTokenMaxAgeSeconds: 300,
} as const;
