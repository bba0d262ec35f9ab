import type { CommandFailure } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import type { Evidence } from "./commandStep.js";

type Kinds = {
  readonly [Kind in Evidence["kind"]]: {
    readonly isMet: (evidence: Extract<Evidence, { kind: Kind }>, vehicle: VehicleState) => boolean;
    /** When the telemetry that shows it was received; undefined where there is none. */
    readonly receivedAtMonoMs: (vehicle: VehicleState) => number | undefined;
    /** Completes the failure text "accepted, but telemetry never showed …". */
    readonly text: (evidence: Extract<Evidence, { kind: Kind }>) => string;
  };
};

const ofHeartbeat = ({ heartbeat }: VehicleState): number | undefined => heartbeat?.receivedAtMonoMs;

const KINDS: Kinds = {
  none: { isMet: () => true, receivedAtMonoMs: () => Number.POSITIVE_INFINITY, text: () => "acknowledged" },
  mode: {
    isMet: ({ customMode, isArmed = false }, { heartbeat }) =>
      heartbeat?.value.customMode === customMode && (heartbeat.value.isArmed || !isArmed),
    receivedAtMonoMs: ofHeartbeat,
    text: ({ modeName, isArmed = false }) => (isArmed ? `mode ${modeName}, armed` : `mode ${modeName}`),
  },
  armed: {
    isMet: ({ isArmed }, { heartbeat }) => heartbeat?.value.isArmed === isArmed,
    receivedAtMonoMs: ofHeartbeat,
    text: ({ isArmed }) => (isArmed ? "armed" : "disarmed"),
  },
  above: {
    isMet: ({ altitudeAboveHomeM }, { position }) =>
      position !== undefined && position.value.altitudeAboveHomeM >= altitudeAboveHomeM,
    receivedAtMonoMs: ({ position }) => position?.receivedAtMonoMs,
    text: ({ altitudeAboveHomeM }) => `above ${altitudeAboveHomeM} m`,
  },
  "mission-item": {
    isMet: ({ seq }, { mission }) => mission?.value.currentSeq === seq,
    receivedAtMonoMs: ({ mission }) => mission?.receivedAtMonoMs,
    text: ({ seq }) => `mission item ${seq}`,
  },
  vtol: {
    isMet: ({ vtol }, { flightPhase }) => {
      const shown = flightPhase?.value.vtol;
      return shown !== undefined && vtol.includes(shown);
    },
    receivedAtMonoMs: ({ flightPhase }) => flightPhase?.receivedAtMonoMs,
    text: ({ vtol }) => vtol.join(" or "),
  },
};

// Each entry is only given its own kind of evidence, which the compiler cannot follow through the look-up.
const kindOf = (evidence: Evidence) => KINDS[evidence.kind];

/** True when the newest telemetry shows it, however old that is. */
export const isMet = (evidence: Evidence, vehicle: VehicleState): boolean =>
  (kindOf(evidence).isMet as (evidence: Evidence, vehicle: VehicleState) => boolean)(evidence, vehicle);

/** True when telemetry received after that moment shows it: telemetry from before does not prove what was sent then. */
export function isMetSince(evidence: Evidence, vehicle: VehicleState, afterMonoMs: number): boolean {
  const receivedAtMonoMs = kindOf(evidence).receivedAtMonoMs(vehicle);
  return receivedAtMonoMs !== undefined && receivedAtMonoMs > afterMonoMs && isMet(evidence, vehicle);
}

/** The failure of a command that was accepted, and whose effect telemetry never showed. */
export const notSeen = (evidence: Evidence): CommandFailure => ({
  kind: "no-effect",
  expected: (kindOf(evidence).text as (evidence: Evidence) => string)(evidence),
  ...(evidence.kind !== "none" && { effect: evidence }),
});
