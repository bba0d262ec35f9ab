/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { localFrameAt } from "../../../geo/localFrame.js";
import type { Position } from "../../../geo/position.js";
import { fenceSection } from "../../../plan/formats/fenceSection.js";
import { writePlanFile } from "../../../plan/formats/planFile.js";
import { rallySection } from "../../../plan/formats/rallySection.js";
import type { MissionItem, Plan } from "../../../plan/plan.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

/** MAV_CMD */
const CMD = { waypoint: 16, returnHome: 20, land: 21, takeOff: 22, vtolTakeOff: 84, vtolLand: 85 } as const;
const HEIGHT_M = 50;
/** A glide slope of 4 degrees: PX4 accepts up to 5 (FW_LND_ANG). */
const GLIDE_M = 715;

type End = readonly { readonly command: number; readonly position?: Position; readonly heightM?: number }[];

/**
 * Take-off, a triangle that a fixed wing can fly, and an end that this aircraft accepts; with a fence around it and a
 * rally point.
 */
export function trialPlan(vehicle: VehicleState, heightM = HEIGHT_M): Plan {
  const home = vehicle.home?.value;
  if (!home) throw new Error("Invariant: a trial begins with a home");
  const frame = localFrameAt(home.position);
  const at = (eastM: number, northM: number): Position => frame.toPosition({ eastM, northM, upM: 0 }).position;
  const item = (command: number, position?: Position, itemHeightM = heightM): MissionItem => ({
    command,
    params: command === CMD.takeOff && vehicle.airframe === "plane" ? [12, 0, 0, undefined] : [0, 0, 0, undefined],
    ...(position ? { position, altitude: { datum: "home", valueM: itemHeightM } } : {}),
    autoContinue: true,
  });
  const takeOff = vehicle.airframe === "vtol" ? CMD.vtolTakeOff : CMD.takeOff;
  const ends: Readonly<Record<string, End>> = {
    plane: [
      { command: CMD.waypoint, position: at(0, -GLIDE_M) },
      { command: CMD.land, position: at(0, 0), heightM: 0 },
    ],
    vtol: [{ command: CMD.vtolLand, position: at(0, 0), heightM: 0 }],
  };
  const items = [
    item(takeOff, at(0, vehicle.airframe === "plane" ? 250 : 0)),
    item(CMD.waypoint, at(0, 500)),
    item(CMD.waypoint, at(400, 500)),
    item(CMD.waypoint, at(400, -100)),
    ...(ends[vehicle.airframe] ?? [{ command: CMD.returnHome }]).map((end) =>
      item(end.command, end.position, end.heightM),
    ),
  ];
  const corners = [at(-1500, -1500), at(1500, -1500), at(1500, 1500), at(-1500, 1500)];
  return {
    name: "trial",
    vehicleType: vehicle.mavType,
    firmwareType: vehicle.mavAutopilot,
    cruiseSpeedMps: 15,
    hoverSpeedMps: 8,
    plannedHome: home,
    items: items.map((one, i) => ({ kind: "simple", id: `item-${i + 1}`, item: one })),
    fenceJson: fenceSection({
      polygons: [{ isInclusion: true, corners }],
      circles: [],
      breachReturn: undefined,
    }),
    rallyJson: rallySection([{ position: at(30, 30), heightAboveHomeM: 40 }]),
    isTraining: vehicle.isSimulated,
  };
}

export const trialPlanText = (vehicle: VehicleState): string => writePlanFile(trialPlan(vehicle));
