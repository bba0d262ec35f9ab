/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { Flavour } from "../../../../sim/flavour.js";
import { destination, geodesicDistanceM } from "../../../geo/geodesic.js";
import type { Position } from "../../../geo/position.js";
import type { MissionItem, Plan } from "../../../plan/plan.js";
import type { VehicleCommand } from "../../../vehicle/commands.js";
import { flyingSession } from "../../testing/flyingSession.js";

const HOME: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6045 };
const NORTH = destination(HOME, 0, 400);
const EAST = destination(HOME, 90, 500);
const item = (command: number, position: Position, heightM: number): MissionItem => ({
  command,
  params: [0, 0, 0, 0],
  position,
  altitude: { datum: "home", valueM: heightM },
  autoContinue: true,
});
const aPlan = ({ autopilot, airframe }: Flavour): Plan => ({
  name: "round",
  vehicleType: { copter: 2, plane: 1, vtol: 22 }[airframe],
  firmwareType: autopilot === "px4" ? 12 : 3,
  cruiseSpeedMps: 15,
  hoverSpeedMps: 8,
  plannedHome: { position: HOME, altitudeAmslM: 6 },
  items: [
    item(22, HOME, 60),
    ...[NORTH, EAST, NORTH].map((place) => item(16, place, 60)),
    // Fixed wings need an end that lands; a copter may hover at the end.
    ...{ copter: [], plane: [item(16, destination(HOME, 0, 900), 40), item(21, HOME, 0)], vtol: [item(85, HOME, 0)] }[
      airframe
    ],
  ].map((one, i) => ({ kind: "simple" as const, id: `i${i}`, item: one })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: true,
});

function boarded(flavour: Flavour) {
  const flight = flyingSession(flavour);
  // ArduPilot needs time before it arms in GUIDED; about a minute is enough for every airframe.
  flight.until(() => false, 60);
  const heightM = () => flight.vehicle().position?.value.altitudeAboveHomeM ?? 0;
  const place = () => flight.vehicle().position!.value.position;
  const awayM = (from: Position) => geodesicDistanceM(place(), from);
  const can = (kind: VehicleCommand["kind"]) => flight.abilities()?.[kind] ?? "yes";
  return { ...flight, heightM, awayM, can };
}
const DONE = { phase: "done" };
const at = (valueM: number) => ({ datum: "home", valueM }) as const;

describe.each([
  { autopilot: "ardupilot", airframe: "copter" },
  { autopilot: "ardupilot", airframe: "vtol" },
  { autopilot: "px4", airframe: "copter" },
  { autopilot: "px4", airframe: "vtol" },
] as const satisfies readonly Flavour[])("$autopilot $airframe", (flavour) => {
  it("arms, takes off to a height, goes to a place, changes height and comes back", () => {
    const { command, until, heightM, awayM, can, vehicle } = boarded(flavour);
    expect([can("arm"), can("take-off"), can("go-to"), can("land")]).toEqual([
      "yes",
      "arm-first",
      "on-ground",
      "on-ground",
    ]);
    expect(command({ kind: "arm" })).toEqual(DONE);
    expect(command({ kind: "take-off", altitudeAboveHomeM: 40 })).toEqual(DONE);
    expect(until(() => heightM() > 37, 90)).toBe(true);
    until(() => can("take-off") === "airborne", 10);
    expect([can("arm"), can("take-off"), can("go-to"), can("land"), can("reboot")]).toEqual([
      "armed",
      "airborne",
      "yes",
      "yes",
      "armed",
    ]);
    expect(command({ kind: "go-to", position: NORTH, height: at(55) })).toEqual(DONE);
    expect(until(() => awayM(NORTH) < 120 && heightM() > 50, 120)).toBe(true);
    expect(command({ kind: "change-speed", speedKind: "ground", speedMps: 12 })).toEqual(DONE);
    expect(command({ kind: "change-altitude", height: at(80) })).toEqual(DONE);
    expect(until(() => Math.abs(heightM() - 80) < 6, 120)).toBe(true);
    expect(command({ kind: "pause" })).toEqual(DONE);
    expect(command({ kind: "return" })).toEqual(DONE);
    const isDown = () => vehicle().heartbeat?.value.isArmed === false;
    expect(until(isDown, 400)).toBe(true);
    expect(awayM(HOME)).toBeLessThan(15);
    until(() => can("arm") === "yes", 10);
    expect(can("arm")).toBe("yes");
  });
});

describe.each([
  { autopilot: "ardupilot", airframe: "plane" },
  { autopilot: "px4", airframe: "plane" },
] as const satisfies readonly Flavour[])("$autopilot $airframe", (flavour) => {
  it("takes off by its mission, circles, goes where it is told, and takes up its mission again", () => {
    const { command, upload, until, heightM, awayM, can, vehicle } = boarded(flavour);
    const landing = flavour.autopilot === "ardupilot" ? "takes-off-by-mission" : "arm-first";
    expect([can("start-mission"), can("take-off")]).toEqual(["arm-first", landing]);
    expect(upload(aPlan(flavour))).toMatchObject({ phase: "verified" });
    expect(command({ kind: "arm" })).toEqual(DONE);
    expect(command({ kind: "start-mission" })).toEqual(DONE);
    expect(until(() => heightM() > 50, 120)).toBe(true);
    expect(can("land")).toBe("lands-by-mission");
    expect(
      command({ kind: "orbit", centre: NORTH, height: at(70), radiusM: 150, direction: "counter-clockwise" }),
    ).toEqual(DONE);
    expect(until(() => Math.abs(awayM(NORTH) - 150) < 25 && Math.abs(heightM() - 70) < 8, 150)).toBe(true);
    expect(command({ kind: "change-altitude", height: at(95) })).toEqual(DONE);
    expect(until(() => Math.abs(heightM() - 95) < 8, 120)).toBe(true);
    expect(command({ kind: "jump-to-item", item: 2 })).toEqual(DONE);
    expect(vehicle().mission?.value.currentSeq).toBe(flavour.autopilot === "ardupilot" ? 3 : 2);
    expect(until(() => awayM(EAST) < 120, 200)).toBe(true);
    expect(command({ kind: "pause" })).toEqual(DONE);
    expect([can("resume"), can("transition")]).toEqual(["yes", "not-a-vtol"]);
    expect(command({ kind: "resume" })).toEqual(DONE);
    expect(command({ kind: "go-to", position: EAST, height: at(60) })).toEqual(DONE);
    expect(command({ kind: "return" })).toEqual(DONE);
    expect(until(() => awayM(HOME) < 250, 200)).toBe(true);
  });
});

describe("a VTOL of PX4", () => {
  it("flies on its wing and hovers again", () => {
    const { command, until, heightM, can } = boarded({ autopilot: "px4", airframe: "vtol" });
    expect(can("transition")).toBe("on-ground");
    expect(command({ kind: "arm" })).toEqual(DONE);
    expect(command({ kind: "take-off", altitudeAboveHomeM: 60 })).toEqual(DONE);
    expect(until(() => heightM() > 57, 120)).toBe(true);
    expect(command({ kind: "pause" })).toEqual(DONE);
    expect(command({ kind: "transition", to: "hover" })).toMatchObject({
      failure: { kind: "not-possible", because: "hovers-already" },
    });
    expect(command({ kind: "transition", to: "forward" })).toEqual(DONE);
    expect(can("change-heading")).toBe("needs-hover");
    expect(command({ kind: "orbit", centre: NORTH, height: at(70), radiusM: 150, direction: "clockwise" })).toEqual(
      DONE,
    );
    expect(command({ kind: "transition", to: "hover" })).toEqual(DONE);
    expect(command({ kind: "change-heading", headingDeg: 90 })).toEqual(DONE);
  });
});

describe("ArduPilot's quadplane", () => {
  it("is known as one by its VTOL state, and changes over in its mission only", () => {
    const flavour = { autopilot: "ardupilot", airframe: "vtol" } as const;
    const { command, upload, until, heightM, vehicle } = boarded(flavour);
    expect(vehicle().airframe).toBe("vtol");
    expect(upload(aPlan(flavour))).toMatchObject({ phase: "verified" });
    expect(command({ kind: "arm" })).toEqual(DONE);
    expect(command({ kind: "start-mission" })).toEqual(DONE);
    expect(until(() => heightM() > 50 && vehicle().flightPhase?.value.vtol === "forward", 200)).toBe(true);
    expect(command({ kind: "transition", to: "hover" })).toEqual(DONE);
    expect(command({ kind: "pause" })).toEqual(DONE);
    expect(command({ kind: "land" })).toEqual(DONE);
  });
});
