import type { Reception } from "../node/reception.ts";
import type { Switchboard } from "../node/switchboard.ts";
import type { Ear } from "./hint-exchange.ts";

export type HintedNode = {
  readonly switchboard: Switchboard;
  readonly reception: Reception;
  readonly closeSessions: (sessionIds: readonly string[]) => void;
  readonly renew: (conversationIds: readonly string[]) => void;
};

/** What a node does with the hints of others. */
export const earOf = ({ switchboard, reception, closeSessions, renew }: HintedNode): Ear => ({
  heard(nodeId, hint) {
    switch (hint.type) {
      case "changed":
      case "read":
      case "present":
        return switchboard.heard(nodeId, hint);
      case "here":
        return reception.heard(nodeId, hint);
      case "whole":
        switchboard.heardAll(nodeId, hint.present);
        return reception.heardAll(nodeId, hint.here);
      case "closeSessions":
        return closeSessions(hint.sessionIds);
      case "renew":
        return renew(hint.conversationIds);
    }
  },
  gone(nodeId) {
    switchboard.gone(nodeId);
    reception.gone(nodeId);
  },
  whole: () => ({ type: "whole", present: switchboard.all(), here: reception.all() }),
});
