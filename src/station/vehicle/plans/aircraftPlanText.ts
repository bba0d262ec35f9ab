import type { Dialect } from "../../../mavlink/dialects/dialect.js";
import { fenceFromWire } from "../../../mavlink/dialects/fenceItems.js";
import { rallyFromWire } from "../../../mavlink/dialects/rallyItems.js";
import type { HeldLists } from "../../../mavlink/protocols/mission/missionJob.js";
import { fenceSection } from "../../../plan/formats/fenceSection.js";
import { writePlanFile } from "../../../plan/formats/planFile.js";
import { rallySection } from "../../../plan/formats/rallySection.js";
import type { Plan, PlannedHome } from "../../../plan/plan.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

// Values that the format requires and the aircraft does not report: another ground station's defaults.
const CRUISE_SPEED_MPS = 15;
const HOVER_SPEED_MPS = 5;

/**
 * The lists that an aircraft holds, as a `.plan` text for its type. From a simulator the plan is marked as training.
 */
export function aircraftPlanText(held: HeldLists, vehicle: VehicleState, dialect: Dialect): string {
  const home = homeFrom(held, vehicle, dialect);
  const items = dialect.missionFromWire(held.mission ?? []);
  const plan: Plan = {
    name: vehicle.id,
    vehicleType: vehicle.mavType,
    firmwareType: vehicle.mavAutopilot,
    cruiseSpeedMps: CRUISE_SPEED_MPS,
    hoverSpeedMps: HOVER_SPEED_MPS,
    plannedHome: home,
    items: items.map((item, i) => ({ kind: "simple", id: `item-${i + 1}`, item })),
    fenceJson: fenceSection(fenceFromWire(held.fence ?? [])),
    rallyJson: rallySection(
      rallyFromWire(held.rally ?? [], { homeAmslM: home?.altitudeAmslM, keepsFrame: dialect.keepsRallyFrame }),
    ),
    isTraining: vehicle.isSimulated,
  };
  return writePlanFile(plan);
}

/**
 * The aircraft's current home; else the first item of its mission, where the autopilot stores home there and had a fix.
 */
function homeFrom(held: HeldLists, vehicle: VehicleState, dialect: Dialect): PlannedHome | undefined {
  if (vehicle.home) return vehicle.home.value;
  const first = dialect.firstItemIsHome ? held.mission?.[0] : undefined;
  if (!first || (first.x === 0 && first.y === 0)) return undefined;
  return { position: { latitudeDeg: first.x / 1e7, longitudeDeg: first.y / 1e7 }, altitudeAmslM: first.z };
}
