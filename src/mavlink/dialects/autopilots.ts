import type { AutopilotKind } from "../../vehicle/vehicleState.js";
import { ARDUPILOT } from "./ardupilot.js";
import type { Autopilot } from "./autopilot.js";
import { PX4 } from "./px4.js";

/** The autopilots that this station commands. To add one, write a file (or folder) beside this one and list it here. */
const AUTOPILOTS: readonly Autopilot[] = [ARDUPILOT, PX4];

const BY_KIND: ReadonlyMap<AutopilotKind, Autopilot> = new Map(AUTOPILOTS.map((one) => [one.kind, one]));
const BY_NUMBER: ReadonlyMap<number, Autopilot> = new Map(AUTOPILOTS.map((one) => [one.mavAutopilot, one]));

/** Undefined for autopilots that this station only displays. */
export const autopilotOf = (kind: AutopilotKind): Autopilot | undefined => BY_KIND.get(kind);

/** By the MAV_AUTOPILOT number in a heartbeat. */
export const autopilotKindOf = (mavAutopilot: number): AutopilotKind => BY_NUMBER.get(mavAutopilot)?.kind ?? "other";
