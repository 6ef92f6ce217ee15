/** Raised only when an older client would misread what is said; additions do not raise it. */
export const PROTOCOL_VERSION = 1;
