/** The tide at a place and a time, which the station computes when it is asked. */
import type { UiRequest } from "../../src/contract/messages.js";
import type { Position } from "../../src/geo/position.js";
import type { Tide } from "../../src/geo/tide/tideModel.js";
import { Latest } from "./latest.js";
import type { Reply } from "./requests.js";

export type StationTide = {
  /** Undefined when the station did not answer, or has no tide. */
  readonly tideAt: (position: Position, unixTimeMs: number) => Promise<Tide | undefined>;
  /** Source of the tide; undefined until one was known. */
  readonly attribution: Latest<string | undefined>;
};

export function createStationTide(ask: (request: UiRequest) => Promise<Reply>): StationTide {
  const attribution = new Latest<string | undefined>(undefined);
  return {
    attribution,
    tideAt: async (position, unixTimeMs) => {
      const reply = await ask({ kind: "get-tide", position, unixTimeMs });
      if (!reply.ok || reply.value.kind !== "tide") return undefined;
      if (reply.value.tide.kind === "known") attribution.set(reply.value.attribution);
      return reply.value.tide;
    },
  };
}
