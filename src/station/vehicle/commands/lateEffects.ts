/**
 * A command that was told as failed may still take effect: the packet lay in a stalled link. Whoever was told "failed" must
 * hear of it at once, above all of motors that start by themselves.
 */
import { isMet, isMetSince } from "../../../mavlink/protocols/command/completionCondition.js";
import type { CommandStep } from "../../../mavlink/protocols/command/commandStep.js";
import type { CommandOrder } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

/** A link that stalls for longer than this has dropped what it held (TCP gives up, radios long before). */
const AWAITED_FOR_MS = 15 * 60_000;
/** What was refused is not on its way: what shows later than this is somebody else's doing. */
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
  /** In so many words. */
  readonly isRefused: boolean;
};

export type LateEffect = { readonly order: CommandOrder; readonly step: CommandStep };

/** The commands that were told as failed, and what of them has shown since. */
export class LateEffects {
  #awaited: readonly Awaited[] = [];

  /** A command failed while a step of it may still be on its way. What was there already cannot come late. */
  onFailed(failed: FailedCommand, vehicle: VehicleState, nowMonoMs: number): void {
    const { order, step, isRefused } = failed;
    if (step.evidence.kind === "none" || isMet(step.evidence, vehicle)) return;
    const awaitedForMs = isRefused ? REFUSED_COUNTS_MS : AWAITED_FOR_MS;
    this.#awaited = [...this.#awaited, { order, step, failedAtMonoMs: nowMonoMs, awaitedForMs }];
  }

  /** Another command of this station begins: what it brings about is its own doing. */
  onBegun(steps: readonly CommandStep[]): void {
    this.#awaited = this.#awaited.filter(({ step }) => !steps.some((begun) => isSameMatter(begun, step)));
  }

  /** What has taken effect by now, each once. */
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

/** Both decide over the same thing: arming, the mode, the item flown. */
const isSameMatter = (a: CommandStep, b: CommandStep): boolean =>
  a.evidence.kind === b.evidence.kind && a.evidence.kind !== "none";
