/**
 * A command reported as failed may still take effect: the packet was held in a stalled link. The operator must be told
 * at once, above all of motors that start by themselves.
 */
import { isMet, isMetSince } from "../../../mavlink/protocols/command/completionCondition.js";
import type { CommandStep } from "../../../mavlink/protocols/command/commandStep.js";
import type { CommandOrder } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

/** A link that stalls for longer than this has dropped its packets (TCP gives up, radios long before). */
const AWAITED_FOR_MS = 15 * 60_000;
/** A refused command is no longer on its way: an effect later than this was caused by somebody else. */
const REFUSED_COUNTS_MS = 60_000;

type Awaited = {
  readonly order: CommandOrder;
  readonly step: CommandStep;
  readonly failedAtMonoMs: number;
  readonly awaitedForMs: number;
};

type FailedCommand = {
  readonly order: CommandOrder;
  readonly step: CommandStep;
  /** The vehicle refused it explicitly. */
  readonly isRefused: boolean;
};

export type LateEffect = { readonly order: CommandOrder; readonly step: CommandStep };

/** The commands reported as failed, and which of them have taken effect since. */
export class LateEffects {
  #awaited: readonly Awaited[] = [];

  /**
   * A command failed while a step of it may still be on its way. A state that already holds cannot be a late effect.
   */
  onFailed(failed: FailedCommand, vehicle: VehicleState, nowMonoMs: number): void {
    const { order, step, isRefused } = failed;
    if (step.evidence.kind === "none" || isMet(step.evidence, vehicle)) return;
    const awaitedForMs = isRefused ? REFUSED_COUNTS_MS : AWAITED_FOR_MS;
    this.#awaited = [...this.#awaited, { order, step, failedAtMonoMs: nowMonoMs, awaitedForMs }];
  }

  /** Another command of this station begins: its effects are not late effects of an earlier one. */
  onBegun(steps: readonly CommandStep[]): void {
    this.#awaited = this.#awaited.filter(({ step }) => !steps.some((begun) => isSameMatter(begun, step)));
  }

  /** The commands that have taken effect by now; each is returned once. */
  onTelemetry(vehicle: VehicleState, nowMonoMs: number): readonly LateEffect[] {
    if (this.#awaited.length === 0) return [];
    const isLate = ({ step, failedAtMonoMs }: Awaited): boolean => isMetSince(step.evidence, vehicle, failedAtMonoMs);
    const late = this.#awaited.filter(isLate);
    this.#awaited = this.#awaited.filter(
      (one) => !late.includes(one) && nowMonoMs - one.failedAtMonoMs < one.awaitedForMs,
    );
    return late;
  }
}

/** Both steps are about the same thing: arming, the mode, or the current item. */
const isSameMatter = (a: CommandStep, b: CommandStep): boolean =>
  a.evidence.kind === b.evidence.kind && a.evidence.kind !== "none";
