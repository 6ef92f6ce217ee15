import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";

/** What a fault leaves behind is over after this. */
const afterMs = 5000;

/** Whether anything else was done in this time, so that its length says nothing about one fault. */
export const isDisturbed = ({ did }: Model, from: number, until: number, except?: Noticed<"did">): boolean =>
  did.some((one) => one !== except && one.line.from <= until && one.line.until + afterMs >= from);
