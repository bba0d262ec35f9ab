import type { AutopilotState } from "./autopilotState.js";
import { paramOf } from "./settings.js";

export type FailsafeAction = "none" | "hold" | "return" | "land";
type BatteryLevel = { readonly voltageV: number; readonly leftMah: number; readonly action: FailsafeAction };
type FailsafeSettings = {
  readonly gcsAction: FailsafeAction;
  readonly gcsTimeoutS: number;
  readonly capacityMah: number;
  readonly low: BatteryLevel;
  readonly critical: BatteryLevel;
};

type Read = (name: string, fallback: number) => number;
const LAND_RETURN: Readonly<Record<number, FailsafeAction>> = { 1: "land", 2: "return" };
/** Plane's BATT_FS_*_ACT uses other numbers than Copter's. */
const RETURN_LAND: Readonly<Record<number, FailsafeAction>> = { 1: "return", 2: "land" };
/** PX4's COM_LOW_BAT_ACT and NAV_DLL_ACT. */
const HOLD_RETURN_LAND: Readonly<Record<number, FailsafeAction>> = { 1: "hold", 2: "return", 3: "land" };

function ardupilotBattery(read: Read, actions: typeof LAND_RETURN) {
  const level = (which: "LOW" | "CRT"): BatteryLevel => ({
    voltageV: read(`BATT_${which}_VOLT`, 0),
    leftMah: read(`BATT_${which}_MAH`, 0),
    action: actions[read(`BATT_FS_${which}_ACT`, 0)] ?? "none",
  });
  return { capacityMah: read("BATT_CAPACITY", 22_000), low: level("LOW"), critical: level("CRT") };
}

function copter(read: Read): FailsafeSettings {
  const enable = read("FS_GCS_ENABLE", 0);
  const action = enable === 5 ? "land" : "return";
  return {
    gcsAction: enable === 0 ? "none" : action,
    gcsTimeoutS: read("FS_GCS_TIMEOUT", 5),
    ...ardupilotBattery(read, LAND_RETURN),
  };
}

/** FS_LONG_ACTN 0 continues in AUTO and GUIDED and returns in all other modes; 1 always returns. */
function plane(read: Read, { mode }: AutopilotState): FailsafeSettings {
  const goesOn = read("FS_LONG_ACTN", 0) === 0 && (mode.role === "mission" || mode.role === "guided");
  return {
    gcsAction: read("FS_GCS_ENABL", 0) === 0 || goesOn ? "none" : "return",
    gcsTimeoutS: read("FS_LONG_TIMEOUT", 5),
    ...ardupilotBattery(read, RETURN_LAND),
  };
}

/** COM_LOW_BAT_ACT: 0 warns, 2 lands at critical, 3 returns at critical. At "low" it only warns. */
function px4(read: Read): FailsafeSettings {
  const capacityMah = 22_000;
  const act = read("COM_LOW_BAT_ACT", 0);
  const atCritical: FailsafeAction = act === 3 ? "return" : act === 2 ? "land" : "none";
  return {
    gcsAction: HOLD_RETURN_LAND[read("NAV_DLL_ACT", 0)] ?? "none",
    gcsTimeoutS: read("COM_DL_LOSS_T", 10),
    capacityMah,
    low: { voltageV: 0, leftMah: capacityMah * read("BAT_LOW_THR", 0.15), action: "none" },
    critical: { voltageV: 0, leftMah: capacityMah * read("BAT_CRIT_THR", 0.07), action: atCritical },
  };
}

/** Failsafe settings for a lost ground station and a low battery, from this flavour's parameters. */
export function failsafeSettingsOf(state: AutopilotState): FailsafeSettings {
  const read: Read = (name, fallback) => paramOf(state.params, name, fallback);
  if (state.flavour.autopilot === "px4") return px4(read);
  return state.flavour.airframe === "copter" ? copter(read) : plane(read, state);
}
