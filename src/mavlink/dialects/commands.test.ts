import { describe, expect, it } from "vitest";
import type { CommandAbilities, CommandKind, VehicleCommand } from "../../vehicle/commands.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { FlightPhase, VehicleState } from "../../vehicle/vehicleState.js";
import type { OutgoingMessage } from "../frame.js";
import { messagesForCommandEffect } from "../protocols/command/commandMessages.js";
import { abilitiesOf } from "./abilities.js";
import { dialectOf } from "./dialectOf.js";
import { modeNameOf, modeTableOf } from "./modeNames.js";
import { px4Mode } from "./px4Modes.js";

/**
 * Every kind of command on every pair of autopilot and airframe: which messages are sent, field by field, and which
 * reasons forbid it. The numbers are MAV_CMD, MAV_FRAME and the autopilots' modes, written out here instead of taken
 * from the code.
 */
const _ = Number.NaN;
const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const THERE = { latitudeDeg: 50.78, longitudeDeg: 1.61 };
const HOME_AMSL_M = 6;
const ORBIT: VehicleCommand = {
  kind: "orbit",
  centre: THERE,
  height: { datum: "home", valueM: 60 },
  radiusM: 120,
  direction: "counter-clockwise",
};
const SAMPLE_COMMANDS: { readonly [Kind in CommandKind]: VehicleCommand } = {
  arm: { kind: "arm" },
  disarm: { kind: "disarm" },
  "take-off": { kind: "take-off", altitudeAboveHomeM: 40 },
  "start-mission": { kind: "start-mission" },
  pause: { kind: "pause" },
  resume: { kind: "resume" },
  "jump-to-item": { kind: "jump-to-item", item: 4 },
  "go-to": { kind: "go-to", position: THERE, height: { datum: "home", valueM: 60 } },
  orbit: ORBIT,
  return: { kind: "return" },
  land: { kind: "land" },
  "change-speed": { kind: "change-speed", speedKind: "air", speedMps: 17 },
  "change-altitude": { kind: "change-altitude", height: { datum: "amsl", valueM: 90 } },
  "change-heading": { kind: "change-heading", headingDeg: 90 },
  transition: { kind: "transition", to: "forward" },
  "set-mode": { kind: "set-mode", customMode: 5 },
  "enable-fence": { kind: "enable-fence", isEnabled: true },
  reboot: { kind: "reboot" },
};

type Pair = Pick<VehicleState, "autopilot" | "airframe">;
type Moment = {
  readonly isArmed?: boolean;
  readonly isFlying?: boolean;
  readonly mode?: number;
  readonly vtol?: FlightPhase["vtol"];
};
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 1000 });
function aVehicle(pair: Pair, { isArmed = false, isFlying = false, mode = 0, vtol }: Moment = {}): VehicleState {
  const aboveHomeM = isFlying ? 50 : 0;
  const modeName = modeNameOf(pair.autopilot, pair.airframe, mode);
  return {
    ...emptyVehicle({ linkName: "udp", systemId: 3, componentId: 1 }),
    ...pair,
    modes: modeTableOf(pair.autopilot, pair.airframe),
    heartbeat: stamped({ customMode: mode, modeName, isArmed, systemStatus: isFlying ? 4 : 3 }),
    flightPhase: stamped({ landed: isFlying ? ("air" as const) : ("ground" as const), vtol }),
    position: stamped({
      position: HERE,
      altitudeAmslM: HOME_AMSL_M + aboveHomeM,
      altitudeAboveHomeM: aboveHomeM,
    }),
    home: stamped({ position: HERE, altitudeAmslM: HOME_AMSL_M }),
    lastReceivedMonoMs: 1000,
    // A pilot's radio is connected, and a mission was started before the present mode.
    sticks: stamped({ throttleUs: 1500 }),
    hasBegunMission: isFlying,
  };
}

/**
 * Short form for comparing: ["LONG", command, params] or ["INT", command, frame, params 1 to 4, x, y, z]; all are
 * addressed to the vehicle under test.
 */
function compact({ name, fields }: OutgoingMessage): readonly unknown[] {
  expect([fields["target_system"], fields["target_component"]]).toEqual([3, 1]);
  const params = [1, 2, 3, 4, 5, 6, 7].map((n) => fields[`param${n}`]);
  if (name === "COMMAND_LONG") return ["LONG", fields["command"], params];
  const { command, frame, x, y, z } = fields;
  return ["INT", command, frame, params.slice(0, 4), x, y, z];
}
function sent(vehicle: VehicleState, command: VehicleCommand): readonly (readonly unknown[])[] {
  const dialect = dialectOf(vehicle)!;
  expect(dialect.canDo(command, vehicle)).toEqual({ ok: true });
  return dialect
    .stepsFor(command, vehicle)
    .flatMap((step) =>
      messagesForCommandEffect(
        { kind: "send-command", step, form: step.form, confirmation: 0 },
        { systemId: 3, componentId: 1 },
      ).map(compact),
    );
}
const long = (command: number, ...params: readonly number[]) => ["LONG", command, params];
const [x, y] = [507_800_000, 16_100_000];
const [hereX, hereY] = [507_700_000, 16_000_000];

const ARDUPILOT_ARM = long(400, 1, 0, 0, 0, 0, 0, 0);
const PX4_MODES = { manual: 1 << 16, takeoff: 2, hold: 3, mission: 4, returnHome: 5, land: 6 };
const apMode = (mode: number) => long(176, 1, mode, 0, 0, 0, 0, 0);
const px4Auto = (sub: number) => long(176, 1, 4, sub, _, _, _, _);
const hold = px4Auto(PX4_MODES.hold);
const INT32_MAX = 2 ** 31 - 1;

type Row = readonly [Moment, readonly (readonly unknown[])[]];
type Book = { readonly [Kind in CommandKind]: Row | "never" };
const STANDING: Moment = {};
const ARMED: Moment = { isArmed: true };
const FLYING: Moment = { isArmed: true, isFlying: true, mode: 3 };

const COPTER: Book = {
  arm: [STANDING, [apMode(4), ARDUPILOT_ARM]],
  disarm: [ARMED, [long(400, 0, 0, 0, 0, 0, 0, 0)]],
  "take-off": [ARMED, [apMode(4), long(22, 0, 0, 0, 0, 0, 0, 40)]],
  "start-mission": [ARMED, [long(224, 0, 0, 0, 0, 0, 0, 0), long(300, 0, 0, 0, 0, 0, 0, 0)]],
  pause: [FLYING, [apMode(4)]],
  resume: [{ ...FLYING, mode: 4 }, [apMode(3)]],
  "jump-to-item": [FLYING, [long(224, 5, 0, 0, 0, 0, 0, 0), apMode(3)]],
  "go-to": [FLYING, [["INT", 192, 3, [-1, 1, 0, 0], x, y, 60]]],
  orbit: "never",
  return: [FLYING, [apMode(6)]],
  land: [FLYING, [apMode(9)]],
  "change-speed": [FLYING, [long(178, 0, 17, -1, 0, 0, 0, 0)]],
  "change-altitude": [FLYING, [["INT", 192, 0, [-1, 1, 0, 0], hereX, hereY, 90]]],
  "change-heading": [FLYING, [long(115, 90, 0, 0, 0, 0, 0, 0)]],
  transition: "never",
  "set-mode": [FLYING, [apMode(5)]],
  "enable-fence": [STANDING, [long(207, 1, 0, 0, 0, 0, 0, 0)]],
  reboot: [STANDING, [long(246, 1, 0, 0, 0, 0, 0, 0)]],
};
const IN_AUTO: Moment = { ...FLYING, mode: 10 };
const PLANE: Book = {
  ...COPTER,
  arm: [STANDING, [ARDUPILOT_ARM]],
  "take-off": "never",
  pause: [IN_AUTO, [apMode(12)]],
  resume: [{ ...FLYING, mode: 12 }, [apMode(10)]],
  "jump-to-item": [IN_AUTO, [long(224, 5, 0, 0, 0, 0, 0, 0), apMode(10)]],
  orbit: [IN_AUTO, [["INT", 192, 3, [-1, 1, 120, 1], x, y, 60]]],
  return: [IN_AUTO, [apMode(11)]],
  land: "never",
  "change-heading": [IN_AUTO, [apMode(15), ["INT", 43002, 0, [0, 90, 6, 0], 0, 0, 0]]],
};
const QUADPLANE: Book = {
  ...PLANE,
  arm: [STANDING, [apMode(15), ARDUPILOT_ARM]],
  "take-off": [ARMED, [apMode(15), long(22, 0, 0, 0, 0, 0, 0, 40)]],
  return: [IN_AUTO, [apMode(21)]],
  land: [IN_AUTO, [apMode(20)]],
  transition: [{ ...IN_AUTO, vtol: "hover" }, [long(3000, 4, 0, 0, 0, 0, 0, 0)]],
};
const HOLDING: Moment = { ...FLYING, mode: px4Mode(4, 3) };
const ON_MISSION: Moment = { ...FLYING, mode: px4Mode(4, 4) };
const amsl = (aboveHomeM: number) => HOME_AMSL_M + aboveHomeM;
const PX4_COPTER: Book = {
  arm: [{ mode: px4Mode(1) }, [hold, long(400, 1, 0, _, _, _, _, _)]],
  disarm: [ARMED, [long(400, 0, 0, _, _, _, _, _)]],
  "take-off": [ARMED, [long(22, _, _, _, _, _, _, amsl(40))]],
  "start-mission": [ARMED, [long(224, 0, 1, _, _, _, _, _), px4Auto(PX4_MODES.mission)]],
  pause: [ON_MISSION, [hold]],
  resume: [HOLDING, [px4Auto(PX4_MODES.mission)]],
  "jump-to-item": [ON_MISSION, [long(224, 4, 0, _, _, _, _, _), px4Auto(PX4_MODES.mission)]],
  "go-to": [ON_MISSION, [hold, ["INT", 192, 0, [-1, 1, _, _], x, y, amsl(60)]]],
  orbit: [ON_MISSION, [["INT", 34, 0, [-120, _, _, _], x, y, amsl(60)]]],
  return: [ON_MISSION, [px4Auto(PX4_MODES.returnHome)]],
  land: [ON_MISSION, [px4Auto(PX4_MODES.land)]],
  "change-speed": [ON_MISSION, [long(178, 0, 17, -1, _, _, _, _)]],
  "change-altitude": [ON_MISSION, [["INT", 192, 0, [-1, 1, _, _], INT32_MAX, INT32_MAX, 90]]],
  "change-heading": [ON_MISSION, [["INT", 192, 0, [-1, 1, _, Math.PI / 2], INT32_MAX, INT32_MAX, _]]],
  transition: "never",
  "set-mode": [FLYING, [long(176, 1, 3, 0, _, _, _, _)]],
  "enable-fence": "never",
  reboot: [STANDING, [long(246, 1, 0, _, _, _, _, _)]],
};
const PX4_PLANE: Book = { ...PX4_COPTER, land: "never", "change-heading": "never" };
const PX4_VTOL: Book = {
  ...PX4_COPTER,
  transition: [{ ...ON_MISSION, vtol: "hover" }, [long(3000, 4, 0, _, _, _, _, _)]],
};
const BOOKS: readonly (readonly [Pair, Book])[] = [
  [{ autopilot: "ardupilot", airframe: "copter" }, COPTER],
  [{ autopilot: "ardupilot", airframe: "plane" }, PLANE],
  [{ autopilot: "ardupilot", airframe: "vtol" }, QUADPLANE],
  [{ autopilot: "px4", airframe: "copter" }, PX4_COPTER],
  [{ autopilot: "px4", airframe: "plane" }, PX4_PLANE],
  [{ autopilot: "px4", airframe: "vtol" }, PX4_VTOL],
];
const KINDS = Object.keys(SAMPLE_COMMANDS) as CommandKind[];
const CASES = BOOKS.flatMap(([pair, book]) =>
  KINDS.map((kind) => [`${pair.autopilot} ${pair.airframe}: ${kind}`, pair, kind, book[kind]] as const),
);
/** ArduPilot's mode 5 is LOITER or FBWA; PX4's mode numbers are packed. */
const commandFor = ({ autopilot }: Pair, kind: CommandKind): VehicleCommand =>
  kind === "set-mode" && autopilot === "px4" ? { kind, customMode: px4Mode(3) } : SAMPLE_COMMANDS[kind];

describe("what is sent", () => {
  it.each(CASES)("%s", (_name, pair, kind, row) => {
    if (row !== "never") {
      expect(sent(aVehicle(pair, row[0]), commandFor(pair, kind))).toEqual(row[1]);
      return;
    }
    for (const moment of [STANDING, ARMED, FLYING]) {
      expect(dialectOf(pair)!.canDo(SAMPLE_COMMANDS[kind], aVehicle(pair, moment)).ok).toBe(false);
    }
  });
});

const reasons = (pair: Pair, moment: Moment): CommandAbilities => abilitiesOf(aVehicle(pair, moment), () => undefined);
const AIR_ONLY: CommandAbilities = {
  pause: "on-ground",
  resume: "on-ground",
  "jump-to-item": "on-ground",
  "go-to": "on-ground",
  orbit: "on-ground",
  return: "on-ground",
  land: "on-ground",
  "change-speed": "on-ground",
  "change-altitude": "on-ground",
  "change-heading": "on-ground",
};
const NO_VTOL: CommandAbilities = { transition: "not-a-vtol" };
const OWN_LIMITS: readonly (readonly [Pair, CommandAbilities])[] = [
  [
    { autopilot: "ardupilot", airframe: "copter" },
    { ...NO_VTOL, orbit: "not-by-this-autopilot" },
  ],
  [
    { autopilot: "ardupilot", airframe: "plane" },
    { ...NO_VTOL, "take-off": "takes-off-by-mission", land: "lands-by-mission" },
  ],
  [{ autopilot: "ardupilot", airframe: "vtol" }, {}],
  [
    { autopilot: "px4", airframe: "copter" },
    { ...NO_VTOL, "enable-fence": "not-by-this-autopilot" },
  ],
  [
    { autopilot: "px4", airframe: "plane" },
    {
      ...NO_VTOL,
      "enable-fence": "not-by-this-autopilot",
      land: "lands-by-mission",
      "change-heading": "not-by-this-autopilot",
    },
  ],
  [{ autopilot: "px4", airframe: "vtol" }, { "enable-fence": "not-by-this-autopilot" }],
];

describe.each(OWN_LIMITS)("%o", (pair, limits) => {
  it("on the ground allows arming, then what leaves the ground", () => {
    const ground: CommandAbilities = { transition: "on-ground", ...AIR_ONLY };
    expect(reasons(pair, STANDING)).toEqual({
      ...ground,
      disarm: "disarmed",
      "take-off": "arm-first",
      "start-mission": "arm-first",
      ...limits,
    });
    // Pause, return and land are allowed as long as it is armed, whatever else its state says.
    const { pause: _pause, return: _return, land: _land, ...armed } = ground;
    expect(reasons(pair, ARMED)).toEqual({ ...armed, arm: "armed", reboot: "armed", ...limits });
  });
  it("in the air allows everything but what belongs on the ground", () => {
    expect(reasons(pair, { isArmed: true, isFlying: true, mode: 2, vtol: "hover" })).toEqual({
      arm: "armed",
      disarm: "airborne",
      reboot: "armed",
      "take-off": "airborne",
      ...limits,
    });
  });
  it("over a satellite leaves what needs no quick answer", () => {
    const far = { ...aVehicle(pair, { isArmed: true, isFlying: true, mode: 2 }), isHighLatency: true };
    const asked = abilitiesOf(far, () => undefined);
    expect([asked.return, asked.pause, asked["go-to"], asked.arm]).toEqual([
      undefined,
      undefined,
      "high-latency-link",
      "high-latency-link",
    ]);
  });
});

describe("what decides more finely", () => {
  const because = (vehicle: VehicleState, command: VehicleCommand) => {
    const answer = dialectOf(vehicle)!.canDo(command, vehicle);
    return answer.ok ? "yes" : answer.because;
  };
  const px4: Pair = { autopilot: "px4", airframe: "vtol" };
  const quadplane: Pair = { autopilot: "ardupilot", airframe: "vtol" };
  const hover: VehicleCommand = { kind: "transition", to: "hover" };

  it("PX4 needs home for a height above it, and takes none above the ground", () => {
    const lost = { ...aVehicle(px4, FLYING), home: undefined, position: undefined };
    expect(because(lost, SAMPLE_COMMANDS["go-to"])).toBe("no-home");
    expect(because(lost, SAMPLE_COMMANDS["change-altitude"])).toBe("yes");
    const overGround = { ...SAMPLE_COMMANDS["go-to"], height: { datum: "terrain", valueM: 50 } } as VehicleCommand;
    expect(because(aVehicle(px4, FLYING), overGround)).toBe("datum-not-understood");
    const noHome = { ...aVehicle(px4, ARMED), home: undefined, position: undefined };
    expect(because(noHome, SAMPLE_COMMANDS["take-off"])).toBe("no-home");
  });
  it("a VTOL is not told to do what it does already", () => {
    expect(because(aVehicle(px4, { ...FLYING, vtol: "hover" }), hover)).toBe("hovers-already");
    expect(because(aVehicle(px4, { ...FLYING, vtol: "to-forward" }), SAMPLE_COMMANDS.transition)).toBe(
      "flies-forward-already",
    );
    expect(because(aVehicle(px4, { ...FLYING, vtol: "forward" }), SAMPLE_COMMANDS["change-heading"])).toBe(
      "needs-hover",
    );
  });
  it("a quadplane changes over by command in AUTO, forward by LOITER elsewhere, and never back without sticks", () => {
    const elsewhere = aVehicle(quadplane, { ...FLYING, mode: 15, vtol: "forward" });
    expect(because(elsewhere, hover)).toBe("not-by-this-autopilot");
    const hovering = aVehicle(quadplane, { ...FLYING, mode: 15, vtol: "hover" });
    expect(sent(hovering, SAMPLE_COMMANDS.transition)).toEqual([apMode(12)]);
    expect(sent(aVehicle(quadplane, { ...IN_AUTO, vtol: "forward" }), hover)).toEqual([
      long(3000, 3, 0, 0, 0, 0, 0, 0),
    ]);
  });
  it("PX4 orbits on its wing in Hold and arms in Hold as it is", () => {
    const onWing = aVehicle(px4, { ...ON_MISSION, vtol: "forward" });
    expect(dialectOf(px4)!.stepsFor(ORBIT, onWing)[0]).toMatchObject({ evidence: { customMode: px4Mode(4, 3) } });
    expect(sent(aVehicle(px4, { mode: px4Mode(4, 3) }), SAMPLE_COMMANDS.arm)).toEqual([long(400, 1, 0, _, _, _, _, _)]);
    const circling = { ...ORBIT, direction: "clockwise" } as const;
    expect(sent(aVehicle(px4, ON_MISSION), circling)).toEqual([["INT", 34, 0, [120, _, _, _], x, y, amsl(60)]]);
  });
  it("what hovers or circles in place already is told to stay", () => {
    expect(sent(aVehicle(px4, HOLDING), SAMPLE_COMMANDS.pause)).toEqual([
      ["INT", 192, 0, [-1, 1, _, _], INT32_MAX, INT32_MAX, _],
    ]);
    const plane: Pair = { autopilot: "ardupilot", airframe: "plane" };
    const guided = aVehicle(plane, { ...FLYING, mode: 15 });
    expect(sent(guided, SAMPLE_COMMANDS["change-altitude"])).toEqual([["INT", 43001, 0, [0, 0, 0, 0], 0, 0, 90]]);
  });
  it.each([
    ["ardupilot", "copter", 0],
    ["ardupilot", "plane", 5],
    ["ardupilot", "vtol", 18],
    ["px4", "copter", px4Mode(7)],
  ] as const)("findings 5.1: %s %s: a mode that sticks fly is refused in the air without sticks", (...row) => {
    const [autopilot, airframe, customMode] = row;
    const asked = { kind: "set-mode", customMode } as const;
    const flying = aVehicle({ autopilot, airframe }, FLYING);
    expect(because(flying, asked)).toBe("yes");
    expect(because({ ...flying, sticks: undefined }, asked)).toBe("needs-sticks");
    expect(because({ ...flying, sticks: stamped({ throttleUs: undefined }) }, asked)).toBe("needs-sticks");
    // With the throttle stick at the bottom the motors would idle: ArduPilot's simulator sends such a radio.
    expect(because({ ...flying, sticks: stamped({ throttleUs: 1000 }) }, asked)).toBe("needs-sticks");
    expect(because({ ...flying, lastReceivedMonoMs: 60_000 }, asked)).toBe("needs-sticks");
    expect(because(aVehicle({ autopilot, airframe }, ARMED), asked)).toBe("yes");
  });
  it.each(OWN_LIMITS.map(([pair]) => pair))("review 1.2: %o: resumes a mission, not a take-off by hand", (pair) => {
    const hovering = aVehicle(pair, { ...FLYING, mode: pair.autopilot === "px4" ? px4Mode(4, 3) : 15 });
    expect(because(hovering, { kind: "resume" })).toBe("yes");
    expect(because({ ...hovering, hasBegunMission: false }, { kind: "resume" })).toBe("not-paused");
    const mission = stamped({ currentSeq: 9, countOfItems: 9, state: "complete" as const });
    expect(because({ ...hovering, mission }, { kind: "resume" })).toBe("not-paused");
  });
  it("a plane is not armed in a mode in which it would launch at once", () => {
    const plane: Pair = { autopilot: "ardupilot", airframe: "plane" };
    const arming = (mode: number) => sent(aVehicle(plane, { mode }), SAMPLE_COMMANDS.arm);
    const arm = long(400, 1, 0, 0, 0, 0, 0, 0);
    expect(arming(0)).toEqual([arm]);
    expect([arming(10), arming(13)]).toEqual([
      [apMode(12), arm],
      [apMode(12), arm],
    ]);
  });
  it("findings 5.10: a start is no way out of a return", () => {
    const home = aVehicle({ autopilot: "ardupilot", airframe: "copter" }, { ...FLYING, mode: 6 });
    expect(because(home, { kind: "start-mission" })).toBe("coming-home");
    expect(because(aVehicle(px4, { ...FLYING, mode: px4Mode(4, 5) }), { kind: "start-mission" })).toBe("coming-home");
  });
  it("a mode is chosen from the vehicle's own list", () => {
    const asked = { kind: "set-mode", customMode: 97 } as const;
    expect(because(aVehicle(quadplane, FLYING), asked)).toBe("mode-unknown");
    const scripted = { customMode: 97, name: "SEARCH", isSelectable: true };
    expect(because({ ...aVehicle(quadplane, FLYING), modes: [scripted] }, asked)).toBe("yes");
    const inner = { ...scripted, isSelectable: false };
    expect(because({ ...aVehicle(quadplane, FLYING), modes: [inner] }, asked)).toBe("mode-unknown");
  });
  it("an old word of being on the ground does not count", () => {
    const vehicle = aVehicle(px4, FLYING);
    const landed = { value: { landed: "ground", vtol: undefined }, receivedAtMonoMs: -60_000 } as const;
    expect(because({ ...vehicle, flightPhase: landed }, SAMPLE_COMMANDS.return)).toBe("yes");
  });
  it("the station's own objections count too, and a watched vehicle takes nothing", () => {
    const vehicle = aVehicle(quadplane, ARMED);
    const denialReason = ({ kind }: VehicleCommand) => (kind === "start-mission" ? "not-verified" : undefined);
    expect(abilitiesOf(vehicle, denialReason)["start-mission"]).toBe("not-verified");
    const watched = abilitiesOf({ ...vehicle, autopilot: "other" }, () => undefined);
    expect(KINDS.every((kind) => watched[kind] === "watched-only")).toBe(true);
  });
});
