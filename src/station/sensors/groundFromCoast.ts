import { createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import { createGroundModel, type GroundModel } from "../../geo/groundModel.js";
import { seaLevelGround } from "../../track/seaLevelGround.js";
import type { HomeState } from "../../vehicle/vehicleState.js";

/** The ground as the coast and the vehicle's home tell it; sea level of unknown surface before the home is known. */
export function groundFromCoast(coastJson: string | undefined, home: HomeState | undefined): GroundModel {
  if (!home) return seaLevelGround();
  // Written by our own script, or read by `coastFromGeoJson`: a document that does not parse is a bug.
  const document = coastJson === undefined ? undefined : (JSON.parse(coastJson) as CoastDocument);
  return createGroundModel(document && createCoast(document), {
    homePosition: home.position,
    homeAltitudeAmslM: home.altitudeAmslM,
  });
}
