import { realClock } from "../io/realClock.js";
import type { CoastDocument } from "../geo/coastDocument.js";
import type { CoastOrigin } from "../contract/groundMessages.js";
import { StationBus } from "./bus.js";
import { createCoastStore, type CoastStore } from "./coastStore.js";
import { createPlacesStore, type PlacesFile } from "./placesStore.js";
import { startReadingService } from "./reading/readingService.js";
import type { StationFolders } from "./stationTypes.js";
import { createTideStore, type TideFile } from "./tideStore.js";

/** What a station knows of coast, tide and names besides the files that it is started with. */
export type KnownGround = {
  readonly coast: { readonly document: CoastDocument | undefined; readonly origin: CoastOrigin };
  /** In the order in which they are asked. */
  readonly tides: readonly TideFile[];
  readonly places: readonly PlacesFile[];
};

/** As a station that is started on these folders would: what is shipped, a person's own coast, and imported packs. */
export async function readKnownGround(folders: StationFolders, log: (line: string) => void): Promise<KnownGround> {
  const reading = startReadingService({ log });
  const bus = new StationBus();
  const coast = createCoastStore({ folders, reading, bus });
  const tide = createTideStore({ log, clock: realClock, folders });
  const places = createPlacesStore({ log, folders });
  await Promise.all([coast.load(), tide.load(), places.load()]);
  await reading.dispose();
  return { coast: coastOf(coast), tides: tide.known(), places: places.known() };
}

/** The document was written by our own script, or checked when it was read. */
export function coastOf(coast: Pick<CoastStore, "documentJson" | "origin">): KnownGround["coast"] {
  const json = coast.documentJson();
  return { document: json === undefined ? undefined : (JSON.parse(json) as CoastDocument), origin: coast.origin() };
}
