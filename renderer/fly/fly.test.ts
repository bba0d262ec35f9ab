import { describe, expect, it } from "vitest";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { aStation, aVehicle as builtVehicle, VEHICLE } from "../bridge/testing/builders.js";
import { makeFormat } from "../app/format.js";
import { flyActions } from "./actions.js";
import type { CommandLine } from "./commandLog.js";
import { type AlertFacts, flyAlerts } from "./alerts/flyAlerts.js";
import { flightActions } from "./flightActions.js";
import { flyViewStore } from "./flyViewStore.js";
import { type FlyFacts, isPaused, mayCommand } from "./flyRules.js";
import { flyTexts } from "./texts.js";
import { vehicleName } from "../panels/vehicleIdentity.js";

const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 1000 });
const { heartbeat, position, velocity } = builtVehicle();
if (!heartbeat || !position || !velocity) throw new Error("the fake aircraft reports heartbeat, position and velocity");

const aVehicle = (isArmed: boolean, heightM: number, modeName = "GUIDED"): VehicleState =>
  builtVehicle({
    lastReceivedMonoMs: 1000,
    heartbeat: stamped({ ...heartbeat.value, isArmed, modeName }),
    position: stamped({ ...position.value, altitudeAboveHomeM: heightM }),
    velocity: stamped({ ...velocity.value, groundSpeedMps: 0, downMps: 0 }),
  });

const facts = (change: Partial<FlyFacts> = {}): FlyFacts => ({
  connection: "open",
  vehicle: aVehicle(false, 0),
  isLost: false,
  planAboard: "on-screen",
  abilities: {},
  pending: new Set(),
  ...change,
});
const because = (key: string) => ({ because: `fly.because.${key}` });

describe("what may be asked of the aircraft", () => {
  it("is what the station says its autopilot allows", () => {
    const abilities = { "take-off": "arm-first", orbit: "not-by-this-autopilot" } as const;
    expect(mayCommand(facts({ abilities }), "arm")).toBe(true);
    expect(mayCommand(facts({ abilities }), "take-off")).toEqual({ because: "reason.arm-first" });
    expect(mayCommand(facts({ abilities }), "orbit")).toEqual({ because: "reason.not-by-this-autopilot" });
  });
  it("newcomer 9: landing that this kind of aircraft never does is greyed; what only its state forbids is sent", () => {
    const vehicle = aVehicle(true, 50);
    const never = { land: "lands-by-mission" } as const;
    expect(mayCommand(facts({ vehicle, abilities: never }), "land")).toEqual({ because: "reason.lands-by-mission" });
    expect(mayCommand(facts({ vehicle, abilities: { land: "disarmed" } }), "land")).toBe(true);
    expect(mayCommand(facts({ vehicle, abilities: never }), "return")).toBe(true);
  });
  it("is nothing before the station has said so", () => {
    expect(mayCommand(facts({ abilities: undefined }), "arm")).toEqual(because("not-known"));
  });
  it("says why when nothing can be reached", () => {
    expect(mayCommand(facts({ connection: "lost" }), "return")).toEqual(because("station-lost"));
    expect(mayCommand(facts({ vehicle: undefined }), "return")).toEqual(because("no-vehicle"));
    expect(mayCommand(facts({ isLost: true }), "arm")).toEqual(because("vehicle-lost"));
    expect(mayCommand(facts({ pending: new Set(["arm"]) }), "arm")).toEqual(because("busy"));
  });
  it("issue 6: Pause and Return are always sent: no old or missing word of the aircraft forbids them", () => {
    const flying = facts({ vehicle: aVehicle(true, 30) });
    for (const kind of ["pause", "return"] as const) {
      for (const doubt of [
        { isLost: true },
        { abilities: undefined },
        { abilities: { [kind]: "on-ground" } as const },
        { pending: new Set([kind]) },
      ]) {
        expect([kind, doubt, mayCommand({ ...flying, ...doubt }, kind)]).toEqual([kind, doubt, true]);
      }
      expect(mayCommand(facts(), kind)).toEqual({ because: "reason.disarmed" });
      // What fell silent disarmed may have been armed since.
      expect(mayCommand(facts({ isLost: true }), kind)).toBe(true);
    }
  });
  it("review 1.2: resumes only a mission that was begun: a guided take-off or a go-to alone is none", () => {
    const hovering = (change: Partial<VehicleState>): FlyFacts =>
      facts({
        vehicle: {
          ...aVehicle(true, 30, "GUIDED"),
          autopilot: "ardupilot",
          airframe: "copter",
          heartbeat: stamped({ ...heartbeat.value, isArmed: true, modeName: "GUIDED", customMode: 4 }),
          velocity: stamped({ ...velocity.value, groundSpeedMps: 0.2, downMps: 0 }),
          ...change,
        },
      });
    const alone = { ...hovering({}), abilities: { resume: "not-paused" } as const };
    const begun = hovering({ hasBegunMission: true });
    expect([isPaused(alone), mayCommand(alone, "resume")]).toEqual([false, { because: "reason.not-paused" }]);
    expect([isPaused(begun), mayCommand(begun, "resume")]).toEqual([true, true]);
  });
});

describe("the table of actions", () => {
  const { stores } = aStation();
  const actions = [...flightActions(stores), ...flyActions(stores.get(flyViewStore))];
  it("holds nothing dangerous: what must be held is in no table, and so has no key", () => {
    expect(actions.flatMap(({ command }) => command ?? [])).toEqual(["return", "pause", "go-to"]);
  });
  it("uses every key once and every id once", () => {
    const keys = actions.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });
  it("has Return on one key", () => {
    expect(actions.find(({ id }) => id === "return")?.shortcut).toBe("R");
  });
});

describe("alerts", () => {
  const none: AlertFacts = {
    vehicle: aVehicle(true, 30),
    vehicles: [aVehicle(true, 30)],
    warnings: [],
    nowMonoMs: 1000,
    nowUnixUs: 1e15,
    lines: [],
    reports: [],
    notices: [],
    dismissed: new Set(),
  };
  const words = {
    t: (key: string) => key,
    format: makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" }),
    onDismiss: () => undefined,
  };
  const refused = {
    commandId: "c-7",
    command: { kind: "arm" } as const,
    status: { phase: "failed", failure: { kind: "vehicle-lost" } } as const,
    receivedMonoMs: 900,
  };
  it("are none when all is well", () => expect(flyAlerts(none, words)).toEqual([]));
  it("keep a lost aircraft on the screen: it cannot be dismissed", () => {
    const [alert] = flyAlerts({ ...none, nowMonoMs: 9000 }, words);
    expect(alert).toMatchObject({ id: "lost udp/1", tone: "danger" });
    expect(alert?.onDismiss).toBeUndefined();
  });
  it("tell of a lost aircraft that is not the target, of a breached fence, and of two that close in", () => {
    const id = "udp/2" as VehicleId;
    const other = { ...aVehicle(true, 30), id, systemId: 2, fence: stamped({ isBreached: true, countOfBreaches: 1 }) };
    const vehicles = [aVehicle(true, 30), other];
    const closing = { kind: "closing", a: VEHICLE, b: id, inS: 4, horizontalM: 20, verticalM: 3 } as const;
    const ids = flyAlerts({ ...none, vehicles, warnings: [closing] }, words).map(({ id }) => id);
    expect(ids).toEqual(["fence udp/2", "closing udp/1 udp/2"]);
  });
  it("say a failed command once, though status and reply both tell of it", () => {
    const failure = { kind: "command", failure: { kind: "vehicle-lost" } } as const;
    const line: CommandLine = {
      lineId: "c-7",
      vehicleId: none.vehicle?.id,
      vehicleName: "SIM-1",
      command: { kind: "arm" },
      askedUnixUs: 1e15,
      outcome: { phase: "failed", failure, atUnixUs: 1e15 },
    };
    expect(flyAlerts({ ...none, reports: [refused], lines: [line] }, words)).toHaveLength(1);
    expect(flyAlerts({ ...none, reports: [refused] }, words)).toHaveLength(1);
  });
  it("let go of an old failure, and of one that was dismissed", () => {
    expect(flyAlerts({ ...none, vehicles: [], reports: [refused], nowMonoMs: 60_000 }, words)).toEqual([]);
    expect(flyAlerts({ ...none, reports: [refused], dismissed: new Set(["arm 900"]) }, words)).toEqual([]);
  });
});

it("names simulated and real aircraft apart", () => {
  expect(vehicleName({ systemId: 1, isSimulated: true })).not.toBe(vehicleName({ systemId: 1, isSimulated: false }));
});

it("says everything in both languages", () => {
  expect(Object.keys(flyTexts.fr)).toEqual(Object.keys(flyTexts.en));
});
