import { err } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { createPlanStore } from "../planStore.js";
import { startTerrainService } from "../terrain/stationTerrain.js";
import type { RequestContext } from "../ui/requests.js";
import { anEnvironment } from "./sessionOptions.js";

const NOT_FOUND: StationFailure = { kind: "not-found", what: "test" };
const notFound = () => Promise.resolve(err(NOT_FOUND));

/** A station without vehicles, links, recordings and coast, but for what is given. */
export function aRequestContext(changes: Partial<RequestContext>): RequestContext {
  const { dataFolder, reading } = anEnvironment();
  return {
    vehicle: () => undefined,
    files: {
      plans: createPlanStore(dataFolder),
      recordings: { call: notFound, close: () => undefined, dispose: () => Promise.resolve() },
      coast: {
        documentJson: () => undefined,
        origin: () => ({ kind: "none" }),
        load: () => Promise.resolve(),
        replace: notFound,
      },
      places: { documentJson: () => undefined, known: () => [], load: () => Promise.resolve() },
      tide: { tideAt: () => undefined, known: () => [], load: () => Promise.resolve() },
      reading,
      terrain: startTerrainService({ files: [], log: () => undefined, onRead: () => undefined }),
      groundFiles: () => Promise.resolve([]),
      packs: { answer: notFound, states: () => Promise.resolve([]) },
      maps: { maps: () => Promise.resolve([]), tile: () => Promise.resolve({ bytes: undefined, isLater: false }) },
    },
    answerFleet: notFound,
    answerLink: notFound,
    contacts: { onContactViewed: () => false },
    recorder: { plan: () => undefined },
    ...changes,
  };
}
