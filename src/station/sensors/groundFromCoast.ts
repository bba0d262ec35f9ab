import { createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import { coastGround } from "../../geo/ground/coastGround.js";
import { composeGround, type GroundModel } from "../../geo/ground/ground.js";
import { homeGround } from "../../geo/ground/homeGround.js";
import { seaLevelGround } from "../../geo/ground/seaLevelGround.js";
import { terrainGround } from "../../geo/ground/terrainGround.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import type { HomeState } from "../../vehicle/vehicleState.js";

/**
 * The ground model from files of heights, the coast and the vehicle's home. Where no file knows the height and home is not
 * known, it is sea level with unknown surface.
 */
export function groundFromCoast(
  coastJson: string | undefined,
  home: HomeState | undefined,
  terrain?: TerrainModel,
): GroundModel {
  // Written by our own script, or read by `coastFromGeoJson`: a document that does not parse is a bug.
  const document = coastJson === undefined ? undefined : (JSON.parse(coastJson) as CoastDocument);
  const coast = document && createCoast(document);
  const heights = terrain ? [terrainGround(terrain, coast)] : [];
  if (!home) return composeGround(heights, seaLevelGround());
  const height = { homePosition: home.position, homeAltitudeAmslM: home.altitudeAmslM };
  return composeGround([...heights, ...(coast ? [coastGround(coast, height)] : [])], homeGround(height));
}
