import { seededRng } from "../src/core/rng.js";
import { localFrameAt } from "../src/geo/localFrame.js";
import { TRAINING_PACK, remainingFraction } from "./airframe/battery.js";
import type { AirframeState } from "./airframe/airframeState.js";
import {
  PHYSICS_STEP_MS,
  estimatedAttitude,
  firstBody,
  posesOf,
  sensedBy,
  stepBody,
  type Body,
} from "./aircraftBody.js";
import { attachServices, type Attached } from "./aircraftServices.js";
import { stepAutopilot, type AutopilotEvent } from "./autopilot/autopilot.js";
import { bootedAutopilot, type AutopilotEffect, type AutopilotState } from "./autopilot/autopilotState.js";
import { modesOf } from "./autopilot/modes.js";
import { defaultParamsOf } from "./autopilot/params.js";
import { toolsFor } from "./autopilotTools.js";
import type { Exposure } from "./camera/cameraPort.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";
import type { ServicesOptions } from "./services/servicesOptions.js";
import { autopilotEventOf } from "./wire/inbound.js";
import type { ReceivedMessage, WireMessage } from "./wire/mavlinkCodec.js";
import { messagesOf } from "./wire/outbound.js";
import type { TelemetryView } from "./wire/telemetry.js";

/** 4 steps of 5 ms: the autopilot's main loop runs at 50 Hz. */
const STEPS_A_TICK = 4;

export type AircraftOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly systemId: number;
  /** Default: an ArduPilot copter. */
  readonly flavour?: Flavour;
  /** Position at boot, metres from the scenario's home. */
  readonly start?: { readonly eastM: number; readonly northM: number };
  /** Wall-clock time at boot. */
  readonly bootUnixUs: number;
  /** Height of the ground above the scenario's home, metres; flat without it. */
  readonly groundAboveHomeM?: (eastM: number, northM: number) => number;
  /** 0..1, default 1. */
  readonly batteryFraction?: number;
  /** Simulated seconds per wall-clock second. Timeouts that wait for people or links are stretched by it. */
  readonly speedup?: number;
  /** Number of telemetry ports, default 1. */
  readonly countOfPorts?: number;
  /** Options for its services. */
  readonly services?: Omit<ServicesOptions, "view" | "controls">;
  readonly send: (message: WireMessage) => void;
};

/** A complete simulated aircraft in simulated time, no sockets or clock. Same options and messages at same times: same flight. */
export type Aircraft = {
  /** Simulates up to `untilMs` since boot, in whole physics steps. */
  readonly advanceTo: (untilMs: number) => void;
  readonly receive: (message: ReceivedMessage) => void;
  readonly nowMs: () => number;
  readonly exposure: () => Exposure;
  readonly autopilot: () => AutopilotState;
  /** The airframe's true state, for tests and scoring. */
  readonly truth: () => AirframeState;
};

type Moment = { readonly body: Body; readonly pilot: AutopilotState; readonly nowMs: number };

function viewerFor({ scenario, bootUnixUs, systemId }: AircraftOptions): (moment: Moment) => TelemetryView {
  const frame = localFrameAt(scenario.home);
  return ({ body, pilot, nowMs }) => ({
    systemId,
    autopilot: pilot,
    unixTimeUs: bootUnixUs + nowMs * 1000,
    sinceBootMs: nowMs,
    frame,
    originAmslM: scenario.home.altitudeAmslM,
    navigation: scenario.navigation,
    attitude: estimatedAttitude(body.airframe.attitude, body.error),
    rates: body.airframe.rates,
    thrustFraction: body.airframe.thrustFraction,
    battery: body.battery,
    remainingFraction: remainingFraction(body.battery, TRAINING_PACK),
    wind: body.air,
    gimbal: body.gimbal,
    truth: body.airframe,
  });
}

/** The mode that the scenario's safety pilot switches to at this time; each switch is returned once. */
function radioOf({ radio = [] }: Scenario, flavour: Flavour): (scenarioMs: number) => number | undefined {
  let turned = 0;
  return (scenarioMs) => {
    const next = radio[turned];
    if (!next || scenarioMs < next.atS * 1000) return undefined;
    turned++;
    return modesOf(flavour).find(({ name }) => name === next.mode)?.customMode;
  };
}

const ARDUCOPTER: Flavour = { autopilot: "ardupilot", airframe: "copter" };
const FLAT = (): number => 0;

export function createAircraft(options: AircraftOptions): Aircraft {
  const { scenario, groundAboveHomeM: groundAt = FLAT, flavour = ARDUCOPTER, bootUnixUs, systemId } = options;
  const { batteryFraction = 1, speedup = 1, countOfPorts = 1, start = { eastM: 0, northM: 0 } } = options;
  const kind = flavour.airframe;
  const rng = seededRng(options.seed);
  const frame = localFrameAt(scenario.home);
  const originAmslM = scenario.home.altitudeAmslM;
  const tools = toolsFor({ flavour, frame, originAmslM, speedup });
  const viewOf = viewerFor(options);
  let groundAboveHomeM = groundAt(start.eastM, start.northM);
  let body = firstBody({ scenario, batteryFraction, groundAboveHomeM, kind, start }, rng);
  let pilot: AutopilotState = bootedAutopilot(flavour, defaultParamsOf(flavour), { speedup, countOfPorts });
  let steps = 0;
  const radio = radioOf(scenario, flavour);
  let startedMs = scenario.clock === "boot" ? 0 : undefined;

  const nowMs = (): number => steps * PHYSICS_STEP_MS;
  const unixTimeUs = (): number => bootUnixUs + nowMs() * 1000;
  const step = (event: AutopilotEvent): void => {
    let effects: readonly AutopilotEffect[];
    [pilot, effects] = stepAutopilot(pilot, event, tools);
    if (effects.length === 0) return;
    const view = viewOf({ body, pilot, nowMs: nowMs() });
    for (const effect of effects) messagesOf(effect, view).forEach(attached.send);
  };
  const own = { flavour, systemId, seed: options.seed, speedup, nowMs, unixTimeUs, frame, originAmslM };
  const attached: Attached = attachServices({
    options: { ...options.services },
    send: options.send,
    view: { ...own, autopilot: () => pilot, gimbal: () => body.gimbal },
    change: (with_) => void (pilot = { ...pilot, ...with_ }),
    setMode: (customMode) => step({ kind: "set-mode", customMode }),
  });
  const stepOnce = (): void => {
    body = stepBody(body, { demand: pilot.demand, gimbal: pilot.gimbal, scenario, groundAboveHomeM, kind }, rng);
    if (++steps % STEPS_A_TICK !== 0) return;
    groundAboveHomeM = groundAt(body.airframe.eastM, body.airframe.northM);
    step({ kind: "tick", sensed: sensedBy(body, nowMs()) });
    attached.tick();
    if (pilot.isArmed) startedMs ??= nowMs();
    const customMode = startedMs === undefined ? undefined : radio(nowMs() - startedMs);
    if (customMode !== undefined) step({ kind: "set-mode", customMode });
  };
  return {
    advanceTo: (untilMs) => {
      while (nowMs() + PHYSICS_STEP_MS <= untilMs) stepOnce();
    },
    receive: (message) => {
      const event = attached.receive(message) ? undefined : autopilotEventOf(message, systemId);
      if (event) step(event);
    },
    nowMs,
    exposure: () => {
      const scenarioS = startedMs === undefined ? -1 : (nowMs() - startedMs) / 1000;
      return { unixTimeUs: unixTimeUs(), scenarioS, ...posesOf(body, sensedBy(body, nowMs()), scenario, frame) };
    },
    autopilot: () => pilot,
    truth: () => body.airframe,
  };
}
