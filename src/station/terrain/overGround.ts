/** A plan, checked over the ground of the station's files of heights. */
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { type Coast, createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { type TerrainFindings, terrainFindings } from "../../plan/findings/terrain.js";
import { readPlanFile } from "../../plan/formats/planFile.js";

/** `planText`: a `.plan` file. `coastJson`: a `CoastDocument` that the station has checked. */
export type OverGroundAsked = { readonly planText: string; readonly coastJson: string | undefined };

export type OverGroundFound = Result<TerrainFindings, BadFile>;

/** Checks plans one after another; the coast's line is read again only when it is another. */
export class OverGroundChecker {
  readonly #terrain: TerrainModel | undefined;
  #coastJson: string | undefined;
  #coast: Coast | undefined;

  constructor(terrain: TerrainModel | undefined) {
    this.#terrain = terrain;
  }

  check({ planText, coastJson }: OverGroundAsked): OverGroundFound {
    if (coastJson !== this.#coastJson) {
      this.#coastJson = coastJson;
      this.#coast = coastJson === undefined ? undefined : createCoast(JSON.parse(coastJson) as CoastDocument);
    }
    const plan = readPlanFile(planText, "plan");
    if (!plan.ok) return plan;
    return { ok: true, value: terrainFindings(plan.value, { terrain: this.#terrain, coast: this.#coast }) };
  }
}
