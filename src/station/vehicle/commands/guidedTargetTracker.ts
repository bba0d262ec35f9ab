import type { CommandOrder, CommandStatus, VehicleCommand } from "../../../vehicle/commands.js";
import {
  type GuidedEvent,
  type GuidedFlight,
  type GuidedTarget,
  guidedTargetOf,
  stepGuidedFlight,
} from "../../../vehicle/guidedTarget.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

/** The place that the vehicle flies to by this station's commands; reports each change of it. */
export class GuidedTargetTracker {
  readonly #onTarget: (target: GuidedTarget | undefined) => void;
  #flight: GuidedFlight | undefined;

  constructor(onTarget: (target: GuidedTarget | undefined) => void) {
    this.#onTarget = onTarget;
  }

  target(): GuidedTarget | undefined {
    return this.#flight?.target;
  }

  /** Where the order would send the vehicle; undefined where it names no place and none is known. */
  targetOf(order: CommandOrder): GuidedTarget | undefined {
    return guidedTargetOf(order, this.#flight?.target);
  }

  /** What the order is carried out as. */
  commandFor(order: CommandOrder): VehicleCommand {
    return this.targetOf(order)?.command ?? order.command;
  }

  onSent({ command }: CommandOrder): void {
    this.#step({ kind: "command-sent", command });
  }

  /** `target`: `targetOf` the order when it was sent. `vehicle`: as telemetry shows it now. */
  onStatus(
    { command }: CommandOrder,
    { phase }: CommandStatus,
    { target, vehicle }: { readonly target: GuidedTarget | undefined; readonly vehicle: VehicleState },
  ): void {
    const customMode = vehicle.heartbeat?.value.customMode;
    if (phase === "done") this.#step({ kind: "command-done", target, customMode });
    if (phase === "failed") this.#step({ kind: "command-failed", command });
  }

  onTelemetry({ heartbeat }: VehicleState): void {
    if (heartbeat) this.#step({ kind: "heartbeat", heartbeat: heartbeat.value });
  }

  onLost(): void {
    this.#step({ kind: "vehicle-lost" });
  }

  #step(event: GuidedEvent): void {
    const before = this.#flight?.target;
    this.#flight = stepGuidedFlight(this.#flight, event);
    if (this.#flight?.target !== before) this.#onTarget(this.#flight?.target);
  }
}
