import { createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import { coastGround } from "../../geo/ground/coastGround.js";
import { composeGround, type GroundModel } from "../../geo/ground/ground.js";
import { homeGround } from "../../geo/ground/homeGround.js";
import { seaLevelGround } from "../../geo/ground/seaLevelGround.js";
import type { HomeState } from "../../vehicle/vehicleState.js";

/** The ground model from the coast and the vehicle's home; before the home is known, sea level with unknown surface. */
export function groundFromCoast(coastJson: string | undefined, home: HomeState | undefined): GroundModel {
  if (!home) return seaLevelGround();
  // Written by our own script, or read by `coastFromGeoJson`: a document that does not parse is a bug.
  const document = coastJson === undefined ? undefined : (JSON.parse(coastJson) as CoastDocument);
  const height = { homePosition: home.position, homeAltitudeAmslM: home.altitudeAmslM };
  return composeGround(document ? [coastGround(createCoast(document), height)] : [], homeGround(height));
}
