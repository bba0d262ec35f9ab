import type { ToUi } from "../../../contract/messages.js";
import { abilitiesOf } from "../../../mavlink/dialects/abilities.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

type CommandAvailabilityOptions = {
  readonly vehicle: () => VehicleState;
  readonly denialReason: (command: VehicleCommand) => CommandReason | undefined;
  readonly publish: (message: ToUi) => void;
};

/** The parts of the state that commands depend on, without the values that stream all the time. */
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

/** Publishes which commands are available, whenever that changes. */
export class CommandAvailability {
  readonly #options: CommandAvailabilityOptions;
  #published: CommandAbilities | undefined;

  constructor(options: CommandAvailabilityOptions) {
    this.#options = options;
  }

  /** Call after a frame: recomputes only when the frame changed something that matters. */
  onState(state: VehicleState, before: VehicleState): void {
    if (state !== before && !isSameGround(state, before)) this.refresh();
  }

  /**
   * Call twice a second, and when a plan was verified or doubted: heights, checklists and plans change without a frame.
   */
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
