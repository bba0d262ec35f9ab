import type { ToUi } from "../../../contract/messages.js";
import { abilitiesOf } from "../../../mavlink/dialects/abilities.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

type AbilityNewsOptions = {
  readonly vehicle: () => VehicleState;
  readonly objection: (command: VehicleCommand) => CommandReason | undefined;
  readonly say: (message: ToUi) => void;
};

/** What of a vehicle decides over its commands; the many numbers that stream do not. */
function groundsOf({ heartbeat, flightPhase, isHighLatency }: VehicleState): readonly unknown[] {
  const [beat, phase] = [heartbeat?.value, flightPhase?.value];
  return [beat?.customMode, beat?.isArmed, beat?.systemStatus, phase?.landed, phase?.vtol, isHighLatency];
}

function isSameGround(a: VehicleState, b: VehicleState): boolean {
  if (a.heartbeat === b.heartbeat && a.flightPhase === b.flightPhase) return true;
  const before = groundsOf(b);
  return groundsOf(a).every((ground, i) => ground === before[i]);
}

/** Tells the screens what may be commanded, whenever that changes. */
export class AbilityNews {
  readonly #options: AbilityNewsOptions;
  #told: CommandAbilities | undefined;

  constructor(options: AbilityNewsOptions) {
    this.#options = options;
  }

  /** After a frame: works it out anew only when the frame said something that matters. */
  onState(state: VehicleState, before: VehicleState): void {
    if (state !== before && !isSameGround(state, before)) this.refresh();
  }

  /** Twice a second, and whenever a plan was verified or lost: heights, checklists and plans come without a frame of their own. */
  refresh(): void {
    const { vehicle, objection, say } = this.#options;
    const abilities = abilitiesOf(vehicle(), objection);
    if (this.#told && isSame(abilities, this.#told)) return;
    this.#told = abilities;
    say({ kind: "abilities", vehicleId: vehicle().id, abilities });
  }

  welcome(): readonly ToUi[] {
    const { vehicle, objection } = this.#options;
    return [{ kind: "abilities", vehicleId: vehicle().id, abilities: abilitiesOf(vehicle(), objection) }];
  }
}

function isSame(a: CommandAbilities, b: CommandAbilities): boolean {
  const kinds = Object.keys(a) as (keyof CommandAbilities)[];
  return kinds.length === Object.keys(b).length && kinds.every((kind) => a[kind] === b[kind]);
}
