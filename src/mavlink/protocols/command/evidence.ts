import type { VehicleState } from "../../../vehicle/vehicleState.js";
import type { Evidence } from "./commandStep.js";

type Kinds = {
  readonly [Kind in Evidence["kind"]]: {
    readonly isShown: (evidence: Extract<Evidence, { kind: Kind }>, vehicle: VehicleState) => boolean;
    /** When the reading that shows it was heard; undefined where there is none. */
    readonly heardAtMonoMs: (vehicle: VehicleState) => number | undefined;
    /** For the failure "accepted, but telemetry never showed …". */
    readonly words: (evidence: Extract<Evidence, { kind: Kind }>) => string;
  };
};

const ofHeartbeat = ({ heartbeat }: VehicleState): number | undefined => heartbeat?.receivedAtMonoMs;

const KINDS: Kinds = {
  none: { isShown: () => true, heardAtMonoMs: () => Number.POSITIVE_INFINITY, words: () => "acknowledged" },
  mode: {
    isShown: ({ customMode }, { heartbeat }) => heartbeat?.value.customMode === customMode,
    heardAtMonoMs: ofHeartbeat,
    words: ({ modeName }) => `mode ${modeName}`,
  },
  armed: {
    isShown: ({ isArmed }, { heartbeat }) => heartbeat?.value.isArmed === isArmed,
    heardAtMonoMs: ofHeartbeat,
    words: ({ isArmed }) => (isArmed ? "armed" : "disarmed"),
  },
  above: {
    isShown: ({ altitudeAboveHomeM }, { position }) =>
      position !== undefined && position.value.altitudeAboveHomeM >= altitudeAboveHomeM,
    heardAtMonoMs: ({ position }) => position?.receivedAtMonoMs,
    words: ({ altitudeAboveHomeM }) => `above ${altitudeAboveHomeM} m`,
  },
  "mission-item": {
    isShown: ({ seq }, { mission }) => mission?.value.currentSeq === seq,
    heardAtMonoMs: ({ mission }) => mission?.receivedAtMonoMs,
    words: ({ seq }) => `mission item ${seq}`,
  },
  vtol: {
    isShown: ({ vtol }, { flightPhase }) => {
      const shown = flightPhase?.value.vtol;
      return shown !== undefined && vtol.includes(shown);
    },
    heardAtMonoMs: ({ flightPhase }) => flightPhase?.receivedAtMonoMs,
    words: ({ vtol }) => vtol.join(" or "),
  },
};

// Each entry is only ever given its own evidence, which the compiler cannot follow through the look-up.
const kindOf = (evidence: Evidence) => KINDS[evidence.kind];

/** As the newest telemetry says, however old that is. */
export const isShown = (evidence: Evidence, vehicle: VehicleState): boolean =>
  (kindOf(evidence).isShown as (evidence: Evidence, vehicle: VehicleState) => boolean)(evidence, vehicle);

/** Shown by a reading that was heard after that moment: one from before proves nothing of what was sent then. */
export function isShownSince(evidence: Evidence, vehicle: VehicleState, afterMonoMs: number): boolean {
  const heardAtMonoMs = kindOf(evidence).heardAtMonoMs(vehicle);
  return heardAtMonoMs !== undefined && heardAtMonoMs > afterMonoMs && isShown(evidence, vehicle);
}

export const describeEvidence = (evidence: Evidence): string =>
  (kindOf(evidence).words as (evidence: Evidence) => string)(evidence);
