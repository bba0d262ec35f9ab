import type { VehicleState } from "../../../vehicle/vehicleState.js";
import type { Evidence } from "./commandStep.js";

type Kinds = {
  readonly [Kind in Evidence["kind"]]: {
    readonly isShown: (evidence: Extract<Evidence, { kind: Kind }>, vehicle: VehicleState) => boolean;
    /** For the failure "accepted, but telemetry never showed …". */
    readonly words: (evidence: Extract<Evidence, { kind: Kind }>) => string;
  };
};

const KINDS: Kinds = {
  none: { isShown: () => true, words: () => "acknowledged" },
  mode: {
    isShown: ({ customMode }, { heartbeat }) => heartbeat?.value.customMode === customMode,
    words: ({ modeName }) => `mode ${modeName}`,
  },
  armed: {
    isShown: ({ isArmed }, { heartbeat }) => heartbeat?.value.isArmed === isArmed,
    words: ({ isArmed }) => (isArmed ? "armed" : "disarmed"),
  },
  above: {
    isShown: ({ altitudeAboveHomeM }, { position }) =>
      position !== undefined && position.value.altitudeAboveHomeM >= altitudeAboveHomeM,
    words: ({ altitudeAboveHomeM }) => `above ${altitudeAboveHomeM} m`,
  },
  "mission-item": {
    isShown: ({ seq }, { mission }) => mission?.value.currentSeq === seq,
    words: ({ seq }) => `mission item ${seq}`,
  },
  vtol: {
    isShown: ({ vtol }, { flightPhase }) => {
      const shown = flightPhase?.value.vtol;
      return shown !== undefined && vtol.includes(shown);
    },
    words: ({ vtol }) => vtol.join(" or "),
  },
};

// Each entry is only ever given its own evidence, which the compiler cannot follow through the look-up.
const kindOf = (evidence: Evidence) => KINDS[evidence.kind];

export const isShown = (evidence: Evidence, vehicle: VehicleState): boolean =>
  (kindOf(evidence).isShown as (evidence: Evidence, vehicle: VehicleState) => boolean)(evidence, vehicle);

export const describeEvidence = (evidence: Evidence): string =>
  (kindOf(evidence).words as (evidence: Evidence) => string)(evidence);
