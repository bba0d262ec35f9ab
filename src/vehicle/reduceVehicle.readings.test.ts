/** What each event changes in a vehicle of which everything is known, and that it changes nothing else. */
import { describe, expect, it } from "vitest";
import { emptyVehicle, reduceVehicle } from "./reduceVehicle.js";
import {
  at,
  completeVehicle,
  heartbeat,
  NOTHING_RECEIVED,
  NOW_MS,
  ONE_OF_EACH,
  phase,
  place,
  placeOnly,
  receive,
  text,
  type Received,
} from "./testing/vehicleBuilder.js";
import type { MissionProgress, VehicleState } from "./vehicleState.js";

const LATER_MS = NOW_MS + 200;
const BEFORE = completeVehicle();
const after = (event: Received): VehicleState => receive([at(LATER_MS, event)], BEFORE);
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: LATER_MS });
/** The vehicle before, with these readings changed. */
const changed = (change: Partial<VehicleState>): VehicleState => ({
  ...BEFORE,
  lastReceivedMonoMs: LATER_MS,
  ...change,
});

describe("a vehicle before its first event", () => {
  it("has its address, and nothing is known of it", () => {
    const unknown = [
      ...["heartbeat", "position", "velocity", "attitude", "airData", "battery", "gps", "home", "gimbal", "mission"],
      ...["health", "ekf", "flightPhase", "fence", "version"],
    ] as const;
    expect(emptyVehicle({ linkName: "radio", systemId: 7, componentId: 2 })).toEqual({
      id: "radio/7",
      systemId: 7,
      componentId: 2,
      linkName: "radio",
      autopilot: "other",
      mavAutopilot: 0,
      airframe: "other",
      mavType: 0,
      isSimulated: false,
      lastReceivedMonoMs: Number.NEGATIVE_INFINITY,
      modes: [],
      isHighLatency: false,
      texts: [],
      prearmReasons: [],
      ...Object.fromEntries(unknown.map((name) => [name, undefined])),
    });
  });
});

describe("an event changes its own reading and nothing else", () => {
  const gps = { fixType: 6, satellitesVisible: 20, horizontalAccuracyM: 0.01, hdop: 0.5 };
  const attitude = { rollDeg: -1, pitchDeg: 2, headingDeg: 359 };
  const airData = { airSpeedMps: 15, climbRateMps: -1, throttleFraction: 0.6 };
  const home = { position: { latitudeDeg: 1, longitudeDeg: 2 }, altitudeAmslM: 3 };
  const mission: MissionProgress = { currentSeq: 4, countOfItems: 12, state: "active" };
  const health = { ...ONE_OF_EACH.health.health, healthyBits: 1 };
  const version = { firmwareVersion: "4.8.0", capabilityBits: 1, uid: undefined };
  const { position, velocity } = place({ altitudeAboveHomeM: 70 }, { downMps: 2 });
  const rows: readonly (readonly [Received, Partial<VehicleState>])[] = [
    [
      { kind: "position", position, velocity },
      { position: stamped(position), velocity: stamped(velocity) },
    ],
    [placeOnly({ altitudeAboveHomeM: 70 }), { position: stamped(position) }],
    [{ kind: "attitude", attitude }, { attitude: stamped(attitude) }],
    [{ kind: "air-data", airData }, { airData: stamped(airData) }],
    [{ kind: "gps", gps }, { gps: stamped(gps) }],
    [{ kind: "sticks", sticks: { throttleUs: 1100 } }, { sticks: stamped({ throttleUs: 1100 }) }],
    [{ kind: "ekf", ekf: { flags: 1, positionVariance: 0.5 } }, { ekf: stamped({ flags: 1, positionVariance: 0.5 }) }],
    [{ kind: "home", home }, { home: stamped(home) }],
    [
      { kind: "fence", fence: { isBreached: true, countOfBreaches: 2 } },
      { fence: stamped({ isBreached: true, countOfBreaches: 2 }) },
    ],
    [{ kind: "mission-progress", mission }, { mission: stamped(mission) }],
    [phase("landing"), { flightPhase: stamped({ landed: "landing", vtol: undefined }) }],
    [{ kind: "health", health }, { health: stamped(health) }],
    [{ kind: "version", version }, { version }],
    [ONE_OF_EACH["other-position"], {}],
    [ONE_OF_EACH["other-height"], {}],
    [ONE_OF_EACH["mission-reached"], {}],
    [{ kind: "simulated" }, {}],
  ];
  it.each(rows)("%j", (event, change) => {
    expect(after(event)).toEqual(changed(change));
  });
  it("a message of a simulator shows that it is simulated", () => {
    expect(receive([{ kind: "simulated" }])).toEqual({
      ...NOTHING_RECEIVED,
      isSimulated: true,
      lastReceivedMonoMs: NOW_MS,
    });
  });
  it("another event of the same moment is no reason for a copy of the state", () => {
    expect(receive([ONE_OF_EACH["mission-reached"]], BEFORE)).toBe(BEFORE);
    expect(receive([{ kind: "simulated" }], BEFORE)).toBe(BEFORE);
  });
});

describe("a gimbal's direction", () => {
  const gimbal = (yawFromNoseDeg: number | undefined, yawEarthDeg: number | undefined): Received => ({
    ...{ kind: "gimbal", gimbal: { pitchDeg: -60, rollDeg: 1, yawEarthDeg }, yawFromNoseDeg, componentId: 154 },
  });
  it("is the one it reports, or its turn from the vehicle's nose (at 50 degrees)", () => {
    const value = (yawEarthDeg: number) => ({ pitchDeg: -60, rollDeg: 1, yawEarthDeg });
    expect(after(gimbal(undefined, 200)).gimbal).toEqual(stamped(value(200)));
    expect(after(gimbal(-60, undefined)).gimbal).toEqual(stamped(value(350)));
  });
  it("of another component says nothing about when the vehicle was received", () => {
    expect(after(gimbal(undefined, 200)).lastReceivedMonoMs).toBe(NOW_MS);
  });
});

describe("a heartbeat", () => {
  it("changes state and kind, and ends the satellite link", () => {
    const far: VehicleState = { ...BEFORE, isHighLatency: true };
    const event = heartbeat({ autopilot: "px4", airframe: "plane", customMode: 9, modeName: "X", isArmed: false });
    expect(receive([at(LATER_MS, event)], far)).toEqual({
      ...changed({ hasBegunMission: false }),
      ...{ autopilot: "px4", mavAutopilot: 12, airframe: "plane", mavType: 1, isHighLatency: false },
      heartbeat: stamped({ customMode: 9, modeName: "X", isArmed: false, systemStatus: 4 }),
    });
  });
  it.each([
    ["plane", "hover", "vtol"],
    ["plane", "to-forward", "vtol"],
    ["plane", undefined, "plane"],
    ["copter", "hover", "copter"],
  ] as const)("of a %s whose VTOL state is %s is a %s's", (airframe, vtol, expected) => {
    const [beat, state] = [heartbeat({ airframe }), phase("air", vtol)];
    expect(receive([beat, state]).airframe).toBe(expected);
    expect(receive([state, beat]).airframe).toBe(expected);
  });
  it("of a plane that has reported no VTOL state at all is a plane's", () => {
    expect(receive([heartbeat({ airframe: "plane" })]).airframe).toBe("plane");
  });
});

describe("a mission that was begun since arming", () => {
  const AUTO = 3;
  const progress = (state: MissionProgress["state"]): Received => ({
    ...{ kind: "mission-progress", mission: { currentSeq: 1, countOfItems: 5, state } },
  });
  const begun = (...events: readonly Received[]) => receive(events).hasBegunMission;
  it("is seen by the mode while armed, and remembered in other modes until disarming", () => {
    expect(begun(heartbeat({ customMode: AUTO, isArmed: false }))).toBeUndefined();
    expect(begun(heartbeat({ customMode: AUTO }))).toBe(true);
    expect(begun(heartbeat({ customMode: AUTO }), heartbeat())).toBe(true);
    expect(begun(heartbeat({ customMode: AUTO }), heartbeat(), heartbeat({ isArmed: false }))).toBe(false);
    expect(begun(heartbeat({ customMode: AUTO }), heartbeat({ isArmed: false }), heartbeat())).toBe(false);
    expect(begun(heartbeat())).toBeUndefined();
  });
  it.each([
    ["active", true],
    ["paused", true],
    ["not-started", undefined],
    ["complete", undefined],
    ["none", undefined],
  ] as const)("is told by a mission that is %s to a station that connects later: %s", (state, expected) => {
    expect(begun(heartbeat(), progress(state))).toBe(expected);
    expect(begun(progress(state), heartbeat())).toBe(expected);
    expect(begun(heartbeat({ isArmed: false }), progress(state))).toBeUndefined();
  });
  it("is not known without a heartbeat", () => {
    expect(begun(progress("active"))).toBeUndefined();
  });
});

describe("why it will not arm", () => {
  const health = (prearmOk: boolean | undefined, healthyBits = 0x3): Received => ({
    kind: "health",
    health: { presentBits: 0x27, enabledBits: 0x27, healthyBits, prearmOk },
  });
  const SICK = ["Not healthy: compass", "Not healthy: GPS"];
  it("is its unhealthy sensors only while it reports that it is not ready, disarmed", () => {
    expect(receive([health(false)]).prearmReasons).toEqual(SICK);
    expect(receive([heartbeat({ isArmed: false }), health(false)]).prearmReasons).toEqual(SICK);
    expect(receive([health(true)]).prearmReasons).toEqual([]);
    expect(receive([health(undefined)]).prearmReasons).toEqual([]);
    expect(receive([heartbeat({ isArmed: true }), health(false)]).prearmReasons).toEqual([]);
  });
  it("is the same list as long as nothing changes", () => {
    const before = receive([health(false)]);
    expect(receive([at(LATER_MS, health(false))], before).prearmReasons).toBe(before.prearmReasons);
    expect(receive([at(LATER_MS, health(false, 0x27))], before).prearmReasons).toEqual([]);
  });
  it("is its own words rather than its sensors", () => {
    const before = receive([health(false), text("PreArm: Compass not calibrated")]);
    expect(receive([health(false)], before).prearmReasons).toEqual(["PreArm: Compass not calibrated"]);
  });
});

describe("the sender of an event", () => {
  it("must be this system; only some kinds may come from another of its components", () => {
    const other = (event: Received): VehicleState => receive([{ ...event, componentId: 100 }], BEFORE);
    const heeded = Object.values(ONE_OF_EACH).filter((event) => other(at(LATER_MS, event)) !== BEFORE);
    expect(heeded.map(({ kind }) => kind)).toEqual(["gimbal", "event", "event-sequence", "text"]);
    for (const event of Object.values(ONE_OF_EACH)) {
      const stamp = { systemId: 8, componentId: 1, receivedAtMonoMs: LATER_MS, unixTimeUs: 0 };
      expect(reduceVehicle(BEFORE, { ...stamp, ...event })).toBe(BEFORE);
    }
  });
});
