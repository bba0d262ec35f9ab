import type { ToUi } from "../../../contract/messages.js";
import { abilitiesOf } from "../../../mavlink/dialects/abilities.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

type CommandAvailabilityOptions = {
  readonly vehicle: () => VehicleState;
  readonly denialReason: (command: VehicleCommand) => CommandReason | undefined;
  readonly publish: (message: ToUi) => void;
};

/** What of a vehicle decides over its commands; the many numbers that stream do not. */
function availabilityInputs({ heartbeat, flightPhase, isHighLatency }: VehicleState): readonly unknown[] {
  const [sendHeartbeat, phase] = [heartbeat?.value, flightPhase?.value];
  return [
    sendHeartbeat?.customMode,
    sendHeartbeat?.isArmed,
    sendHeartbeat?.systemStatus,
    phase?.landed,
    phase?.vtol,
    isHighLatency,
  ];
}

function isSameGround(a: VehicleState, b: VehicleState): boolean {
  if (a.heartbeat === b.heartbeat && a.flightPhase === b.flightPhase) return true;
  const before = availabilityInputs(b);
  return availabilityInputs(a).every((ground, i) => ground === before[i]);
}

/** Tells the screens what may be commanded, whenever that changes. */
export class CommandAvailability {
  readonly #options: CommandAvailabilityOptions;
  #published: CommandAbilities | undefined;

  constructor(options: CommandAvailabilityOptions) {
    this.#options = options;
  }

  /** After a frame: works it out anew only when the frame said something that matters. */
  onState(state: VehicleState, before: VehicleState): void {
    if (state !== before && !isSameGround(state, before)) this.refresh();
  }

  /** Twice a second, and whenever a plan was verified or lost: heights, checklists and plans come without a frame of their own. */
  refresh(): void {
    const { vehicle, denialReason, publish } = this.#options;
    const abilities = abilitiesOf(vehicle(), denialReason);
    if (this.#published && isSame(abilities, this.#published)) return;
    this.#published = abilities;
    publish({ kind: "abilities", vehicleId: vehicle().id, abilities });
  }

  snapshot(): readonly ToUi[] {
    const { vehicle, denialReason } = this.#options;
    return [{ kind: "abilities", vehicleId: vehicle().id, abilities: abilitiesOf(vehicle(), denialReason) }];
  }
}

function isSame(a: CommandAbilities, b: CommandAbilities): boolean {
  const kinds = Object.keys(a) as (keyof CommandAbilities)[];
  return kinds.length === Object.keys(b).length && kinds.every((kind) => a[kind] === b[kind]);
}
