/** A plan, checked over the ground of the station's files of heights. */
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { type Coast, createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { type TerrainFindings, terrainFindings, profileOverGround } from "../../plan/findings/terrain.js";
import type { Wind } from "../../plan/aircraft.js";
import type { FlightEstimate } from "../../plan/energy.js";
import { estimateOverGround } from "../../plan/energyOverGround.js";
import type { Plan } from "../../plan/plan.js";
import { readPlanFile } from "../../plan/formats/planFile.js";

/**
 * `planText`: a `.plan` file. `coastJson`: a `CoastDocument` that the station has checked. `wind`: time and energy are asked for too,
 * where the plan names its aircraft.
 */
export type OverGroundAsked = {
  readonly planText: string;
  readonly coastJson: string | undefined;
  readonly wind?: Wind | undefined;
  /** The heights along the way too, for a screen that draws them. */
  readonly hasProfile?: boolean | undefined;
};

export type OverGroundFound = Result<TerrainFindings, BadFile>;

/** Checks plans one after another; the coast's line is read again only when it is another. */
export class OverGroundChecker {
  readonly #terrain: TerrainModel | undefined;
  #coastJson: string | undefined;
  #coast: Coast | undefined;

  constructor(terrain: TerrainModel | undefined) {
    this.#terrain = terrain;
  }

  check({ planText, coastJson, wind, hasProfile }: OverGroundAsked): OverGroundFound {
    if (coastJson !== this.#coastJson) {
      this.#coastJson = coastJson;
      this.#coast = coastJson === undefined ? undefined : createCoast(JSON.parse(coastJson) as CoastDocument);
    }
    const plan = readPlanFile(planText, "plan");
    if (!plan.ok) return plan;
    const known = { terrain: this.#terrain, coast: this.#coast };
    const found = terrainFindings(plan.value, known);
    const flight = wind && this.#flightOf(plan.value, wind);
    const profile = hasProfile ? profileOverGround(plan.value, known) : undefined;
    return { ok: true, value: { ...found, ...(flight && { flight }), ...(profile && { profile }) } };
  }

  #flightOf(plan: Plan, wind: Wind): FlightEstimate | undefined {
    const terrain = this.#terrain;
    if (!terrain || !plan.aircraft) return undefined;
    return estimateOverGround(plan, { terrain, coast: this.#coast }, plan.aircraft, wind);
  }
}
