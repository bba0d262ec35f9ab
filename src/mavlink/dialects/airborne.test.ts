import { describe, expect, it } from "vitest";
import { dialectOf } from "./dialectOf.js";
import { modeTableOf } from "./modeNames.js";
import type { VehicleCommand } from "../../vehicle/commands.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { AutopilotKind, FlightPhase, VehicleState } from "../../vehicle/vehicleState.js";
import { isAirborne, whereabouts } from "../../vehicle/selectors/airborne.js";

type Shown = {
  readonly autopilot?: AutopilotKind;
  readonly isArmed?: boolean;
  readonly systemStatus?: number;
  readonly heightM?: number;
  readonly speedMps?: number;
  readonly downMps?: number;
  readonly landed?: FlightPhase["landed"];
  /** Age of the landed state and of the other readings. */
  readonly ageMs?: number;
};
const STANDBY = 3;
const ACTIVE = 4;
const HOLD = (4 << 16) | (3 << 24);

function seen({ autopilot = "px4", isArmed = true, systemStatus = ACTIVE, ageMs = 0, ...shown }: Shown): VehicleState {
  const { heightM, speedMps = 0, downMps = 0, landed } = shown;
  const now = <T>(value: T) => ({ value, receivedAtMonoMs: 60_000 });
  const then = <T>(value: T) => ({ value, receivedAtMonoMs: 60_000 - ageMs });
  const position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
  const customMode = autopilot === "px4" ? HOLD : 4;
  return {
    ...emptyVehicle({ linkName: "x", systemId: 1, componentId: 1 }),
    ...{ autopilot, airframe: "copter", modes: modeTableOf(autopilot, "copter"), lastReceivedMonoMs: 60_000 },
    heartbeat: now({ customMode, modeName: "", isArmed, systemStatus }),
    home: now({ position, altitudeAmslM: 20 }),
    flightPhase: landed && then({ landed, vtol: undefined }),
    ...(heightM === undefined
      ? {}
      : {
          position: then({ position, altitudeAmslM: heightM + 20, altitudeAboveHomeM: heightM }),
          velocity: then({ northMps: speedMps, eastMps: 0, downMps, groundSpeedMps: speedMps, courseDeg: 0 }),
        }),
  };
}

describe("where an aircraft is that does not say so", () => {
  it.each<[string, Shown, ReturnType<typeof whereabouts>]>([
    ["attack: below home and moving", { heightM: -12, speedMps: 10 }, "air"],
    ["below home and sinking", { heightM: -12, downMps: 2 }, "air"],
    ["at home's height and climbing", { heightM: 0, downMps: -3 }, "air"],
    ["at home's height and moving", { heightM: 0, speedMps: 6 }, "air"],
    ["above home, standing", { heightM: 30 }, "air"],
    ["below home, standing: a hover beside a cliff, or a beach", { heightM: -12 }, "unknown"],
    ["without a place", {}, "unknown"],
    ["with an old place", { heightM: 0, ageMs: 8000 }, "unknown"],
    ["armed, at home, standing", { heightM: 0.4 }, "ground"],
    ["disarmed, wherever", { isArmed: false, heightM: 30 }, "ground"],
    ["ArduPilot's standby, standing", { autopilot: "ardupilot", systemStatus: STANDBY, heightM: 0 }, "ground"],
    ["ArduPilot's standby without a place", { autopilot: "ardupilot", systemStatus: STANDBY }, "ground"],
    [
      "ArduPilot's standby, flying",
      { autopilot: "ardupilot", systemStatus: STANDBY, heightM: -9, speedMps: 9 },
      "unknown",
    ],
    ["ArduPilot's active", { autopilot: "ardupilot", systemStatus: ACTIVE, heightM: 0 }, "air"],
  ])("%s", (_name, shown, where) => {
    expect(whereabouts(seen(shown))).toBe(where);
    expect(isAirborne(seen(shown))).toBe(where !== "ground");
  });
  it("its own word goes before everything, as long as it is fresh", () => {
    expect(whereabouts(seen({ landed: "ground", heightM: 30 }))).toBe("ground");
    expect(whereabouts(seen({ landed: "landing", heightM: 0 }))).toBe("air");
    expect(whereabouts(seen({ landed: "ground", heightM: 30, ageMs: 6000 }))).toBe("unknown");
  });
});

describe("attack: what may be ordered 12 m below home at 10 m/s, with no word of the aircraft's own", () => {
  const STABILIZED: VehicleCommand = { kind: "set-mode", customMode: 7 << 16 };
  const STABILIZE: VehicleCommand = { kind: "set-mode", customMode: 0 };
  const height = { datum: "home", valueM: 20 } as const;
  const whyNot = (vehicle: VehicleState, command: VehicleCommand) => {
    const answer = dialectOf(vehicle)?.canDo(command, vehicle);
    return answer?.ok === true ? "sent" : answer?.because;
  };
  it.each([
    ["px4", ACTIVE, STABILIZED],
    ["ardupilot", STANDBY, STABILIZE],
  ] as const)("%s: nothing that is dangerous in the air, everything that flies", (autopilot, systemStatus, manual) => {
    const vehicle = seen({ autopilot, systemStatus, heightM: -12, speedMps: 10 });
    expect(whyNot(vehicle, { kind: "disarm" })).toBe("airborne");
    expect(whyNot(vehicle, manual)).toBe("needs-sticks");
    expect(whyNot(vehicle, { kind: "take-off", altitudeAboveHomeM: 20 })).toBe("airborne");
    const position = { latitudeDeg: 50.71, longitudeDeg: 1.61 };
    expect(whyNot(vehicle, { kind: "go-to", position, height })).toBe("sent");
    expect(whyNot(vehicle, { kind: "change-altitude", height })).toBe("sent");
    expect(whyNot({ ...vehicle, hasBegunMission: true }, { kind: "resume" })).toBe("sent");
  });
});
