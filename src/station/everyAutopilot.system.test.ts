/**
 * Everything a pilot does, with each pair of autopilot and airframe: over real sockets against our simulator, or against
 * whatever real autopilot answers at `VIGIE_SITL` (then once, with what that one is).
 */
import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf } from "../plan/plan.js";
import type { VehicleCommand } from "../vehicle/commands.js";
import type { Param } from "../vehicle/params.js";
import { Children, ofKind } from "./testing/servedStation.js";
import { arms, SITL, startTrial, type Trial, type TrialFlavour, until } from "./testing/trial.js";
import { trialPlan, trialPlanText } from "./testing/trialPlan.js";

const FLAVOURS: readonly TrialFlavour[] =
  SITL === undefined
    ? [
        { autopilot: "ardupilot", airframe: "copter" },
        { autopilot: "ardupilot", airframe: "plane" },
        { autopilot: "ardupilot", airframe: "vtol" },
        { autopilot: "px4", airframe: "copter" },
        { autopilot: "px4", airframe: "plane" },
        { autopilot: "px4", airframe: "vtol" },
      ]
    : [{ autopilot: "ardupilot", airframe: "copter" }];

/** A parameter every autopilot of the kind has, that is harmless on the ground, with two values to choose from. */
const HARMLESS: Readonly<Record<TrialFlavour["autopilot"], readonly [name: string, one: number, other: number]>> = {
  ardupilot: ["BATT_LOW_VOLT", 9.5, 9.6],
  px4: ["COM_DL_LOSS_T", 10, 12],
};

async function transfersPlans({ ask, said, vehicle, vehicleId }: Trial): Promise<void> {
  const plan = trialPlan(vehicle()!);
  const planText = trialPlanText(vehicle()!);
  expect(await ask({ kind: "upload-plan", vehicleId: vehicleId(), planText, overrideReason: undefined })).toEqual({
    ok: true,
    value: { kind: "done" },
  });
  expect(ofKind(said, "aircraft-plan").at(-1)?.plan.kind).toBe("verified");
  await until("the fence is verified", () => ofKind(said, "aircraft-fence").at(-1)?.fence.items.kind === "verified");

  const read = await ask({ kind: "download-plan", vehicleId: vehicleId() });
  if (!read.ok || read.value.kind !== "aircraft-plan-text") throw new Error(JSON.stringify(read));
  const back = readPlanFile(read.value.planText, "aircraft");
  if (!back.ok) throw new Error(back.error.problem);
  const commands = (items: ReturnType<typeof missionItemsOf>) => items.map(({ command }) => command);
  expect(commands(missionItemsOf(back.value))).toEqual(commands(missionItemsOf(plan)));
  expect(JSON.parse(back.value.fenceJson ?? "{}")).toMatchObject({ polygons: [{ inclusion: true }] });
}

async function exchangesParameters({ ask, vehicle, vehicleId }: Trial): Promise<void> {
  const loaded = await ask({ kind: "load-params", vehicleId: vehicleId(), isFresh: true });
  expect(loaded.ok, JSON.stringify(loaded)).toBe(true);
  const [name, one, other] = HARMLESS[vehicle()!.autopilot === "px4" ? "px4" : "ardupilot"];
  const known = async (): Promise<Param | undefined> => {
    const reply = await ask({ kind: "get-params", vehicleId: vehicleId() });
    return reply.ok && reply.value.kind === "params"
      ? reply.value.params.find((param) => param.name === name)
      : undefined;
  };
  const before = (await known())!.value;
  const wanted = Math.abs(before - one) < 0.01 ? other : one;
  const set = (value: number) => ask({ kind: "set-param", vehicleId: vehicleId(), name, value, isForced: false });
  expect(await set(wanted)).toMatchObject({ ok: true });
  expect((await known())?.value).toBeCloseTo(wanted, 3);
  expect(await set(before)).toMatchObject({ ok: true });
  expect(
    await ask({ kind: "set-param", vehicleId: vehicleId(), name: "NO_SUCH_PARAM", value: 1, isForced: false }),
  ).toMatchObject({
    ok: false,
    error: { kind: "param" },
  });
}

/** Downloads the smallest of its logs, where it has any. */
async function fetchesALog({ ask, vehicleId }: Trial): Promise<void> {
  const listed = await ask({ kind: "list-logs", vehicleId: vehicleId() });
  if (!listed.ok || listed.value.kind !== "logs") throw new Error(JSON.stringify(listed));
  const smallest = [...listed.value.logs].sort((a, b) => a.sizeBytes - b.sizeBytes)[0];
  if (!smallest) {
    expect(SITL, "the simulator has logs").toBeDefined();
    return;
  }
  expect(await ask({ kind: "download-log", vehicleId: vehicleId(), logId: smallest.logId })).toMatchObject({
    ok: true,
  });
  const again = await ask({ kind: "list-logs", vehicleId: vehicleId() });
  if (!again.ok || again.value.kind !== "logs") throw new Error(JSON.stringify(again));
  const file = again.value.logs.find(({ logId }) => logId === smallest.logId)?.file;
  expect(statSync(file!).size).toBeGreaterThan(0);
}

const isWinged = ({ vehicle }: Trial): boolean => vehicle()!.airframe === "plane";

/** What an autopilot can do it does; for the rest the station knows the reason and sends nothing. */
async function obeysOrSaysWhy({ told, vehicle, abilities }: Trial): Promise<void> {
  const { position } = vehicle()!.position!.value;
  const height = { datum: "home", valueM: 55 } as const;
  const commands: readonly VehicleCommand[] = [
    { kind: "change-altitude", height },
    { kind: "change-speed", speedKind: vehicle()!.airframe === "plane" ? "air" : "ground", speedMps: 16 },
    { kind: "change-heading", headingDeg: 90 },
    { kind: "orbit", centre: position, height, radiusM: 120, direction: "clockwise" },
    { kind: "enable-fence", isEnabled: true },
    { kind: "enable-fence", isEnabled: false },
  ];
  for (const command of commands) {
    const because = abilities()?.[command.kind];
    const expected =
      because === undefined ? "ok" : JSON.stringify({ kind: "command", failure: { kind: "not-possible", because } });
    expect([command.kind, await told(command)]).toEqual([command.kind, expected]);
  }
}

async function fliesTheMission(trial: Trial): Promise<void> {
  const { told, vehicle, heightM, modeName, abilities } = trial;
  await arms(trial);
  expect(await told({ kind: "start-mission" })).toBe("ok");
  await until("it is 20 m up", () => heightM() > 20);
  const home = vehicle()!.autopilot === "ardupilot" ? 1 : 0;
  await until("it flies to a waypoint", () => (vehicle()!.mission?.value.currentSeq ?? 0) - home >= 1);

  // What it cannot do it is not sent, and says why.
  expect(abilities()?.arm).toBe("armed");
  if (vehicle()!.airframe !== "vtol") expect(abilities()?.transition).toBeDefined();
  const missionMode = modeName();
  expect(await told({ kind: "pause" })).toBe("ok");
  await until("it holds", () => modeName() !== missionMode);
  const { position } = vehicle()!.position!.value;
  const place = { latitudeDeg: position.latitudeDeg + 0.002, longitudeDeg: position.longitudeDeg };
  expect(await told({ kind: "go-to", position: place, height: { datum: "home", valueM: 60 } })).toBe("ok");
  await obeysOrSaysWhy(trial);
  expect(await told({ kind: "resume" })).toBe("ok");
  await until("the mission goes on", () => modeName() === missionMode);
  expect(await told({ kind: "return" })).toBe("ok");
}

async function comesHome(trial: Trial): Promise<void> {
  const { vehicle } = trial;
  const isDisarmed = () => vehicle()?.heartbeat?.value.isArmed === false;
  if (!isWinged(trial)) {
    await until("it has landed and disarmed", isDisarmed);
    return;
  }
  // A fixed wing circles over home and waits for a pilot.
  const home = vehicle()!.home!.value.position;
  const isNear = (): boolean => {
    const { position } = vehicle()!.position!.value;
    return (
      Math.hypot(
        (position.latitudeDeg - home.latitudeDeg) * 111_200,
        (position.longitudeDeg - home.longitudeDeg) * 70_000,
      ) < 250
    );
  };
  await until("it is over home", isNear);
  expect(isDisarmed()).toBe(false);
}

/** Ends the processes of a trial, whatever became of it. */
async function withTrial(flavour: TrialFlavour, work: (trial: Trial) => Promise<void>): Promise<void> {
  const children = new Children();
  try {
    const trial = await startTrial(children, flavour);
    await work(trial);
    await trial.stop();
  } finally {
    children.killAll();
  }
}

describe("a pilot's whole day with any autopilot", () => {
  it.concurrent.each(FLAVOURS)("$autopilot $airframe: plans, parameters, logs, flight", async (flavour) => {
    await withTrial(flavour, async (trial) => {
      if (SITL === undefined) {
        expect(trial.vehicle()).toMatchObject({ ...flavour, isSimulated: true });
      }
      await transfersPlans(trial);
      await exchangesParameters(trial);
      await fetchesALog(trial);
      await fliesTheMission(trial);
      await comesHome(trial);
    });
  });
});
