/** Findings that block the upload of a plan to an aircraft until the operator gives a reason to upload it anyway. */
import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { identityFrom } from "../mavlink/identity.js";
import type { PlanFinding } from "../plan/findings/finding.js";
import { CALM, isDanger, planFindings } from "../plan/findings/planFindings.js";
import { missionItemsOf, unflownParts, type Plan } from "../plan/plan.js";
import { isFlyingMission } from "../vehicle/selectors/mission.js";
import type { BlockingFinding, PlanPartName } from "../vehicle/transfers.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { standardAircraft } from "./standardAircraft.js";
import type { StationTerrain } from "./terrain/stationTerrain.js";

/** A sortie starts where the aircraft stands; a planned home further away most likely means a plan for another site. */
const HOME_FAR_M = 5000;

/**
 * Commands that ArduPilot and PX4 both know with the same meaning (places, take-off, landing, return, delay, speed,
 * region of interest, camera and gimbal). A plan of only these works on either; other commands mean something else or
 * nothing on the other.
 */
const SHARED_COMMANDS: ReadonlySet<number> = new Set([
  16, 17, 19, 20, 21, 22, 84, 85, 93, 177, 178, 195, 197, 201, 205, 206, 214, 530, 531, 532, 1000, 1001, 2000, 2001,
  2500, 2501, 3000,
]);

/**
 * Parts of the plan that could not be uploaded, so would not be flown: such a plan is rejected whatever the reason
 * given.
 */
export const unsendableParts = (plan: Plan): readonly PlanPartName[] =>
  unflownParts(plan).map(({ type, seq }) => ({ type, seq }));

/** The plan's findings for this aircraft: the same as in `vigie check` and the Plan workspace. */
export function findingsFor(
  plan: Plan,
  { mavType, mavAutopilot, home }: VehicleState,
  terrain?: TerrainModel,
): readonly PlanFinding[] {
  const vehicle = { mavType, mavAutopilot };
  const assumed = standardAircraft();
  const site = { home: home?.value, wind: CALM, ground: { coast: undefined, terrain } };
  return planFindings(plan, { aircraft: undefined, assumed, vehicle, ...site });
}

/** Empty when nothing blocks the upload. What is unknown of the aircraft never blocks. */
export function blockingFindings(
  plan: Plan,
  vehicle: VehicleState,
  terrain: StationTerrain,
): readonly BlockingFinding[] {
  const found: BlockingFinding[] = [];
  // During a mission the autopilot goes on with the new list at once: its next waypoint would change under way.
  if (isFlyingMission(vehicle)) found.push({ kind: "mission-being-flown" });
  if (plan.isTraining && !vehicle.isSimulated) found.push({ kind: "training-on-real" });
  const planned = identityFrom(plan.firmwareType, plan.vehicleType);
  if (areOtherAirframes(planned.airframe, vehicle.airframe)) {
    found.push({ kind: "other-airframe", plannedMavType: plan.vehicleType, actualMavType: vehicle.mavType });
  }
  const isOtherAutopilot = planned.autopilot !== "other" && planned.autopilot !== vehicle.autopilot;
  if (isOtherAutopilot && missionItemsOf(plan).some(({ command }) => !SHARED_COMMANDS.has(command))) {
    const [plannedMavAutopilot, actualMavAutopilot] = [plan.firmwareType, vehicle.mavAutopilot];
    found.push({ kind: "other-autopilot", plannedMavAutopilot, actualMavAutopilot });
  }
  const distanceM = homeDistanceM(plan, vehicle);
  if (distanceM !== undefined && distanceM > HOME_FAR_M) found.push({ kind: "home-far", distanceM });
  if (terrain.isPartMissing) found.push({ kind: "terrain-missing" });
  const dangers = findingsFor(plan, vehicle, terrain.model).filter(isDanger);
  return [...found, ...dangers.map(blockingFindingFor)];
}

const areOtherAirframes = (planned: VehicleState["airframe"], actual: VehicleState["airframe"]): boolean =>
  planned !== actual && planned !== "other" && actual !== "other";

const blockingFindingFor = ({ kind, seq, facts }: PlanFinding): BlockingFinding => ({
  kind: "plan-danger",
  finding: kind,
  seq,
  facts,
});

/** Horizontal metres from the plan's home to the aircraft, or to the aircraft's home while its position is unknown. */
function homeDistanceM({ plannedHome }: Plan, { position, home }: VehicleState): number | undefined {
  const at = [position?.value.position, home?.value.position].find((place) => place && !isNoFix(place));
  return plannedHome && at && geodesicDistanceM(plannedHome.position, at);
}

/** A real autopilot reports a position near 0, 0 before its first fix. */
const isNoFix = ({ latitudeDeg, longitudeDeg }: Position): boolean =>
  Math.abs(latitudeDeg) < 0.01 && Math.abs(longitudeDeg) < 0.01;
