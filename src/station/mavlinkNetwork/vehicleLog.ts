import type { Notice } from "../../contract/messages.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import { componentName } from "../../vehicle/componentNames.js";
import {
  type FlightAlarm,
  isDangerous,
  NO_FLIGHT,
  noteCommand,
  noteOwnArming,
  watchFlight,
} from "../../vehicle/flightAlarms.js";
import { newTexts } from "../../vehicle/foldText.js";
import type { VehicleId, VehicleState, VehicleText } from "../../vehicle/vehicleState.js";
import type { StationBus } from "../bus.js";
import type { VehicleUpdates } from "../vehicle/vehicleSession.js";
import { vehicleNameOf } from "./vehicleName.js";

/** MAV_SEVERITY: warnings and worse go into the event log; the telemetry file has everything. */
const LOGGED_SEVERITY_MAX = 4;

type PlanNotice = Pick<Notice, "severity" | "key" | "facts">;

/** `isEngaged`: somebody has sent the vehicle a command or a plan. */
type VehicleEngagement = { readonly isEngaged: () => boolean };

/** Publishes a vehicle session's updates to the screens and the event log, and as notices where they matter. */
export function createVehicleLog(vehicleId: VehicleId, bus: StationBus): VehicleUpdates & VehicleEngagement {
  let isEngaged = false;
  let flight = NO_FLIGHT;
  let lastReceivedMonoMs = 0;
  const update = {
    onState: (state, before) => {
      logChanges(bus, state, before);
      lastReceivedMonoMs = state.lastReceivedMonoMs;
      const [next, alarms] = watchFlight(flight, before, state);
      flight = next;
      for (const alarm of alarms) publishAlarm(bus, state, alarm);
      bus.publish({ kind: "vehicle-state", state, before });
    },
    onEvent: (event) => logEvent(bus, vehicleId, event),
    onPresence: (state, isLost) => {
      bus.record(isLost ? "vehicle-lost" : "vehicle-back", { vehicleId });
      bus.notice({
        id: `vehicle:${vehicleId}`,
        severity: isLost ? "danger" : "info",
        key: isLost ? "vehicle-lost" : "vehicle-back",
        facts: { vehicle: vehicleNameOf(state) },
      });
    },
    onRestart: (state, wasArmed) => {
      bus.record("vehicle-restarted", { vehicleId, wasArmed });
      const facts = { vehicle: vehicleNameOf(state) };
      // On the ground a battery was changed; of an armed aircraft a restart is a failure, or forged.
      if (wasArmed)
        bus.notice({ id: `restart:${vehicleId}`, severity: "danger", key: "vehicle-restarted-armed", facts });
      else bus.notice({ id: `restart:${vehicleId}`, severity: "caution", key: "vehicle-restarted", facts });
    },
    isEngaged: () => isEngaged,
    onCommand: ({ commandId, command }, status) => {
      isEngaged = true;
      if (status.phase === "pending") flight = noteCommand(flight, command, lastReceivedMonoMs);
      // Arrives just before the vehicle state that shows it.
      if (status.phase === "done" && command.kind === "arm") flight = noteOwnArming(flight);
      bus.send({ kind: "command-status", vehicleId, commandId, command, status });
      bus.record("command", { vehicleId, commandId, command, status });
    },
    onLateEffect: (state, { order: { commandId, command } }) => {
      const facts = { vehicle: vehicleNameOf(state), vehicleId, command: command.kind };
      if (command.kind === "arm") flight = noteOwnArming(flight);
      bus.record("late-effect", { vehicleId, commandId, command });
      bus.notice({ id: `late:${vehicleId}:${command.kind}`, severity: "danger", key: "late-effect", facts });
    },
    onTransfer: (status) => {
      isEngaged = true;
      bus.send({ kind: "transfer-status", vehicleId, status });
      const isOver = status.phase === "verified" || status.phase === "failed";
      if (isOver) bus.record("transfer", { vehicleId, status });
    },
    onAircraftPlan: (plan) => {
      bus.send({ kind: "aircraft-plan", vehicleId, plan });
      bus.record("aircraft-plan", { vehicleId, plan });
    },
    onPlanNotice: ({ severity, key, facts }: PlanNotice) => {
      bus.notice({ id: `plan:${vehicleId}`, severity, key, facts });
    },
  } satisfies Partial<VehicleUpdates & VehicleEngagement> & { readonly onPlanNotice: unknown };
  return update;
}

/**
 * A danger of the flight itself: shown on every screen and written to the event log, until somebody acknowledges it.
 */
function publishAlarm(bus: StationBus, state: VehicleState, alarm: FlightAlarm): void {
  bus.record("flight-alarm", { vehicleId: state.id, alarm });
  bus.notice({
    // The end of a breach replaces the notice of the breach.
    id: `flight-alarm:${alarm.kind.replace("-over", "")}:${state.id}`,
    severity: isDangerous(alarm) ? "danger" : alarm.kind === "fence-breach-over" ? "info" : "caution",
    key: `flight-${alarm.kind}`,
    facts: { vehicle: vehicleNameOf(state), vehicleId: state.id, ...alarmFacts(alarm) },
  });
}

/** Rounded for reading; unknown values are left out. */
function alarmFacts(alarm: FlightAlarm): Notice["facts"] {
  switch (alarm.kind) {
    case "fall":
      return { descentMps: Math.round(alarm.descentMps), mode: alarm.modeName };
    case "ground-impact":
      return {
        ...(alarm.descentMps === undefined ? {} : { descentMps: Math.round(alarm.descentMps) }),
        ...(alarm.text === undefined ? {} : { text: alarm.text }),
      };
    case "disarmed-in-air":
      return alarm.altitudeAboveHomeM === undefined ? {} : { heightM: Math.round(alarm.altitudeAboveHomeM) };
    case "disarmed-by-itself":
    case "disarmed-unheard":
    case "armed-elsewhere":
    case "fence-breach":
    case "fence-breach-over":
      return {};
  }
}

function logChanges(bus: StationBus, state: VehicleState, before: VehicleState): void {
  for (const text of newTexts(before.texts, state.texts)) logText(bus, state.id, text);
  const now = state.heartbeat?.value;
  const then = before.heartbeat?.value;
  if (!now) return;
  const { modeName, customMode, isArmed } = now;
  if (customMode !== then?.customMode) bus.record("mode", { vehicleId: state.id, modeName, customMode });
  if (isArmed !== then?.isArmed) bus.record(isArmed ? "armed" : "disarmed", { vehicleId: state.id });
}

/** Logs complete texts and events, with the component that sent them where that is not the autopilot. */
function logText(bus: StationBus, vehicleId: VehicleId, { severity, text, componentId, event }: VehicleText): void {
  if (severity > LOGGED_SEVERITY_MAX) return;
  bus.record("text", {
    ...{ vehicleId, severity, text },
    ...(componentId !== undefined && { componentId, component: componentName(componentId) }),
    ...(event && { eventId: event.id }),
  });
}

function logEvent(bus: StationBus, vehicleId: VehicleId, event: VehicleEvent): void {
  if (event.kind === "mission-reached") bus.record("mission-reached", { vehicleId, seq: event.seq });
}
