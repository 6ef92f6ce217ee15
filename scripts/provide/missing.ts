/** Something the tests need that is neither here nor ours to install: one sentence, with the command that mends it. */
export class Missing extends Error {}
