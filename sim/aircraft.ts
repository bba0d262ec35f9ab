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
import { defaultParamsOf } from "./autopilot/params.js";
import { toolsFor } from "./autopilotTools.js";
import type { Exposure } from "./camera/cameraPort.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";
import { createScenarioRun } from "./scenarioRun.js";
import type { ServicesOptions } from "./services/servicesOptions.js";
import { autopilotEventOf } from "./wire/inbound.js";
import type { ReceivedMessage, WireMessage } from "./wire/mavlinkCodec.js";
import { messagesOf } from "./wire/outbound.js";
import type { TelemetryView } from "./wire/telemetry.js";

/** 4 steps of 5 ms: the autopilot's main loop runs at 50 Hz. */
const STEPS_A_TICK = 4;

/** Where it flies: the scenario with its wind and its failures, and the ground. */
export type FlightSite = {
  readonly scenario: Scenario;
  /** Height of the ground above the scenario's home, metres; flat without it. */
  readonly groundAboveHomeM?: (eastM: number, northM: number) => number;
};

type Vehicle = {
  readonly systemId: number;
  /** Of its sensors' errors and of the gusts. */
  readonly seed: number;
  /** Default: an ArduPilot copter. */
  readonly flavour?: Flavour;
};

/** The moment at which it is switched on. */
type Boot = {
  readonly unixUs: number;
  /** Metres from the scenario's home, default there. */
  readonly place?: { readonly eastM: number; readonly northM: number };
  /** 0..1, default 1. */
  readonly batteryFraction?: number;
};

type Ports = {
  /** Number of telemetry ports, default 1. */
  readonly count?: number;
  readonly send: (message: WireMessage) => void;
};

export type AircraftOptions = {
  readonly site: FlightSite;
  readonly vehicle: Vehicle;
  readonly boot: Boot;
  readonly ports: Ports;
  /** Simulated seconds per wall-clock second. Timeouts that wait for people or links are stretched by it. */
  readonly speedup?: number;
  /** Options for its services. */
  readonly services?: Omit<ServicesOptions, "view" | "controls">;
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

function viewerFor({ site, vehicle, boot }: AircraftOptions): (moment: Moment) => TelemetryView {
  const { scenario } = site;
  const frame = localFrameAt(scenario.home);
  return ({ body, pilot, nowMs }) => ({
    systemId: vehicle.systemId,
    autopilot: pilot,
    unixTimeUs: boot.unixUs + nowMs * 1000,
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

const ARDUCOPTER: Flavour = { autopilot: "ardupilot", airframe: "copter" };
const FLAT = (): number => 0;

export function createAircraft(options: AircraftOptions): Aircraft {
  const { scenario, groundAboveHomeM: groundAt = FLAT } = options.site;
  const { flavour = ARDUCOPTER, systemId, seed } = options.vehicle;
  const { unixUs: bootUnixUs, batteryFraction = 1, place: start = { eastM: 0, northM: 0 } } = options.boot;
  const { count: countOfPorts = 1, send } = options.ports;
  const { speedup = 1 } = options;
  const kind = flavour.airframe;
  const rng = seededRng(seed);
  const frame = localFrameAt(scenario.home);
  const constant = { flavour, frame, originAmslM: scenario.home.altitudeAmslM, speedup };
  const tools = toolsFor(constant);
  const viewOf = viewerFor(options);
  let groundAboveHomeM = groundAt(start.eastM, start.northM);
  let body = firstBody({ scenario, batteryFraction, groundAboveHomeM, kind, start }, rng);
  let pilot: AutopilotState = bootedAutopilot(flavour, defaultParamsOf(flavour), { speedup, countOfPorts });
  let steps = 0;
  const run = createScenarioRun(scenario, flavour);

  const nowMs = (): number => steps * PHYSICS_STEP_MS;
  const unixTimeUs = (): number => bootUnixUs + nowMs() * 1000;
  const step = (event: AutopilotEvent): void => {
    let effects: readonly AutopilotEffect[];
    [pilot, effects] = stepAutopilot(pilot, event, tools);
    if (effects.length === 0) return;
    const view = viewOf({ body, pilot, nowMs: nowMs() });
    for (const effect of effects) messagesOf(effect, view).forEach(attached.send);
  };
  const attached: Attached = attachServices({
    options: { ...options.services },
    send,
    view: { ...constant, systemId, seed, nowMs, unixTimeUs, autopilot: () => pilot, gimbal: () => body.gimbal },
    change: (with_) => void (pilot = { ...pilot, ...with_ }),
    setMode: (customMode) => step({ kind: "set-mode", customMode }),
  });
  const stepOnce = (): void => {
    body = stepBody(body, { demand: pilot.demand, gimbal: pilot.gimbal, scenario, groundAboveHomeM, kind }, rng);
    if (++steps % STEPS_A_TICK !== 0) return;
    groundAboveHomeM = groundAt(body.airframe.eastM, body.airframe.northM);
    step({ kind: "tick", sensed: sensedBy(body, nowMs()) });
    attached.tick();
    const customMode = run.tick(nowMs(), pilot.isArmed);
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
      const poses = posesOf(body, sensedBy(body, nowMs()), scenario, frame);
      return { unixTimeUs: unixTimeUs(), scenarioS: run.timeS(nowMs()), ...poses };
    },
    autopilot: () => pilot,
    truth: () => body.airframe,
  };
}
