/** Another height on the way to a place, and once the aircraft is no longer on its way there. */
import { describe, expect, it } from "vitest";
import { destination } from "../../../geo/geodesic.js";
import { PX4_MODE } from "../../../mavlink/dialects/px4Modes.js";
import type { CommandFailure, VehicleCommand } from "../../../vehicle/commands.js";
import { aCommandService, HERE } from "../../testing/commandServiceBench.js";

const [GUIDED, BRAKE, LOITER, ALT_HOLD, RTL] = [4, 17, 5, 2, 6];
const [REPOSITION, SET_MODE, ORBIT] = [192, 176, 34];
const DENIED = 2;
const UNSET = 0x7fffffff;
const THERE = destination(HERE, 0, 400);
const height = (valueM: number): VehicleCommand => ({ kind: "change-altitude", height: { datum: "home", valueM } });
const goTo = (position = THERE, valueM = 50): VehicleCommand => ({
  kind: "go-to",
  position,
  height: { datum: "home", valueM },
});
const e7 = (degrees: number): number => Math.round(degrees * 1e7);
const atE7 = ({ latitudeDeg, longitudeDeg }: typeof HERE, z: number) => ({
  ...{ command: REPOSITION, x: e7(latitudeDeg), y: e7(longitudeDeg), z },
});

/** Flies 50 m high, in the mode in which it goes to places. */
function aloft(autopilot: "ardupilot" | "px4" = "ardupilot") {
  const bench = aCommandService(autopilot);
  const guided = autopilot === "px4" ? PX4_MODE.hold : GUIDED;
  const beat = (customMode = guided, isArmed = true): void => bench.sendHeartbeat(customMode, isArmed, 50);
  beat();
  const outcome = (commandId: string): string | undefined =>
    bench.published.findLast((line) => line.startsWith(`${commandId} `))?.slice(commandId.length + 1);
  /** Answers every message until the command has ended. */
  const carryOut = (command: VehicleCommand, { isConfirmed = true, mode = guided } = {}): string | undefined => {
    const id = bench.give(command, isConfirmed);
    for (let i = 0; i < 4 && outcome(id) === "pending"; i++) {
      bench.ack(Number(bench.sent.at(-1)?.fields["command"]));
      beat(mode);
    }
    return outcome(id);
  };
  const told = () => bench.sent.at(-1)?.fields;
  const lastTarget = () => bench.targets.at(-1)?.command;
  return { ...bench, beat, outcome, carryOut, told, lastTarget, guided };
}
const underWay = (autopilot: "ardupilot" | "px4" = "ardupilot", isConfirmed = true) => {
  const flight = aloft(autopilot);
  expect(flight.carryOut(goTo(), { isConfirmed })).toBe("done");
  return flight;
};

describe.each(["ardupilot", "px4"] as const)("%s on its way to a place", (autopilot) => {
  it("goes on there at another height, and its target is moved when that is done", () => {
    const { give, carryOut, told, lastTarget, ack, beat, targets } = underWay(autopilot);
    expect(carryOut(height(80), { isConfirmed: false })).toBe("done");
    expect(told()).toMatchObject(atE7(THERE, 80));
    expect(lastTarget()).toEqual(goTo(THERE, 80));
    give(height(90));
    expect(lastTarget()).toEqual(goTo(THERE, 80));
    if (autopilot === "px4") {
      ack(SET_MODE);
      beat();
    }
    ack(REPOSITION);
    beat();
    expect(targets.map((target) => target?.command)).toEqual([goTo(), goTo(THERE, 80), goTo(THERE, 90)]);
  });

  it("is told a height at its present place after a pause, from whatever screen that came", () => {
    const { carryOut, told, targets } = underWay(autopilot);
    carryOut({ kind: "pause" });
    expect(targets.at(-1)).toBeUndefined();
    expect(carryOut(height(80))).toBe("done");
    const here = autopilot === "px4" ? { command: REPOSITION, x: UNSET, y: UNSET, z: 80 } : atE7(HERE, 80);
    expect(told()).toMatchObject(here);
  });

  it("goes to the place of the last order, not to one before", () => {
    const { carryOut, told } = underWay(autopilot);
    const elsewhere = destination(HERE, 90, 300);
    expect(carryOut(goTo(elsewhere))).toBe("done");
    carryOut(height(80));
    expect(told()).toMatchObject(atE7(elsewhere, 80));
  });
});

describe("the old place is forgotten", () => {
  const isSentHere = ({ carryOut, told, targets }: ReturnType<typeof aloft>): void => {
    expect(targets.at(-1)).toBeUndefined();
    expect(carryOut(height(80))).toBe("done");
    expect(told()).toMatchObject(atE7(HERE, 80));
  };

  it.each([
    ["BRAKE", BRAKE],
    ["LOITER", LOITER],
    ["ALT_HOLD", ALT_HOLD],
    ["RTL", RTL],
    ["a mode that is yet to come", 97],
  ])("with mode %s, set by its pilot, and stays so in GUIDED again", (_name, customMode) => {
    const flight = underWay();
    flight.beat(customMode);
    isSentHere(flight);
    const again = underWay();
    again.beat(customMode);
    again.beat(GUIDED);
    isSentHere(again);
  });

  it("disarmed, and armed again", () => {
    const flight = underWay();
    flight.beat(GUIDED, false);
    flight.beat();
    isSentHere(flight);
  });

  it("when it was lost, or has restarted: what it did meanwhile is not known", () => {
    const flight = underWay();
    flight.lose();
    flight.find();
    flight.beat();
    isSentHere(flight);
  });

  it.each<VehicleCommand>([{ kind: "pause" }, { kind: "return" }, { kind: "change-heading", headingDeg: 10 }, goTo()])(
    "by $kind as soon as it is sent, and stays so where nobody answers",
    (command) => {
      const flight = underWay();
      const id = flight.give(command);
      expect(flight.targets.at(-1)).toBeUndefined();
      flight.clock.advance(60_000);
      expect(flight.outcome(id)).toMatch(/^failed/);
      flight.beat();
      isSentHere(flight);
    },
  );

  it("when another height was denied, or nobody answers: part of it may have been carried out", () => {
    const denied = underWay();
    denied.give(height(80));
    denied.ack(REPOSITION, DENIED);
    denied.beat();
    isSentHere(denied);
    const unanswered = underWay();
    unanswered.give(height(80));
    unanswered.clock.advance(60_000);
    unanswered.beat();
    isSentHere(unanswered);
  });

  it("and another height that is still being sent is not sent again, once the pilot has taken over", () => {
    const { give, beat, outcome, sent, clock } = underWay();
    const id = give(height(80));
    beat(BRAKE);
    const before = sent.length;
    expect(outcome(id)).toBe("failed cancelled");
    clock.advance(20_000);
    expect(sent.length).toBe(before);
  });

  it("when the session ends: the screens draw it no longer", () => {
    const { service, targets } = underWay();
    service.dispose();
    expect(targets).toEqual([expect.anything(), undefined]);
  });
});

describe("the place is kept", () => {
  it("through speed and fence", () => {
    const { carryOut, told } = underWay();
    carryOut({ kind: "change-speed", speedKind: "ground", speedMps: 8 });
    carryOut({ kind: "enable-fence", isEnabled: true });
    carryOut(height(80));
    expect(told()).toMatchObject(atE7(THERE, 80));
  });
  it("where the station refuses the next order, so that nothing is sent", () => {
    const { carryOut, give, told, targets } = underWay();
    expect(carryOut(goTo(destination(HERE, 0, 6000)), { isConfirmed: false })).toBe("failed not-possible");
    expect(
      carryOut({
        kind: "orbit",
        centre: HERE,
        height: { datum: "home", valueM: 50 },
        radiusM: 50,
        direction: "clockwise",
      }),
    ).toBe("failed not-possible");
    give({ kind: "change-speed", speedKind: "ground", speedMps: 8 });
    expect(carryOut(goTo(HERE))).toBe("failed busy");
    expect(targets).toHaveLength(1);
    const after = underWay();
    after.carryOut(goTo(destination(HERE, 0, 6000)), { isConfirmed: false });
    after.carryOut(height(80));
    expect(after.told()).toMatchObject(atE7(THERE, 80));
    expect(told()).toMatchObject({ command: 178 });
  });
});

it("an orbit keeps its centre, radius and direction at another height", () => {
  const { carryOut, told, lastTarget, beat } = aloft("px4");
  const orbit = { kind: "orbit", centre: THERE, radiusM: 70, direction: "counter-clockwise" } as const;
  expect(carryOut({ ...orbit, height: { datum: "home", valueM: 50 } }, { mode: PX4_MODE.orbit })).toBe("done");
  expect(carryOut(height(80), { mode: PX4_MODE.orbit })).toBe("done");
  expect(told()).toMatchObject({ ...atE7(THERE, 80), command: ORBIT, param1: -70 });
  expect(lastTarget()).toEqual({ ...orbit, height: { datum: "home", valueM: 80 } });
  beat(PX4_MODE.hold);
  expect(lastTarget()).toBeUndefined();
});

describe("what a person must confirm", () => {
  const beyond = (): NonNullable<ReturnType<typeof aloft>["known"]["fence"]> => ({
    ...{ isEnabled: true, isBreached: false, actionName: "return", combination: undefined, countOfItems: 1 },
    items: { kind: "read", countOfItems: 1, unixTimeUs: 1 },
    areas: { polygons: [], circles: [{ isInclusion: true, centre: HERE, radiusM: 100 }] },
  });
  const refusedFor = (...asks: readonly string[]) => ({ because: "not-confirmed", asks }) as Partial<CommandFailure>;

  it("the place is asked about at another height too, unless the order that set it was confirmed", () => {
    const pressed = underWay("ardupilot", false);
    pressed.known.fence = beyond();
    const before = pressed.sent.length;
    expect(pressed.carryOut(height(80), { isConfirmed: false })).toBe("failed not-possible");
    expect(pressed.failures()).toMatchObject([refusedFor("beyond-fence")]);
    expect(pressed.sent.length).toBe(before);
    expect(pressed.carryOut(height(80), { isConfirmed: true })).toBe("done");
    const held = underWay("ardupilot", true);
    held.known.fence = beyond();
    expect(held.carryOut(height(80), { isConfirmed: false })).toBe("done");
  });
  it("a height that is low or far down is asked about all the same", () => {
    const { carryOut, failures } = underWay("ardupilot", true);
    expect(carryOut(height(5), { isConfirmed: false })).toBe("failed not-possible");
    expect(failures()).toMatchObject([refusedFor("descends-far", "very-low")]);
  });
});
