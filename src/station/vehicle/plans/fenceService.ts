import { CMD } from "../../../plan/missionCommands.js";
import type { Clock } from "../../../core/clock.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { fieldsOf } from "../../../mavlink/messageFields.js";
import type { AircraftFence, AircraftPlan, FenceAreas } from "../../../vehicle/transfers.js";
import type { AutopilotKind, VehicleState } from "../../../vehicle/vehicleState.js";
import type { VehicleView } from "../vehicleService.js";

const FIRST_READ_AFTER_MS = 3000;
const READ_AGAIN_AFTER_MS = 30_000;
/** MAV_SYS_STATUS_GEOFENCE */
const GEOFENCE_BIT = 1 << 20;

// ArduPilot: https://ardupilot.org/copter/docs/parameters.html#fence-action, and of Plane.
const ARDUPILOT_ACTIONS: Readonly<Record<number, string>> = {
  0: "report",
  1: "return",
  2: "land",
  3: "smart-return",
  4: "brake",
  5: "smart-return-or-land",
  6: "guided",
  7: "guided-throttle",
  8: "autoland-or-return",
};
// PX4: https://docs.px4.io/main/en/advanced_config/parameter_reference.html#GF_ACTION
const PX4_ACTIONS: Readonly<Record<number, string>> = {
  0: "none",
  1: "report",
  2: "hold",
  3: "return",
  4: "terminate",
  5: "land",
};
/** FENCE_OPTIONS bit 1: it is enough to be inside any one of the inclusion areas. */
const OPTION_UNION = 2;
/** FENCE_TYPE bit 2: uploaded areas and circles are enforced. */
const TYPE_AREAS = 4;

const PARAMS_OF: Readonly<Partial<Record<AutopilotKind, readonly string[]>>> = {
  ardupilot: ["FENCE_ENABLE", "FENCE_ACTION", "FENCE_OPTIONS", "FENCE_TYPE"],
  px4: ["GF_ACTION"],
};

type FenceServiceOptions = {
  readonly clock: Clock;
  readonly vehicle: VehicleView;
  /** The fence areas on board, as last transferred. */
  readonly onboard: { readonly fenceItems: () => AircraftPlan; readonly fenceAreas: () => FenceAreas | undefined };
  readonly readParam: (name: string) => Promise<number | undefined>;
  readonly onFence: (fence: AircraftFence) => void;
};

/**
 * The fence as the aircraft holds it: settings read as single parameters, areas as last transferred, breaches as
 * reported.
 */
export class FenceService {
  readonly #options: FenceServiceOptions;
  readonly #settings = new Map<string, number>();
  #dueMonoMs: number;
  #isReading = false;
  #published: string | undefined;

  constructor(options: FenceServiceOptions) {
    this.#options = options;
    this.#dueMonoMs = options.clock.monoMs() + FIRST_READ_AFTER_MS;
  }

  fence(): AircraftFence {
    const { onboard } = this.#options;
    const vehicle = this.#options.vehicle.state();
    const held = onboard.fenceItems();
    return {
      ...settingsOf(this.#settings, vehicle),
      isBreached: vehicle.fence?.value.isBreached,
      countOfItems: "countOfItems" in held ? held.countOfItems : undefined,
      items: held,
      areas: onboard.fenceAreas(),
    };
  }

  /** Something was received that may have changed the settings. */
  readonly onFrame = (frame: MavlinkFrame): void => {
    const isSwitched = fieldsOf(frame, "COMMAND_ACK")?.command === CMD.fenceEnable;
    const set = fieldsOf(frame, "PARAM_VALUE")?.param_id.replace(/\0.*$/s, "");
    const isSet =
      !this.#isReading && set !== undefined && (PARAMS_OF[this.#options.vehicle.state().autopilot] ?? []).includes(set);
    if (isSwitched || isSet) this.refreshSoon();
  };

  refreshSoon(): void {
    this.#dueMonoMs = this.#options.clock.monoMs();
  }

  /** Called twice a second. */
  readonly tick = (): void => {
    this.publish();
    const { clock, vehicle } = this.#options;
    const { isHighLatency, autopilot } = vehicle.state();
    if (this.#isReading || vehicle.isLost() || isHighLatency || clock.monoMs() < this.#dueMonoMs) return;
    this.#dueMonoMs = clock.monoMs() + READ_AGAIN_AFTER_MS;
    void this.#read(PARAMS_OF[autopilot] ?? []);
  };

  /** Publishes when it differs from what was last published; not while nothing is known. */
  publish(): void {
    const fence = this.fence();
    const isKnown = this.#settings.size > 0 || fence.items.kind !== "unknown" || fence.isBreached !== undefined;
    const text = JSON.stringify(fence);
    if (!isKnown || text === this.#published) return;
    this.#published = text;
    this.#options.onFence(fence);
  }

  async #read(names: readonly string[]): Promise<void> {
    this.#isReading = true;
    for (const name of names) {
      const value = await this.#options.readParam(name);
      if (value !== undefined) this.#settings.set(name, value);
    }
    this.#isReading = false;
    this.publish();
  }
}

type Settings = Pick<AircraftFence, "isEnabled" | "actionName" | "combination" | "areItemsUsed">;

function settingsOf(settings: ReadonlyMap<string, number>, vehicle: VehicleState): Settings {
  if (vehicle.autopilot === "px4") {
    const action = settings.get("GF_ACTION");
    const isEnabled = action === undefined ? undefined : action !== 0;
    const actionName = action === undefined ? undefined : PX4_ACTIONS[action];
    // PX4: being inside any one inclusion area is enough, without a choice; uploaded areas are always enforced.
    return { isEnabled, actionName, combination: "union", areItemsUsed: true };
  }
  if (vehicle.autopilot !== "ardupilot") {
    return { isEnabled: undefined, actionName: undefined, combination: undefined, areItemsUsed: undefined };
  }
  const [enable, action, type] = ["FENCE_ENABLE", "FENCE_ACTION", "FENCE_TYPE"].map((name) => settings.get(name));
  const options = settings.get("FENCE_OPTIONS");
  const combination = options === undefined ? undefined : options & OPTION_UNION ? "union" : "intersection";
  return {
    isEnabled: isSwitchedOn(vehicle) ?? (enable === undefined ? undefined : enable !== 0),
    actionName: action === undefined ? undefined : ARDUPILOT_ACTIONS[action],
    combination,
    areItemsUsed: type === undefined ? undefined : (type & TYPE_AREAS) !== 0,
  };
}

/**
 * ArduPilot reports in SYS_STATUS whether a fence is enabled: a command may switch it without changing the parameter.
 */
function isSwitchedOn({ health }: VehicleState): boolean | undefined {
  if (!health || (health.value.presentBits & GEOFENCE_BIT) === 0) return undefined;
  return (health.value.enabledBits & GEOFENCE_BIT) !== 0;
}
