/**
 * One station and one autopilot over real sockets. The steps must suit a real autopilot: they assume nothing about the
 * order of items, exact floats, instant mode changes or an empty aircraft at the start.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { StationFailure } from "../../../contract/failures.js";
import type { ReplyValue, ToUi, UiRequest } from "../../../contract/messages.js";
import type { Result } from "../../../core/result.js";
import type { CommandAbilities, VehicleCommand } from "../../../vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../../vehicle/vehicleState.js";
import { createStation } from "../../station.js";
import { SITL } from "./endpoints.js";
import { freePort } from "../../../io/testing/freePort.js";
import { type Children, ofKind } from "../servedStation.js";
import { reading } from "../reading.js";

export type TrialFlavour = {
  readonly autopilot: "ardupilot" | "px4";
  readonly airframe: "copter" | "plane" | "vtol";
  /** PX4 version to simulate; the simulator's default when absent. */
  readonly px4?: "1.14" | "1.15";
};

const SCENARIO = resolve("missions/scenarios/boulogne-night-1.json");
/** Faster than real time: messages are tested, not how long a climb takes. */
const SPEEDUP = 6;
/** Longer than any step takes, even on a slow machine: only ends a test that hangs. */
const HANGS_AFTER_MS = SITL === undefined ? 120_000 : 300_000;

/** Checks every 50 ms. Tests that run concurrently cannot use vitest's own poll. */
export async function until(what: string, look: () => boolean): Promise<void> {
  const sinceMs = performance.now();
  while (!look()) {
    if (performance.now() - sinceMs > HANGS_AFTER_MS) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Starts our simulator in that flavour, sending to these links (`udpout:127.0.0.1:PORT` each). */
export function startSimulator(children: Children, flavour: TrialFlavour, mavlink: readonly string[]): void {
  children.add(process.execPath, [
    resolve("dist/node/sim.cjs"),
    ...["--scenario", SCENARIO, "--speedup", String(SPEEDUP), ...mavlink.flatMap((link) => ["--mavlink", link])],
    ...["--autopilot", flavour.autopilot, "--airframe", flavour.airframe],
    ...(flavour.px4 === undefined ? [] : ["--px4", flavour.px4]),
  ]);
}

/** A station with a simulated aircraft of its own. */
export async function startTrial(children: Children, flavour: TrialFlavour) {
  const linkPort = await freePort();
  startSimulator(children, flavour, [`udpout:127.0.0.1:${linkPort}`]);
  return joinTrial([`udp://:${linkPort}`]);
}

/** A station with whatever aircraft answers on these links, once it is ready to arm. */
export async function joinTrial(links: readonly string[]) {
  const station = createStation({
    inputs: { links, video: [], decoder: "none" },
    folders: { data: mkdtempSync(join(tmpdir(), "vigie-trial-")) },
    training: undefined,
    requireUiHeartbeat: false,
  });
  const published: ToUi[] = [];
  const screen = station.connectUi(reading((message) => published.push(message)));
  let requestId = 0;
  const ask = async (request: UiRequest): Promise<Result<ReplyValue, StationFailure>> => {
    const id = ++requestId;
    screen.fromUi({ kind: "request", requestId: id, request });
    const reply = () => ofKind(published, "reply").find((message) => message.requestId === id);
    await until(`the reply to ${request.kind}`, () => reply() !== undefined);
    return reply()!.result;
  };
  const vehicle = (): VehicleState | undefined => ofKind(published, "telemetry-batch").at(-1)?.vehicles[0];
  const vehicleId = (): VehicleId => vehicle()!.id;
  const abilities = (): CommandAbilities | undefined => ofKind(published, "abilities").at(-1)?.abilities;
  /** "ok", or the reason why not, so that a failed expectation shows it. */
  const commandOutcome = async (command: VehicleCommand): Promise<string> => {
    const order = { commandId: `trial-${++requestId}`, command, isConfirmed: true };
    const done = await ask({ kind: "command", vehicleId: vehicleId(), ...order });
    return done.ok ? "ok" : JSON.stringify(done.error);
  };
  const heightM = (): number => vehicle()?.position?.value.altitudeAboveHomeM ?? 0;
  const modeName = (): string => vehicle()?.heartbeat?.value.modeName ?? "";
  const isReady = (): boolean =>
    vehicle()?.home !== undefined && vehicle()?.position !== undefined && abilities()?.arm === undefined;
  await until("it is ready", isReady);
  const stop = async (): Promise<void> => {
    screen.close();
    await station.dispose();
  };
  return {
    station,
    published,
    ask,
    commandOutcome,
    vehicle,
    vehicleId,
    abilities,
    heightM,
    modeName,
    stop,
  };
}

export type Trial = Awaited<ReturnType<typeof joinTrial>>;

/**
 * Now and then an aircraft reports ready too early ("Need Position Estimate"): the arm command is repeated, as a pilot
 * would.
 */
export async function arms({ commandOutcome }: Trial): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const answer = await commandOutcome({ kind: "arm" });
    if (answer === "ok") return;
    await new Promise((done) => setTimeout(done, 2000));
  }
  throw new Error("it did not arm");
}
