import type { Rule } from "../verdict.ts";
import { ackedIsThere } from "./acked-is-there.ts";
import { acksAgree } from "./acks-agree.ts";
import { quietAfterSleep } from "./asleep.ts";
import { audited } from "./audited.ts";
import { committedFirst } from "./committed-first.ts";
import { dense } from "./dense.ts";
import { epochsGrow, fenced } from "./epochs.ts";
import { honest } from "./honest.ts";
import { noHoleShown } from "./no-hole-shown.ts";
import { noLeaks } from "./no-leaks.ts";
import { nobodySeesTooMuch } from "./nobody-sees-too-much.ts";
import { nothingTwice } from "./nothing-twice.ts";
import { readsGrow } from "./reads-grow.ts";
import { screensFollowTheLog } from "./screens-follow-the-log.ts";
import { senderOrder } from "./sender-order.ts";
import { versions } from "./versions.ts";
import { wellAgain } from "./well-again.ts";
import { writtenIsThereOrParked } from "./written-is-there-or-parked.ts";

/** Every rule there is. An invariant without one is not exercised, whatever a run does. */
export const allRules: readonly Rule[] = [
  ...[ackedIsThere, writtenIsThereOrParked, nothingTwice, committedFirst, dense, screensFollowTheLog, noHoleShown],
  ...[senderOrder, acksAgree, epochsGrow, fenced, quietAfterSleep, readsGrow, versions, audited, nobodySeesTooMuch],
  ...[honest, wellAgain, noLeaks],
];
