import { describe, expect, it } from "vitest";
import type { CommandKind, VehicleCommand } from "../commands.js";
import { emptyVehicle } from "../reduceVehicle.js";
import type { VehicleState } from "../vehicleState.js";
import { flightQuestions, isSafetyCommand, NEEDS_CONFIRMATION } from "./danger.js";

const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 0 });
const PX4_MISSION = (4 << 24) | (4 << 16);
const AUTO = { ardupilot: { copter: 3, plane: 10, vtol: 10 }, px4: PX4_MISSION } as const;

type Kind = Pick<VehicleState, "autopilot" | "airframe">;
const COPTER: Kind = { autopilot: "ardupilot", airframe: "copter" };
const at = (heightM: number | undefined, customMode: number, kind: Kind = COPTER): VehicleState => ({
  ...emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 }),
  ...kind,
  heartbeat: stamped({ customMode, modeName: "", isArmed: true, systemStatus: 4 }),
  home: stamped({ position: { latitudeDeg: 50, longitudeDeg: 1 }, altitudeAmslM: 12 }),
  position:
    heightM === undefined
      ? undefined
      : stamped({
          position: { latitudeDeg: 50, longitudeDeg: 1 },
          altitudeAmslM: heightM + 12,
          altitudeAboveHomeM: heightM,
        }),
});
const HERE = { latitudeDeg: 50, longitudeDeg: 1 };
const GUIDED = 4;
const to = (valueM: number, datum: "home" | "amsl" | "terrain" = "home"): VehicleCommand => ({
  kind: "change-altitude",
  height: { datum, valueM },
});
const turn: VehicleCommand = { kind: "change-heading", headingDeg: 90 };

describe("newcomer 3: a height that is not sent by a press", () => {
  it.each([
    ["ardupilot", "copter", AUTO.ardupilot.copter],
    ["ardupilot", "plane", AUTO.ardupilot.plane],
    ["ardupilot", "vtol", AUTO.ardupilot.vtol],
    ["px4", "copter", AUTO.px4],
  ] as const)("ends the mission of a %s %s", (autopilot, airframe, auto) => {
    expect(flightQuestions(to(65), at(64, auto, { autopilot, airframe }))).toEqual(["leaves-mission"]);
  });
  it("is far down, or low, by whatever datum it is said", () => {
    expect(flightQuestions(to(50), at(80, GUIDED))).toEqual([]);
    expect(flightQuestions(to(49), at(80, GUIDED))).toEqual(["descends-far"]);
    expect(flightQuestions(to(15), at(20, GUIDED))).toEqual([]);
    expect(flightQuestions(to(3), at(20, GUIDED))).toEqual(["very-low"]);
    expect(flightQuestions(to(3), at(60, GUIDED))).toEqual(["descends-far", "very-low"]);
    expect(flightQuestions(to(15, "amsl"), at(20, GUIDED))).toEqual(["very-low"]);
    expect(flightQuestions(to(20, "terrain"), at(60, GUIDED))).toEqual(["height-unknown"]);
    expect(flightQuestions(to(20), at(undefined, GUIDED))).toEqual(["height-unknown"]);
  });
  it("may be a climb, from wherever", () => {
    expect(flightQuestions(to(10), at(4, GUIDED))).toEqual([]);
    expect(flightQuestions(to(400), at(20, GUIDED))).toEqual([]);
  });
  it("is not the height it has now", () => {
    expect(flightQuestions(to(10), at(10, GUIDED))).toEqual([]);
    expect(flightQuestions(to(9.9), at(10, GUIDED))).toEqual(["very-low"]);
  });
  it("above sea level is reckoned from home, or from the two heights of its position", () => {
    const homeless = { ...at(20, GUIDED), home: undefined };
    expect(flightQuestions(to(27, "amsl"), homeless)).toEqual([]);
    expect(flightQuestions(to(26, "amsl"), homeless)).toEqual(["very-low"]);
    const known = { ...at(20, GUIDED), home: stamped({ position: HERE, altitudeAmslM: 6 }) };
    expect(flightQuestions(to(21, "amsl"), known)).toEqual([]);
    expect(flightQuestions(to(20, "amsl"), known)).toEqual(["very-low"]);
    expect(flightQuestions(to(400, "amsl"), { ...at(undefined, GUIDED), home: undefined })).toEqual(["height-unknown"]);
  });
  it("above the terrain is not known, even high up", () => {
    expect(flightQuestions(to(400, "terrain"), at(60, GUIDED))).toEqual(["height-unknown"]);
  });
  it("ends both the mission and the height", () => {
    expect(flightQuestions(to(3), at(60, AUTO.ardupilot.copter))).toEqual([
      "leaves-mission",
      "descends-far",
      "very-low",
    ]);
  });
  it("is asked of a flight to a place, too", () => {
    const goTo: VehicleCommand = {
      kind: "go-to",
      position: { latitudeDeg: 50, longitudeDeg: 1 },
      height: { datum: "home", valueM: 5 },
    };
    expect(flightQuestions(goTo, at(60, AUTO.ardupilot.copter))).toEqual(["descends-far", "very-low"]);
  });
});

describe("a heading", () => {
  it("is turned to within the mission by an ArduPilot copter; of the others it ends the mission", () => {
    expect(flightQuestions(turn, at(60, AUTO.ardupilot.copter))).toEqual([]);
    expect(flightQuestions(turn, at(60, AUTO.px4, { autopilot: "px4", airframe: "copter" }))).toEqual([
      "leaves-mission",
    ]);
    expect(flightQuestions(turn, at(60, AUTO.ardupilot.plane, { autopilot: "ardupilot", airframe: "plane" }))).toEqual([
      "leaves-mission",
    ]);
    expect(flightQuestions(turn, at(60, GUIDED))).toEqual([]);
  });
});

describe("a command without a height or a heading", () => {
  it.each([{ kind: "land" }, { kind: "pause" }, { kind: "change-speed", speedKind: "air", speedMps: 9 }] as const)(
    "asks nothing in a mission: $kind",
    (command) => {
      expect(flightQuestions(command, at(60, AUTO.ardupilot.copter))).toEqual([]);
    },
  );
});

describe("a command that is held", () => {
  const kinds = Object.keys(NEEDS_CONFIRMATION) as CommandKind[];
  it("starts or stops motors, begins a flight, changes who flies or the fence", () => {
    expect(kinds.filter((kind) => NEEDS_CONFIRMATION[kind]).sort()).toEqual([
      ...["arm", "disarm", "enable-fence", "jump-to-item", "reboot", "resume", "set-mode", "start-mission"],
      ...["take-off", "transition"],
    ]);
  });
  it("is never one that ends danger: pause, return, land", () => {
    expect(kinds.filter(isSafetyCommand).sort()).toEqual(["land", "pause", "return"]);
    expect(kinds.filter((kind) => isSafetyCommand(kind) && NEEDS_CONFIRMATION[kind])).toEqual([]);
  });
});
