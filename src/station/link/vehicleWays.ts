import type { VehiclePaths } from "../../contract/linkMessages.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { LinkSession } from "./linkSession.js";
import { PathChoice, type PathChange } from "./pathChoice.js";
import { PathCopies } from "./pathCopies.js";
import { likenessOf, modesDiffer } from "./pathEvidence.js";
import { VehiclePath } from "./vehiclePath.js";

/** Another boot, place or kind for this long is another vehicle; a change on its way to both is not. */
const DIFFERS_FOR_MS = 3000;

/** All ways to one vehicle, the one that commands take, and one stream of what they bring. */
export class VehicleWays {
  readonly #paths: VehiclePath[] = [];
  readonly #choice = new PathChoice();
  readonly #copies = new PathCopies();
  /** A person said that its paths are one vehicle's: only kind, number or place can still say otherwise. */
  isJoinedByHand = false;
  /** Another vehicle with its id is heard on one of its links: only its own speaker is spoken to. */
  isContested = false;

  paths(): readonly VehiclePath[] {
    return this.#paths;
  }

  active(): VehiclePath | undefined {
    return this.#choice.active();
  }

  /** The path whose word on identity counts. */
  reference(): VehiclePath | undefined {
    return this.#choice.active() ?? this.#paths[0];
  }

  add(path: VehiclePath, nowMonoMs: number): void {
    this.#paths.push(path);
    this.#choice.review(this.#paths, nowMonoMs);
  }

  remove(path: VehiclePath): void {
    const at = this.#paths.indexOf(path);
    if (at >= 0) this.#paths.splice(at, 1);
  }

  isAlive(nowMonoMs: number): boolean {
    return this.#paths.some((path) => path.isAlive(nowMonoMs));
  }

  /** True when the vehicle's state is to take the frame in. */
  onFrame(frame: MavlinkFrame, path: VehiclePath, isAutopilot: boolean, nowMonoMs: number): boolean {
    path.onFrame(frame, isAutopilot, nowMonoMs);
    return this.#paths.length === 1 || this.#copies.isNews(frame, path, this.#choice.active(), nowMonoMs);
  }

  review(nowMonoMs: number): PathChange | undefined {
    return this.#choice.review(this.#paths, nowMonoMs);
  }

  send(message: OutgoingMessage): void {
    const path = this.reference();
    path?.link.send(message, this.isContested ? path.from : undefined);
  }

  roundTripMs(): number | undefined {
    return this.#choice.active()?.roundTripMs();
  }

  /** A path that turns out to lead to another vehicle. */
  stranger(nowMonoMs: number): VehiclePath | undefined {
    const reference = this.reference();
    if (!reference || this.#paths.length < 2) return undefined;
    return this.#paths.find((path) => path !== reference && this.#isOther(path, reference, nowMonoMs));
  }

  shown(vehicleId: VehicleId, nowMonoMs: number): VehiclePaths {
    const active = this.#choice.active();
    return { vehicleId, paths: this.#paths.map((path) => path.shown(path === active, nowMonoMs)) };
  }

  isOn(link: LinkSession): boolean {
    return this.#paths.some((path) => path.link === link);
  }

  #isOther(path: VehiclePath, reference: VehiclePath, nowMonoMs: number): boolean {
    const likeness = likenessOf(path.evidence, reference.evidence, nowMonoMs);
    const isToldByHand = this.isJoinedByHand && likeness.kind === "different" && likeness.because === "boot";
    const differs =
      (likeness.kind === "different" && !isToldByHand) ||
      (!this.isJoinedByHand && modesDiffer(path.evidence, reference.evidence, nowMonoMs));
    if (!differs) path.differsSinceMonoMs = undefined;
    else path.differsSinceMonoMs ??= nowMonoMs;
    return path.differsSinceMonoMs !== undefined && nowMonoMs - path.differsSinceMonoMs >= DIFFERS_FOR_MS;
  }
}
