import type { VehicleEvent } from "./events.js";
import type { FlightMode, OfferedModes, VehicleState } from "./vehicleState.js";

type ModeEvent = Extract<VehicleEvent, { kind: "mode-table" | "offered-mode" | "modes-version" }>;

const NOTHING_OFFERED: OfferedModes = { isInUse: false, isComplete: false, byIndex: {}, modesVersion: undefined };

/**
 * Modes are those of the table for this kind of vehicle until the autopilot's own list (AVAILABLE_MODES) is complete.
 */
export function foldModes(state: VehicleState, event: ModeEvent): VehicleState {
  switch (event.kind) {
    case "mode-table": {
      const modes = state.airframe === "vtol" ? event.vtolModes : event.modes;
      const isBetterKnown = state.offeredModes?.isInUse === true;
      return isBetterKnown || state.modes === modes ? state : { ...state, modes };
    }
    case "offered-mode":
      return withOffered(state, event);
    case "modes-version": {
      const offered = state.offeredModes ?? NOTHING_OFFERED;
      if (offered.modesVersion === event.modesVersion) return state;
      // The first number received is no change; any later one is. The old list is used until the new one is complete.
      const isOutdated = offered.modesVersion !== undefined;
      const next = isOutdated ? { ...NOTHING_OFFERED, isInUse: offered.isInUse } : offered;
      return { ...state, offeredModes: { ...next, modesVersion: event.modesVersion } };
    }
  }
}

function withOffered(
  state: VehicleState,
  { mode, index, countOfModes }: Extract<ModeEvent, { kind: "offered-mode" }>,
): VehicleState {
  const offered = state.offeredModes ?? NOTHING_OFFERED;
  if (offered.isComplete && state.modes.some((known) => isSame(known, mode))) return state;
  const byIndex = { ...offered.byIndex, [index]: mode };
  const list = Array.from({ length: countOfModes }, (_, i) => byIndex[i + 1]);
  const whole = list.filter((one) => one !== undefined);
  if (whole.length < countOfModes) return { ...state, offeredModes: { ...offered, isComplete: false, byIndex } };
  const modes = whole.map((one) => withUses(one, state.modes));
  return named({ ...state, modes, offeredModes: { ...offered, isInUse: true, isComplete: true, byIndex: {} } });
}

/** A list of modes does not say what they are for: that stays as in the table, by number. */
function withUses(mode: FlightMode, known: readonly FlightMode[]): FlightMode {
  const uses = known.find(({ customMode }) => customMode === mode.customMode)?.uses;
  return uses ? { ...mode, uses } : mode;
}

const isSame = (a: FlightMode, b: FlightMode): boolean =>
  a.customMode === b.customMode && a.name === b.name && a.isSelectable === b.isSelectable;

/**
 * Names the current mode by the autopilot's own list: tables do not have the modes of scripts and companion computers.
 */
export function named(state: VehicleState): VehicleState {
  const { heartbeat, offeredModes } = state;
  if (!heartbeat || !offeredModes) return state;
  const mode = state.modes.find(({ customMode }) => customMode === heartbeat.value.customMode);
  if (!mode || mode.name === heartbeat.value.modeName) return state;
  return { ...state, heartbeat: { ...heartbeat, value: { ...heartbeat.value, modeName: mode.name } } };
}
