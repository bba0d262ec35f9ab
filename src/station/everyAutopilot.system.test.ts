/**
 * A pilot's whole day, and what can go wrong in it, with each pair of autopilot and airframe: over real sockets against
 * our simulator, or against the real autopilots at `VIGIE_SITL` (`vigie trial`).
 */
import { statSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf } from "../plan/plan.js";
import type { VehicleCommand } from "../vehicle/commands.js";
import type { Param } from "../vehicle/params.js";
import { freePort } from "../io/testing/freePort.js";
import { Children, ofKind } from "./testing/servedStation.js";
import { SITL, type Endpoint } from "./testing/trial/endpoints.js";
import { armsLate, failsOver, fliesByCommand, meetsASecondStation } from "./testing/trial/faults.js";
import { openProxy } from "./testing/trial/linkProxy.js";
import { arms, joinTrial, startSimulator, type Trial, type TrialFlavour, until } from "./testing/trial/trial.js";
import { trialPlan, trialPlanText } from "./testing/trial/trialPlan.js";
import { TrialSteps, trialTable, type TrialRow } from "./testing/trial/trialSteps.js";

/**
 * Extra tests: a real autopilot runs all of them; each is run with one or two simulated ones, so that a run stays
 * short.
 */
type Extra = "second station" | "late arming" | "two links" | "vigie fly";
const ALL: readonly Extra[] = ["two links", "second station", "late arming", "vigie fly"];
type Candidate = {
  readonly name: string;
  readonly extras: readonly Extra[];
  /** Simulator flavour; undefined for a real autopilot, which answers at `endpoint`. */
  readonly flavour?: TrialFlavour;
  readonly endpoint?: Endpoint;
};

const simulated = (flavour: TrialFlavour, ...extras: readonly Extra[]): Candidate => ({
  name: `${flavour.autopilot} ${flavour.airframe}`,
  extras,
  flavour,
});

const CANDIDATES: readonly Candidate[] = SITL?.map((endpoint) => ({
  name: endpoint.name,
  extras: ALL.filter((extra) => extra !== "two links" || endpoint.links.length > 1),
  endpoint,
})) ?? [
  simulated({ autopilot: "ardupilot", airframe: "copter" }, "vigie fly"),
  simulated({ autopilot: "ardupilot", airframe: "plane" }, "second station", "vigie fly"),
  simulated({ autopilot: "ardupilot", airframe: "vtol" }, "two links"),
  simulated({ autopilot: "px4", airframe: "copter" }, "late arming"),
  simulated({ autopilot: "px4", airframe: "plane" }, "second station"),
  simulated({ autopilot: "px4", airframe: "vtol", px4: "1.15" }, "vigie fly"),
];

/**
 * Parameters that are harmless on the ground, with two values each; the first one that this aircraft lists is used.
 * Parameters of disabled features are missing: a QuadPlane without a battery monitor has no BATT_LOW_VOLT.
 */
const HARMLESS: readonly (readonly [name: string, one: number, other: number])[] = [
  ["COM_DL_LOSS_T", 10, 12],
  ["RTL_LOIT_TIME", 5000, 6000],
  ["WP_RADIUS", 90, 95],
  ["BATT_LOW_VOLT", 9.5, 9.6],
];

async function transfersPlans({ ask, published, vehicle, vehicleId }: Trial): Promise<void> {
  const plan = trialPlan(vehicle()!);
  const planText = trialPlanText(vehicle()!);
  expect(await ask({ kind: "upload-plan", vehicleId: vehicleId(), planText, overrideReason: undefined })).toEqual({
    ok: true,
    value: { kind: "done" },
  });
  expect(ofKind(published, "aircraft-plan").at(-1)?.plan.kind).toBe("verified");
  await until(
    "the fence is verified",
    () => ofKind(published, "aircraft-fence").at(-1)?.fence.items.kind === "verified",
  );

  const read = await ask({ kind: "download-plan", vehicleId: vehicleId() });
  if (!read.ok || read.value.kind !== "aircraft-plan-text") throw new Error(JSON.stringify(read));
  const back = readPlanFile(read.value.planText, "aircraft");
  if (!back.ok) throw new Error(back.error.problem);
  const commands = (items: ReturnType<typeof missionItemsOf>) => items.map(({ command }) => command);
  expect(commands(missionItemsOf(back.value))).toEqual(commands(missionItemsOf(plan)));
  expect(JSON.parse(back.value.fenceJson ?? "{}")).toMatchObject({ polygons: [{ inclusion: true }] });
}

async function exchangesParameters({ ask, vehicleId }: Trial): Promise<void> {
  const loaded = await ask({ kind: "load-params", vehicleId: vehicleId(), isFresh: true });
  expect(loaded.ok, JSON.stringify(loaded)).toBe(true);
  const listed = async (): Promise<readonly Param[]> => {
    const reply = await ask({ kind: "get-params", vehicleId: vehicleId() });
    return reply.ok && reply.value.kind === "params" ? reply.value.params : [];
  };
  const names = new Set((await listed()).map((param) => param.name));
  const chosen = HARMLESS.find((one) => names.has(one[0]));
  if (!chosen) throw new Error(`it lists none of ${HARMLESS.map((one) => one[0]).join(", ")}`);
  const [name, one, other] = chosen;
  const known = async (): Promise<Param | undefined> => (await listed()).find((param) => param.name === name);
  const before = (await known())!.value;
  const wanted = Math.abs(before - one) < 0.01 ? other : one;
  const set = (value: number) =>
    ask({ kind: "set-param", vehicleId: vehicleId(), name, value, isForced: false, isConfirmed: true });
  expect(await set(wanted)).toMatchObject({ ok: true });
  expect((await known())?.value).toBeCloseTo(wanted, 3);
  expect(await set(before)).toMatchObject({ ok: true });
  expect(
    await ask({
      kind: "set-param",
      vehicleId: vehicleId(),
      name: "NO_SUCH_PARAM",
      value: 1,
      isForced: false,
      isConfirmed: true,
    }),
  ).toMatchObject({
    ok: false,
    error: { kind: "param" },
  });
}

/** Downloads the smallest log, if there is one. A log still being written may have another size in the next list. */
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
  expect(file, "the downloaded log is found again in the list").toBeDefined();
  expect(statSync(file!).size).toBeGreaterThan(0);
}

const isWinged = ({ vehicle }: Trial): boolean => vehicle()!.airframe === "plane";

/** A supported command succeeds; for any other the station gives the reason and sends nothing. */
async function obeysOrSaysWhy({ commandOutcome, vehicle, abilities }: Trial): Promise<void> {
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
    const outcome = await commandOutcome(command);
    expect(outcome, `${command.kind}: ${outcome}`).toBe(expected);
  }
}

/** Six times as fast as time, an aircraft disarms itself 1.7 s after it was armed: a slow machine starts too late. */
async function takesOff(trial: Trial): Promise<void> {
  const { commandOutcome, vehicle, heightM } = trial;
  const isArmed = (): boolean => vehicle()?.heartbeat?.value.isArmed === true;
  let started = "";
  for (let attempt = 0; attempt < 10; attempt++) {
    if (!isArmed()) await arms(trial);
    started = await commandOutcome({ kind: "start-mission" });
    if (started === "ok") await until("it is 20 m up, or has disarmed itself", () => heightM() > 20 || !isArmed());
    if (heightM() > 20) return;
  }
  throw new Error(`it did not take off: ${started}`);
}

async function fliesTheMission(trial: Trial): Promise<void> {
  const { commandOutcome, vehicle, modeName, abilities } = trial;
  await takesOff(trial);
  const home = vehicle()!.autopilot === "ardupilot" ? 1 : 0;
  await until("it flies to a waypoint", () => (vehicle()!.mission?.value.currentSeq ?? 0) - home >= 1);

  // A command that is not possible is not sent, and the reason is given.
  expect(abilities()?.arm).toBe("armed");
  if (vehicle()!.airframe !== "vtol") expect(abilities()?.transition).toBeDefined();
  const missionMode = modeName();
  expect(await commandOutcome({ kind: "pause" })).toBe("ok");
  await until("it holds", () => modeName() !== missionMode);
  const { position } = vehicle()!.position!.value;
  const place = { latitudeDeg: position.latitudeDeg + 0.002, longitudeDeg: position.longitudeDeg };
  expect(await commandOutcome({ kind: "go-to", position: place, height: { datum: "home", valueM: 60 } })).toBe("ok");
  await obeysOrSaysWhy(trial);
  expect(await commandOutcome({ kind: "resume" })).toBe("ok");
  await until("the mission goes on", () => modeName() === missionMode);
  expect(await commandOutcome({ kind: "return" })).toBe("ok");
}

async function comesHome(trial: Trial): Promise<void> {
  const { vehicle } = trial;
  const isDisarmed = () => vehicle()?.heartbeat?.value.isArmed === false;
  if (!isWinged(trial)) {
    await until("it has landed and disarmed", isDisarmed);
    return;
  }
  // A fixed wing loiters over home and waits for a pilot.
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

/** A fixed wing loiters over home: resuming the mission takes it to the landing that ends the plan. */
async function landsFromTheCircle(trial: Trial): Promise<void> {
  if (!isWinged(trial)) return;
  expect(await trial.commandOutcome({ kind: "resume" })).toBe("ok");
  await until("it has landed and disarmed", () => trial.vehicle()?.heartbeat?.value.isArmed === false);
}

const ROWS: TrialRow[] = [];

/** The links of a real autopilot, or of a simulator started here. */
async function linksOf({ endpoint, flavour, extras }: Candidate, children: Children): Promise<readonly string[]> {
  if (endpoint) return endpoint.links;
  const ports = [await freePort(), ...(extras.includes("two links") ? [await freePort()] : [])];
  const mavlink = ports.map((port) => `udpout:127.0.0.1:${port}`);
  if (flavour) startSimulator(children, flavour, mavlink);
  return ports.map((port) => `udp://:${port}`);
}

async function tries(candidate: Candidate, children: Children, steps: TrialSteps): Promise<void> {
  const { extras, flavour } = candidate;
  const proxies = await Promise.all((await linksOf(candidate, children)).map(openProxy));
  const [first] = proxies;
  if (!first) throw new Error("Invariant: a candidate has a link");
  const trial = await joinTrial(proxies.map(({ uri }) => uri));
  if (flavour) {
    const { autopilot, airframe } = flavour;
    expect(trial.vehicle()).toMatchObject({ autopilot, airframe, isSimulated: true });
  }
  if (extras.includes("two links")) await steps.step("two links", () => failsOver(trial, proxies));
  await steps.step("plans", () => transfersPlans(trial));
  await steps.step("parameters", () => exchangesParameters(trial));
  await steps.step("logs", () => fetchesALog(trial));
  if (extras.includes("second station")) await steps.step("second station", () => meetsASecondStation(trial, first));
  if (extras.includes("late arming")) await steps.step("late arming", () => armsLate(trial, first));
  const hasFlown = await steps.step("flight", async () => {
    await fliesTheMission(trial);
    await comesHome(trial);
  });
  if (extras.includes("vigie fly")) {
    const hasLanded = hasFlown && (await steps.step("landing", () => landsFromTheCircle(trial)));
    const vehicle = trial.vehicle()!;
    await trial.stop();
    if (hasLanded) await steps.step("vigie fly", () => fliesByCommand(vehicle, first));
    else steps.skip("vigie fly", "it is not known to stand on the ground");
  } else {
    await trial.stop();
  }
  for (const proxy of proxies) proxy.close();
}

/** Enough for a night with six real autopilots, in which each step takes real time. */
const LASTS_MS = SITL === undefined ? 600_000 : 3_600_000;

describe("a pilot's whole day with any autopilot", () => {
  it.concurrent.each(CANDIDATES)(
    "$name: plans, parameters, logs, flight, and what goes wrong on the way",
    async (candidate) => {
      const children = new Children();
      const steps = new TrialSteps(candidate.name);
      try {
        await steps.step("ready", () => tries(candidate, children, steps));
      } finally {
        children.killAll();
        ROWS.push(...steps.rows);
      }
      expect(steps.failures()).toEqual([]);
    },
    LASTS_MS,
  );

  afterAll(() => {
    const table = trialTable(ROWS.filter(({ step, outcome }) => step !== "ready" || outcome === "failed"));
    process.stderr.write(`\n${table}\n`);
    const file = process.env["VIGIE_TRIAL_TABLE"];
    if (file !== undefined) writeFileSync(file, `${table}\n`);
  });
});
