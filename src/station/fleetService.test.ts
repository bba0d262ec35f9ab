/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import { err, ok, type Result } from "../core/result.js";
import type { ToUi } from "../contract/messages.js";
import { localFrameAt } from "../geo/localFrame.js";
import { identityFrom } from "../mavlink/identity.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf, type MissionItem, type Plan } from "../plan/plan.js";
import type { CommandFailure, VehicleCommand } from "../vehicle/commands.js";
import { emptyVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleId, VehicleState } from "../vehicle/vehicleState.js";
import { StationBus } from "./bus.js";
import { createFleetService } from "./fleetService.js";
import type { VehicleSession } from "./vehicle/vehicleSession.js";

const BEACH = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const frame = localFrameAt(BEACH);
const metres = (eastM: number, northM: number) => frame.toPosition({ eastM, northM, upM: 0 }).position;
const idOf = (systemId: number) => `udp/${systemId}` as VehicleId;

type Situation = {
  readonly eastM?: number;
  readonly northM?: number;
  readonly heightM?: number;
  readonly eastMps?: number;
  readonly isArmed?: boolean;
  readonly remainingFraction?: number;
  readonly currentSeq?: number;
  readonly homeEastM?: number;
};
function stateOf(clock: FakeClock, systemId: number, now: Situation): VehicleState {
  const { eastM = 0, northM = 0, heightM = 60, eastMps = 0, isArmed = true, homeEastM = 0 } = now;
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: clock.monoMs() });
  const { remainingFraction, currentSeq } = now;
  return {
    ...emptyVehicle({ linkName: "udp", systemId, componentId: 1 }),
    ...identityFrom(3, 2),
    heartbeat: stamped({ customMode: 3, modeName: "AUTO", isArmed, systemStatus: 4 }),
    position: stamped({ position: metres(eastM, northM), altitudeAmslM: 5 + heightM, altitudeAboveHomeM: heightM }),
    velocity: stamped({
      northMps: 0,
      eastMps,
      downMps: 0,
      groundSpeedMps: Math.abs(eastMps),
      courseDeg: undefined,
    }),
    home: stamped({ position: metres(homeEastM, -5000), altitudeAmslM: 5 }),
    battery: stamped({ voltageV: undefined, currentA: undefined, remainingFraction, timeRemainingS: undefined }),
    mission: currentSeq === undefined ? undefined : stamped({ currentSeq, countOfItems: undefined }),
  };
}

const place = (eastM: number, northM: number): MissionItem => ({
  command: 16,
  params: [0, 0, 0, 0],
  position: metres(eastM, northM),
  altitude: { datum: "home", valueM: 60 },
  autoContinue: true,
});
const planOf = (...items: MissionItem[]): Plan => ({
  name: "leg",
  vehicleType: 2,
  firmwareType: 3,
  cruiseSpeedMps: 15,
  hoverSpeedMps: 5,
  plannedHome: undefined,
  items: [
    { ...place(0, -5000), command: 22 },
    ...items,
    { command: 20, params: [0, 0, 0, 0] as const, autoContinue: true },
  ].map((item, i) => ({ kind: "simple", id: `i${i}`, item })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: true,
});

type Member = Situation & {
  readonly plan?: Plan;
  readonly isLost?: boolean;
  readonly answer?: Result<void, CommandFailure>;
};
function aFleet(...members: Member[]) {
  const clock = new FakeClock();
  const published: ToUi[] = [];
  const recorded: { kind: string; facts: object }[] = [];
  const commanded: [VehicleId, VehicleCommand][] = [];
  const now = [...members];
  const sessions = members.map((_, i): VehicleSession => {
    const member = (): Member => now[i]!;
    const session: Partial<VehicleSession> = {
      state: () => stateOf(clock, i + 1, member()),
      isLost: () => member().isLost ?? false,
      verifiedPlan: () => member().plan,
      aircraftPlan: () =>
        member().plan
          ? { kind: "verified", countOfItems: 3, planHash: "hash of it", unixTimeUs: 1 }
          : { kind: "unknown" },
      command: ({ command }) => {
        commanded.push([idOf(i + 1), command]);
        return Promise.resolve(member().answer ?? ok(undefined));
      },
    };
    return session as VehicleSession;
  });
  const bus = new StationBus();
  bus.on("message", ({ message }) => published.push(message));
  bus.on("record", ({ what: kind, facts }) => recorded.push({ kind, facts }));
  const service = createFleetService({
    clock,
    vehicle: (id) => sessions.find((session) => session.state().id === id),
    vehicles: () => sessions,
    bus,
  });
  const look = (): void => {
    clock.advance(1000);
    service.tick();
  };
  const warnings = () => {
    const last = published.findLast((message) => message.kind === "fleet-warnings");
    return last?.kind === "fleet-warnings" ? last.warnings : [];
  };
  const change = (i: number, situation: Member): void => void (now[i] = { ...now[i], ...situation });
  return { service, look, warnings, change, published, recorded, commanded };
}

describe("a command to a chosen set", () => {
  it("goes to each of them once, and each has its own result", async () => {
    const refusal = err({ kind: "not-possible", because: "not-verified" } as const);
    const { service, commanded, recorded } = aFleet({}, { answer: refusal }, {});
    const command: VehicleCommand = { kind: "start-mission" };
    const vehicleIds = [idOf(1), idOf(2), idOf(2), idOf(9)];
    expect(
      await service.answer({ kind: "fleet-command", vehicleIds, commandId: "f-1", command, isConfirmed: true }),
    ).toEqual(
      ok({
        kind: "fleet-results",
        results: [
          { vehicleId: idOf(1), result: ok(undefined) },
          { vehicleId: idOf(2), result: refusal },
          { vehicleId: idOf(9), result: err({ kind: "vehicle-lost" }) },
        ],
      }),
    );
    expect(commanded.map(([id]) => id)).toEqual([idOf(1), idOf(2)]);
    expect(recorded).toMatchObject([{ kind: "fleet-command", facts: { command } }]);
  });
});

describe("warnings", () => {
  it("tell of two that close in, once a second at most, and when it is over", () => {
    const { service, look, warnings, change, published, recorded } = aFleet(
      { eastMps: 10 },
      { eastM: 250, eastMps: -10, northM: 10 },
    );
    look();
    service.tick();
    expect(warnings()).toMatchObject([{ kind: "closing", a: idOf(1), b: idOf(2) }]);
    expect(published).toHaveLength(1);
    look();
    change(1, { eastM: 900 });
    look();
    expect(warnings()).toEqual([]);
    expect(recorded.filter(({ kind }) => kind === "fleet-warning")).toHaveLength(1);
    expect(service.snapshot()).toEqual([{ kind: "fleet-warnings", warnings: [] }]);
  });
  it("leave out those on the ground and those not heard", () => {
    const grounded = aFleet({}, { heightM: 0, isArmed: false });
    grounded.look();
    expect(grounded.warnings()).toEqual([]);
    const lost = aFleet({}, { eastM: 10, isLost: true });
    lost.look();
    expect(lost.warnings()).toEqual([]);
  });
  it("tell of plans that cross, until the crossing is behind one of them", () => {
    const far = { heightM: 0, isArmed: false, eastM: 5000 };
    const { look, warnings, change } = aFleet(
      { ...far, plan: planOf(place(0, 0), place(1000, 0), place(1000, 60)) },
      { ...far, eastM: 9000, homeEastM: 9000, plan: planOf(place(500, 500), place(500, -500)) },
    );
    look();
    expect(warnings()).toMatchObject([{ kind: "plans-cross", a: idOf(1), b: idOf(2), itemA: 2, itemB: 2 }]);
    // ArduPilot's mission begins with home: item 3 of the plan has number 4 there.
    change(0, { isArmed: true, heightM: 60, currentSeq: 3 });
    look();
    expect(warnings()).toHaveLength(1);
    change(0, { currentSeq: 4 });
    look();
    expect(warnings()).toEqual([]);
  });
  it("ask for relief when a battery nears its reserve before the plan is done", () => {
    const plan = planOf(place(0, 0), place(1000, 0));
    const { look, warnings, change } = aFleet({ plan, remainingFraction: 0.3, currentSeq: 2 });
    look();
    expect(warnings()).toEqual([]);
    change(0, { remainingFraction: 0.24 });
    look();
    expect(warnings()).toEqual([{ kind: "relief-needed", a: idOf(1), remainingFraction: 0.24 }]);
    change(0, { remainingFraction: 0.26 });
    look();
    expect(warnings()).toMatchObject([{ remainingFraction: 0.26 }]);
    // An aircraft on its way home needs no relief.
    change(0, { currentSeq: 4 });
    look();
    expect(warnings()).toEqual([]);
  });
});

describe("a hand-over", () => {
  const plan = planOf(place(0, 0), place(1000, 0), place(2000, 0));
  const request = { kind: "propose-hand-over", fromId: idOf(1), toId: idOf(2) } as const;

  it("is proposed as a plan of the rest, from the relief's home", async () => {
    const { service } = aFleet({ plan, currentSeq: 3 }, { homeEastM: 300, isArmed: false, heightM: 0 });
    const reply = await service.answer(request);
    if (!reply.ok || reply.value.kind !== "hand-over") throw new Error("no proposal");
    // What it was made from goes with it: only with both unchanged may it be sent.
    expect(reply.value).toMatchObject({ countOfItems: 5, fromItem: 2, planHash: "hash of it", currentItem: 2 });
    const back = readPlanFile(reply.value.planText, "relief");
    expect(back.ok && missionItemsOf(back.value).map(({ command }) => command)).toEqual([22, 16, 16, 16, 20]);
    expect(back.ok && back.value.plannedHome?.position.longitudeDeg).toBeCloseTo(metres(300, 0).longitudeDeg, 5);
  });
  it("needs a plan that is verified, two aircraft, and something left to fly", async () => {
    expect(await aFleet({}, {}).service.answer(request)).toMatchObject({ error: { kind: "not-found" } });
    expect(await aFleet({ plan }).service.answer(request)).toEqual(err({ kind: "no-vehicle" }));
    expect(await aFleet({ plan, currentSeq: 5 }, {}).service.answer(request)).toMatchObject({
      error: { kind: "transfer", failure: { because: "plan-empty" } },
    });
  });
});
