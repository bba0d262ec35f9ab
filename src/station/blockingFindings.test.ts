/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { destination } from "../geo/geodesic.js";
import { createTerrainModel } from "../geo/terrain/terrainModel.js";
import { graticule } from "../geo/terrain/rasterGrid.js";
import { aSource } from "../geo/terrain/testing/rasters.js";
import { identityFrom } from "../mavlink/identity.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import type { MissionItem, Plan } from "../plan/plan.js";
import { emptyVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { blockingFindings, unsendableParts } from "./blockingFindings.js";
import { NO_TERRAIN } from "./terrain/stationTerrain.js";

const read = readPlanFile(readFileSync("missions/plans/boulogne-night-1.plan", "utf8"), "plan");
if (!read.ok) throw new Error(read.error.problem);
const HOME = { position: { latitudeDeg: 50.7745, longitudeDeg: 1.6075 }, altitudeAmslM: 4 };
/** For an ArduPilot quadrotor, not for training. */
const plan: Plan = { ...read.value, vehicleType: 2, firmwareType: 3, plannedHome: HOME, isTraining: false };

const ARDUPILOT = 3;
const PX4 = 12;
function aVehicle(mavAutopilot: number, mavType: number, changes: Partial<VehicleState> = {}): VehicleState {
  const empty = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
  return { ...empty, ...identityFrom(mavAutopilot, mavType), ...changes };
}
const at = (position: { latitudeDeg: number; longitudeDeg: number }): Partial<VehicleState> => ({
  position: { value: { position, altitudeAmslM: 4, altitudeAboveHomeM: 0 }, receivedAtMonoMs: 0 },
});
const kinds = (changes: Partial<Plan>, vehicle: VehicleState) =>
  blockingFindings({ ...plan, ...changes }, vehicle, NO_TERRAIN).map(({ kind }) => kind);

describe("what speaks against a plan", () => {
  it("is nothing when it is of this aircraft and this place", () => {
    expect(kinds({}, aVehicle(ARDUPILOT, 2, at(HOME.position)))).toEqual([]);
    expect(kinds({}, aVehicle(ARDUPILOT, 13))).toEqual([]);
  });
  it("is that the aircraft is flying the mission on board", () => {
    const flying = (customMode: number, isArmed: boolean): Partial<VehicleState> => ({
      heartbeat: { value: { isArmed, customMode, modeName: "", systemStatus: 4 }, receivedAtMonoMs: 0 },
    });
    expect(kinds({}, aVehicle(ARDUPILOT, 2, flying(3, true)))).toEqual(["mission-being-flown"]);
    expect(kinds({}, aVehicle(ARDUPILOT, 2, flying(3, false)))).toEqual([]);
    expect(kinds({}, aVehicle(ARDUPILOT, 2, flying(5, true)))).toEqual([]);
    expect(kinds({}, aVehicle(PX4, 2, flying((4 << 24) | (4 << 16), true)))).toEqual(["mission-being-flown"]);
  });
  it("is training on an aircraft that never said it is simulated", () => {
    expect(kinds({ isTraining: true }, aVehicle(ARDUPILOT, 2))).toEqual(["training-on-real"]);
    expect(kinds({ isTraining: true }, aVehicle(ARDUPILOT, 2, { isSimulated: true }))).toEqual([]);
  });
  it("is another class of airframe, by class and not by number", () => {
    const found = blockingFindings(plan, aVehicle(ARDUPILOT, 1), NO_TERRAIN);
    expect(found).toEqual([{ kind: "other-airframe", plannedMavType: 2, actualMavType: 1 }]);
    expect(kinds({ vehicleType: 20 }, aVehicle(ARDUPILOT, 1))).toEqual(["other-airframe"]);
    expect(kinds({ vehicleType: 20 }, aVehicle(ARDUPILOT, 22))).toEqual([]);
    expect(kinds({ vehicleType: 0 }, aVehicle(ARDUPILOT, 1))).toEqual([]);
  });
  it("is another autopilot only where the plan's commands are not common to both", () => {
    expect(kinds({}, aVehicle(PX4, 2))).toEqual([]);
    const relay: MissionItem = { command: 181, params: [0, 1, 0, 0], autoContinue: true };
    const items = [...plan.items, { kind: "simple" as const, id: "relay", item: relay }];
    expect(kinds({ items }, aVehicle(PX4, 2))).toEqual(["other-autopilot"]);
    expect(kinds({ items }, aVehicle(ARDUPILOT, 2))).toEqual([]);
    expect(kinds({ items, firmwareType: 0 }, aVehicle(PX4, 2))).toEqual([]);
  });
  it("is that a file of heights could not be read", () => {
    const found = blockingFindings(plan, aVehicle(ARDUPILOT, 2), { model: undefined, isPartMissing: true });
    expect(found).toEqual([{ kind: "terrain-missing" }]);
  });
  it("is a hill in the way, once the files of heights are read", () => {
    const { latitudeDeg, longitudeDeg } = HOME.position;
    const northWest = { latitudeDeg: latitudeDeg + 0.1, longitudeDeg: longitudeDeg - 0.1 };
    const placement = graticule(northWest, 0.001, 0.001);
    const hill = aSource((column, row) => (column === 100 && row === 100 ? 4 : 400), {
      placement,
      columns: 201,
      rows: 201,
    });
    const model = createTerrainModel([hill]);
    const found = blockingFindings(plan, aVehicle(ARDUPILOT, 2), { model, isPartMissing: false });
    expect(found).toMatchObject([{ kind: "plan-danger", finding: "below-ground" }]);
  });
  it("is a home more than 5 km from where the aircraft is", () => {
    const away = (distanceM: number) => aVehicle(ARDUPILOT, 2, at(destination(HOME.position, 40, distanceM)));
    expect(kinds({}, away(4990))).toEqual([]);
    const [denialReason] = blockingFindings(plan, away(5010), NO_TERRAIN);
    expect(denialReason).toEqual({ kind: "home-far", distanceM: expect.closeTo(5010, 0) });
    const home = { value: { position: destination(HOME.position, 90, 9000), altitudeAmslM: 4 }, receivedAtMonoMs: 0 };
    expect(kinds({}, aVehicle(ARDUPILOT, 2, { home }))).toEqual(["home-far"]);
    // Before its first fix it reports 0, 0.
    const noFix = at({ latitudeDeg: 0.0001, longitudeDeg: -0.002 });
    expect(kinds({}, aVehicle(ARDUPILOT, 2, noFix))).toEqual([]);
    expect(kinds({ plannedHome: undefined }, away(9000))).toEqual([]);
  });
  it("findings 5.2: is every red finding of the plan, for this very aircraft", () => {
    const far: MissionItem = {
      command: 16,
      params: [0, 0, 0, undefined],
      position: destination(HOME.position, 0, 200_000),
      altitude: { datum: "home", valueM: 50 },
      autoContinue: true,
    };
    const items = [...plan.items.slice(0, 3), { kind: "simple" as const, id: "far", item: far }];
    const found = blockingFindings({ ...plan, items }, aVehicle(ARDUPILOT, 2), NO_TERRAIN);
    expect(found).toMatchObject([{ kind: "plan-danger", finding: "energy-reserve" }]);
    // The copter plan ends with a return; a PX4 fixed wing requires a landing.
    expect(blockingFindings({ ...plan, vehicleType: 1 }, aVehicle(PX4, 1), NO_TERRAIN)).toContainEqual(
      expect.objectContaining({ kind: "plan-danger", finding: "no-landing" }),
    );
    expect(kinds({ vehicleType: 1 }, aVehicle(ARDUPILOT, 1))).toEqual([]);
  });
  it("case 01: parts that would not be flown are named with the item they stand for", () => {
    const scan = { kind: "opaque", id: "scan", complexItemType: "StructureScan", rawJson: "{}", items: [] } as const;
    expect(unsendableParts({ ...plan, items: [plan.items[0]!, scan] })).toEqual([{ type: "StructureScan", seq: 2 }]);
    const crossed = plan.items.map((item) => (item.kind === "sweep" ? { ...item, items: [] } : item));
    expect(unsendableParts({ ...plan, items: crossed })).toEqual([{ type: "sweep", seq: 4 }]);
    expect(unsendableParts(plan)).toEqual([]);
  });
  it("is told all at once", () => {
    const far = at({ latitudeDeg: 43, longitudeDeg: 5 });
    expect(kinds({ isTraining: true }, aVehicle(ARDUPILOT, 1, far))).toEqual([
      "training-on-real",
      "other-airframe",
      "home-far",
    ]);
  });
});
