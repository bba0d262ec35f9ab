/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { MissionItem, Plan } from "../../plan/plan.js";
import type { VehicleCommand } from "../../vehicle/commands.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { messagesForCommandEffect } from "../protocols/command/commandMessages.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import { dialectOf } from "./dialectOf.js";

const AT = { latitudeDeg: 50.7264, longitudeDeg: 1.6138999 };
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 0 });

type Facts = {
  mode?: number;
  isArmed?: boolean;
  heightM?: number;
  airframe?: VehicleState["airframe"];
  isSimulated?: boolean;
};
function aVehicle({
  mode = 0,
  isArmed = false,
  heightM = 0,
  airframe = "copter",
  isSimulated = true,
}: Facts = {}): VehicleState {
  return {
    ...emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 }),
    autopilot: "ardupilot",
    airframe,
    isSimulated,
    heartbeat: stamped({ customMode: mode, modeName: "", isArmed, systemStatus: isArmed && heightM > 1 ? 4 : 3 }),
    position: stamped({ position: AT, altitudeAmslM: 20 + heightM, altitudeAboveHomeM: heightM }),
  };
}
const FLYING = aVehicle({ mode: 3, isArmed: true, heightM: 60 });
const ARMED = aVehicle({ mode: 4, isArmed: true });
const copter = dialectOf(FLYING)!;
const can = (command: VehicleCommand, vehicle: VehicleState) => {
  const answer = dialectOf(vehicle)!.canDo(command, vehicle);
  return answer.ok ? "yes" : answer.because;
};
const steps = (command: VehicleCommand, vehicle = FLYING) => dialectOf(vehicle)!.stepsFor(command, vehicle);
const messagesOf = (list: readonly CommandStep[]) =>
  list.flatMap((step) =>
    messagesForCommandEffect(
      { kind: "send-command", step, form: step.form, confirmation: 0 },
      { systemId: 1, componentId: 1 },
    ),
  );

const GO_TO: VehicleCommand = { kind: "go-to", position: AT, height: { datum: "home", valueM: 60 } };
const TAKE_OFF: VehicleCommand = { kind: "take-off", altitudeAboveHomeM: 40 };

describe("what a copter allows", () => {
  it("is nothing before its first heartbeat", () => {
    const silent = { ...FLYING, heartbeat: undefined };
    expect(can({ kind: "return" }, silent)).toBe("no-heartbeat");
  });
  it("is arming on the ground, disarming on the ground only", () => {
    expect(can({ kind: "arm" }, aVehicle())).toBe("yes");
    expect(can({ kind: "arm" }, ARMED)).toBe("armed");
    expect(can({ kind: "disarm" }, ARMED)).toBe("yes");
    expect(can({ kind: "disarm" }, FLYING)).toBe("airborne");
    expect(can({ kind: "disarm" }, aVehicle())).toBe("disarmed");
  });
  it("is taking off when armed and standing", () => {
    expect(can(TAKE_OFF, ARMED)).toBe("yes");
    expect(can(TAKE_OFF, aVehicle())).toBe("arm-first");
    expect(can(TAKE_OFF, FLYING)).toBe("airborne");
    expect(can({ kind: "take-off", altitudeAboveHomeM: 0 }, ARMED)).toBe("height-not-above-home");
  });
  it("is flying commands in flight only", () => {
    for (const command of [{ kind: "pause" }, { kind: "return" }, { kind: "land" }, GO_TO] as VehicleCommand[]) {
      expect(can(command, FLYING)).toBe("yes");
      expect(can(command, aVehicle())).toBe("on-ground");
      expect(can(command, ARMED)).toBe(command.kind === "go-to" ? "on-ground" : "yes");
    }
    expect(can({ kind: "resume" }, FLYING)).toBe("mission-running");
    const guided = aVehicle({ mode: 4, isArmed: true, heightM: 60 });
    expect(can({ kind: "resume" }, { ...guided, hasBegunMission: true })).toBe("yes");
    expect(can({ kind: "start-mission" }, aVehicle())).toBe("arm-first");
    // In flight the mission starts again from its first item only after a pause.
    expect(can({ kind: "start-mission" }, FLYING)).toBe("mission-running");
    expect(can({ kind: "start-mission" }, aVehicle({ mode: 4, isArmed: true, heightM: 60 }))).toBe("yes");
  });
});

describe("how a copter is told", () => {
  it("arms in GUIDED, once", () => {
    const [mode, arm] = steps({ kind: "arm" }, aVehicle());
    expect(mode).toMatchObject({ command: 176, params: [1, 4, 0, 0], evidence: { customMode: 4 } });
    expect(arm).toMatchObject({ command: 400, params: [1, 0, 0, 0], isRetried: false, evidence: { isArmed: true } });
  });
  it("takes off in GUIDED with the height above home in param7", () => {
    expect(messagesOf(steps(TAKE_OFF, ARMED)).at(-1)).toMatchObject({
      name: "COMMAND_LONG",
      fields: { command: 22, param7: 40, param1: 0, target_system: 1, confirmation: 0 },
    });
  });
  it("goes to a point by COMMAND_INT, the height in the datum it was given", () => {
    expect(messagesOf(steps(GO_TO))).toEqual([
      {
        name: "COMMAND_INT",
        fields: {
          target_system: 1,
          target_component: 1,
          command: 192,
          frame: 3,
          current: 0,
          autocontinue: 0,
          param1: -1,
          param2: 1,
          param3: 0,
          param4: 0,
          x: 507264000,
          y: 16138999,
          z: 60,
        },
      },
    ]);
    const amsl = steps({ kind: "go-to", position: AT, height: { datum: "amsl", valueM: 80 } });
    expect(amsl[0]).toMatchObject({ frame: 0, z: 80, isEffectEnough: false });
  });
  it("starts from the first item, pauses in GUIDED (LOITER would sink), resumes in AUTO, returns and lands by mode", () => {
    expect(steps({ kind: "start-mission" }).map((step) => step.command)).toEqual([224, 300]);
    const modeFor = (kind: "pause" | "resume" | "return" | "land") => steps({ kind })[0]?.params[1];
    expect([modeFor("pause"), modeFor("resume"), modeFor("return"), modeFor("land")]).toEqual([4, 3, 6, 9]);
    expect(steps({ kind: "disarm" })[0]).toMatchObject({ params: [0, 0, 0, 0], isRetried: true });
  });
});

describe("a pause in GUIDED", () => {
  it("stops a flight to a point by sending it to where it is", () => {
    const going = aVehicle({ mode: 4, isArmed: true, heightM: 60 });
    expect(steps({ kind: "pause" }, going)).toMatchObject([{ command: 192, place: AT, z: 60, frame: 3 }]);
  });
});

describe("a plane", () => {
  const plane = (facts: Facts) => aVehicle({ ...facts, airframe: "plane" });
  const flying = plane({ mode: 10, isArmed: true, heightM: 60 });
  it("circles to pause, and takes off and lands by its mission", () => {
    expect(steps({ kind: "pause" }, flying)[0]?.params[1]).toBe(12);
    expect(steps({ kind: "return" }, flying)[0]?.params[1]).toBe(11);
    expect(steps({ kind: "arm" }, plane({})).map((step) => step.command)).toEqual([400]);
    expect(can({ kind: "land" }, flying)).toBe("lands-by-mission");
    expect(can(TAKE_OFF, plane({ isArmed: true }))).toBe("takes-off-by-mission");
  });
});

describe("other autopilots", () => {
  it("are watched, not commanded", () => {
    expect(dialectOf({ autopilot: "other", airframe: "copter" })).toBeUndefined();
    expect(dialectOf({ autopilot: "ardupilot", airframe: "other" })).toBeUndefined();
  });
});

describe("a plan on the wire", () => {
  const takeOff: MissionItem = {
    command: 22,
    params: [undefined, 0, 0, undefined],
    position: AT,
    altitude: { datum: "home", valueM: 60 },
    autoContinue: true,
  };
  const slower: MissionItem = { command: 178, params: [1, 12, -1, 0], autoContinue: true };
  const overSea: MissionItem = { ...takeOff, command: 16, altitude: { datum: "amsl", valueM: 80 } };
  const overLand: MissionItem = { ...takeOff, command: 16, altitude: { datum: "terrain", valueM: 50 } };
  const aPlan = (items: readonly MissionItem[], changes: Partial<Plan> = {}): Plan => ({
    name: "test",
    vehicleType: 2,
    firmwareType: 3,
    cruiseSpeedMps: 15,
    hoverSpeedMps: 8,
    plannedHome: { position: AT, altitudeAmslM: 20.09 },
    items: items.map((item, i) => ({ kind: "simple", id: `i${i}`, item })),
    fenceJson: undefined,
    rallyJson: undefined,
    isTraining: false,
    ...changes,
  });
  const wire = (plan: Plan, vehicle = FLYING) => {
    const result = copter.missionToWire(plan, vehicle);
    return result.ok ? result.value : result.error;
  };

  it("has home as item 0 and a frame for every datum", () => {
    const items = copter.missionToWire(aPlan([takeOff, slower, overSea, overLand]), FLYING);
    expect(items).toMatchObject({
      ok: true,
      value: [
        { seq: 0, command: 16, frame: 0, x: 507264000, y: 16138999, z: 20.09 },
        { seq: 1, command: 22, frame: 3, params: [0, 0, 0, 0], z: 60 },
        { seq: 2, command: 178, frame: 2, params: [1, 12, -1, 0], x: 0, y: 0, z: 0 },
        { seq: 3, frame: 0, z: 80 },
        { seq: 4, frame: 10, z: 50 },
      ],
    });
  });
  it("takes the vehicle's home when it has none", () => {
    const home = { ...FLYING, home: stamped({ position: AT, altitudeAmslM: 7 }) };
    expect(wire(aPlan([takeOff], { plannedHome: undefined }), home)).toMatchObject([{ seq: 0, z: 7 }, { seq: 1 }]);
  });
  it("is refused when it cannot be flown honestly", () => {
    const because = (plan: Plan, vehicle = FLYING) => (wire(plan, vehicle) as { because?: string }).because;
    expect(because(aPlan([]))).toBe("plan-empty");
    expect(because(aPlan([takeOff], { plannedHome: undefined }))).toBe("no-home");
    const { altitude: _altitude, ...noHeight } = takeOff;
    expect(because(aPlan([noHeight]))).toBe("place-without-height");
  });
  it("reads back as the items it was made of", () => {
    const items = wire(aPlan([takeOff, slower, overSea])) as Parameters<typeof copter.missionFromWire>[0];
    const zeros = [0, 0, 0, 0];
    expect(copter.missionFromWire(items)).toEqual([
      { ...takeOff, params: zeros },
      slower,
      { ...overSea, params: zeros },
    ]);
  });
});
