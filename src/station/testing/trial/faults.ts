/** Faults between station and aircraft, caused on purpose: another station, a stalled link, a cut link. */
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { dialectOf } from "../../../mavlink/dialects/dialectOf.js";
import { createReader } from "../../../mavlink/reader.js";
import type { WireMissionItem } from "../../../mavlink/protocols/mission/missionWire.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import { ofKind, VIGIE } from "../servedStation.js";
import type { LinkProxy } from "./linkProxy.js";
import { listenTo, uploadAsOther } from "./otherStation.js";
import { arms, until, type Trial } from "./trial.js";
import { trialPlan, trialPlanText } from "./trialPlan.js";

/** Height of the other station's mission, which has just as many items: the count does not reveal it. */
const THEIRS_M = 60;
/**
 * Longer than a command waits for its acknowledgement, shorter than the time after which a link counts as lost
 * (FINDINGS: 8 to 20 s).
 */
const STALLS_MS = 9000;

/** Five heartbeats after the link goes on: an aircraft that arms late has armed by then. */
const SHOWS_WITHIN_MS = 5000;

const hasPassed = (sinceMs: number, ms: number): boolean => performance.now() - sinceMs > ms;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const isArmed = ({ vehicle }: Trial): boolean => vehicle()?.heartbeat?.value.isArmed === true;

function wireItems(vehicle: VehicleState, heightM: number): readonly WireMissionItem[] {
  const items = dialectOf(vehicle)?.missionToWire(trialPlan(vehicle, heightM), vehicle);
  if (!items?.ok) throw new Error("Invariant: the trial's plan has a wire form");
  return items.value;
}

async function uploads({ ask, vehicle, vehicleId }: Trial): Promise<void> {
  const planText = trialPlanText(vehicle()!);
  const sent = await ask({ kind: "upload-plan", vehicleId: vehicleId(), planText, overrideReason: undefined });
  expect(sent.ok, JSON.stringify(sent)).toBe(true);
}

async function disarms(trial: Trial): Promise<void> {
  if (isArmed(trial)) await trial.commandOutcome({ kind: "disarm" });
  await until("it is disarmed", () => !isArmed(trial));
}

/** After our plan is verified another station uploads its own: the station must never start it as ours. */
export async function meetsASecondStation(trial: Trial, proxy: LinkProxy): Promise<void> {
  await uploads(trial);
  const { vehicle, commandOutcome } = trial;
  expect(await uploadAsOther(proxy, vehicle()!.systemId, wireItems(vehicle()!, THEIRS_M))).toBe(0);
  await arms(trial);
  const answer = await commandOutcome({ kind: "start-mission" });
  await disarms(trial);
  expect(answer, "a mission that is not ours is not started").toMatch(/plan-changed|plan-not-read|not-verified/);
  // Our plan is uploaded again, and is verified again.
  await uploads(trial);
  expect(ofKind(trial.published, "aircraft-plan").at(-1)?.plan.kind).toBe("verified");
}

/**
 * The link stalls while an arm command is on its way: reported as failed, it arrives later. Either the messages sent
 * after it undo it before anybody sees the aircraft armed, or it shows, with a red alert. In both cases the aircraft is
 * disarmed in the end.
 */
export async function armsLate(trial: Trial, proxy: LinkProxy): Promise<void> {
  const { commandOutcome, published } = trial;
  proxy.hold();
  const answer = await commandOutcome({ kind: "arm" });
  await wait(STALLS_MS);
  expect(answer, "nobody answered").not.toBe("ok");
  proxy.release();
  const releasedMs = performance.now();
  await until(
    "the late arming shows, or is taken back",
    () => isArmed(trial) || hasPassed(releasedMs, SHOWS_WITHIN_MS),
  );
  const notices = () => ofKind(published, "notice").map(({ notice }) => notice);
  const isAlert = () => notices().some(({ severity, key }) => severity === "danger" && key === "late-effect");
  if (isArmed(trial)) await until("the late arming is an alert", isAlert);
  await disarms(trial);
}

/** Both links are merged as one aircraft; the active one is cut during an upload, which goes on over the other. */
export async function failsOver(trial: Trial, proxies: readonly LinkProxy[]): Promise<void> {
  const { published } = trial;
  const batch = () => ofKind(published, "telemetry-batch").at(-1);
  const paths = () => batch()?.paths[0]?.paths ?? [];
  await until("both links are one aircraft", () => batch()?.vehicles.length === 1 && paths().length === 2);
  let cut: LinkProxy | undefined;
  for (const proxy of proxies) {
    const reader = createReader();
    proxy.onToAircraft((bytes) =>
      reader.push(bytes, ({ name, fields }) => {
        if (name === "MISSION_ITEM_INT" && fields["seq"] === 2 && cut === undefined) (cut = proxy).cut();
      }),
    );
  }
  await uploads(trial);
  expect(cut, "the upload was under way when the link went").toBeDefined();
  expect(ofKind(published, "aircraft-plan").at(-1)?.plan.kind).toBe("verified");
  cut?.mend();
  await until("the cut link is heard again", () => paths().every(({ state }) => state !== "silent"));
}

const HIGH_M = 20;

/** Runs `vigie fly` in a process of its own to its end; the aircraft must have flown and be disarmed. */
export async function fliesByCommand(vehicle: VehicleState, proxy: LinkProxy): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vigie-trial-fly-"));
  const planFile = join(folder, "trial.plan");
  writeFileSync(planFile, trialPlanText(vehicle));
  let [isShownArmed, hasArmed, highestM] = [false, false, 0];
  listenTo(proxy, ({ name, systemId, componentId, fields }) => {
    if (systemId !== vehicle.systemId || componentId !== vehicle.componentId) return;
    if (name === "GLOBAL_POSITION_INT") highestM = Math.max(highestM, Number(fields["relative_alt"]) / 1000);
    if (name !== "HEARTBEAT") return;
    isShownArmed = (Number(fields["base_mode"]) & 128) !== 0;
    hasArmed ||= isShownArmed;
  });
  const words = ["fly", planFile, "--link", proxy.uri, "--vehicle", String(vehicle.systemId), "--no-video", "--json"];
  const child = spawn(process.execPath, [VIGIE, ...words], { env: { ...process.env, VIGIE_HOME: folder } });
  let [out, log] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (log += text.toString()));
  let status: number | null | undefined;
  child.once("exit", (code) => (status = code));
  try {
    await until("vigie fly has ended", () => status !== undefined);
  } catch (cause: unknown) {
    child.kill("SIGKILL");
    throw new Error(`${String(cause)}; its last words: ${log.trim().split("\n").slice(-3).join(" | ")}`);
  }
  const seen = { status, isShownArmed, hasArmed, hasClimbed: highestM > HIGH_M };
  expect(seen, log).toEqual({ status: 0, isShownArmed: false, hasArmed: true, hasClimbed: true });
  expect(JSON.parse(out)).toMatchObject({ ok: true, verified: true });
}
