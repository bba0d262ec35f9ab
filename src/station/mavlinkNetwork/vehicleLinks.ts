import type { VehiclePaths } from "../../contract/linkMessages.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { LinkSession } from "./linkSession.js";
import { PathChoice, type PathChange } from "./pathChoice.js";
import { DuplicateFilter } from "./duplicateFilter.js";
import {
  compareIdentity,
  type LinkIdentity,
  mergedIdentity,
  modesDiffer,
  type VehicleIdentity,
} from "./linkIdentity.js";
import { VehiclePath } from "./vehiclePath.js";

/**
 * A boot time, position or kind that differs for this long is another vehicle's; a shorter difference may be a change
 * on its way.
 */
const DIFFERS_FOR_MS = 3000;

/** All paths to one vehicle: the one that commands take, and one merged stream of what they deliver. */
export class VehicleLinks {
  readonly #paths: VehiclePath[] = [];
  readonly #choice = new PathChoice();
  readonly #duplicates = new DuplicateFilter();
  /**
   * The operator said that these paths are one vehicle's: only kind, system id or position can still contradict that.
   */
  isJoinedByPerson = false;
  /** Its identity is unproven: nothing is sent to it. */
  isUnproven = false;
  readonly #components = new ComponentSources();
  /** Identity received on paths that are gone. */
  #past: VehicleIdentity | undefined;
  #hadSentMore = false;
  /**
   * Its last path, from which frames now arrive that cannot be its own. Safety commands still go there: the aircraft
   * may be at that address.
   */
  #contested: VehiclePath | undefined;

  paths(): readonly VehiclePath[] {
    return this.#paths;
  }

  active(): VehiclePath | undefined {
    return this.#choice.active();
  }

  /** The path whose identity the others are compared with. */
  reference(): VehiclePath | undefined {
    return this.#choice.active() ?? this.#paths[0];
  }

  /** All that is known of its identity, from any path. */
  identity(): VehicleIdentity {
    const active = this.#choice.active();
    const paths = active ? [active, ...this.#paths.filter((path) => path !== active)] : this.#paths;
    return mergedIdentity([...paths.map(({ evidence }) => evidence), ...(this.#past ? [this.#past] : [])]);
  }

  /** Another component turned out to be the autopilot: identity collected so far is of the wrong one. */
  forgetEvidence(): void {
    this.#past = undefined;
    this.#hadSentMore = false;
    for (const path of this.#paths) path.forgetEvidence();
  }

  hasSentMore(): boolean {
    return this.#hadSentMore || this.#paths.some((path) => path.hasSentMore);
  }

  add(path: VehiclePath, nowMonoMs: number): void {
    this.#contested = undefined;
    this.#paths.push(path);
    path.link.pin(path.from);
    this.#choice.review(this.#paths, nowMonoMs);
  }

  /** `isOther`: the path led to another vehicle, so its identity is not kept for this one. */
  remove(path: VehiclePath, isOther = false): void {
    const at = this.#paths.indexOf(path);
    if (at < 0) return;
    this.#paths.splice(at, 1);
    path.link.unpin(path.from);
    if (isOther) return;
    this.#past = mergedIdentity([path.evidence, ...(this.#past ? [this.#past] : [])]);
    this.#hadSentMore ||= path.hasSentMore;
  }

  /** Frames from this address are not the vehicle's: they are ignored, but safety commands still go there. */
  contest(path: VehiclePath): void {
    this.remove(path);
    this.#contested = path;
  }

  /** A link is closed: its paths are removed. */
  leave(link: LinkSession): void {
    if (this.#contested?.link === link) this.#contested = undefined;
  }

  /** A frame of the vehicle's camera or companion computer, from an address of its own. */
  onComponent(frame: MavlinkFrame, link: LinkSession, from: string): void {
    this.#components.onFrame(frame.componentId, { link, from });
  }

  isAlive(nowMonoMs: number): boolean {
    return this.#paths.some((path) => path.isAlive(nowMonoMs));
  }

  /** True when the frame is to be applied to the vehicle's state. */
  onFrame(frame: MavlinkFrame, path: VehiclePath, isAutopilot: boolean, nowMonoMs: number): boolean {
    path.onFrame(frame, isAutopilot, nowMonoMs);
    return this.#paths.length === 1 || this.#duplicates.isFirstCopy(frame, path, this.#choice.active(), nowMonoMs);
  }

  review(nowMonoMs: number): PathChange | undefined {
    return this.#choice.review(this.#paths, nowMonoMs);
  }

  /** Sends only to the vehicle's proven address; to its camera also at the camera's own address. */
  send(message: OutgoingMessage): void {
    const path = this.reference() ?? this.#contested;
    if (!path || this.isUnproven) return;
    path.link.send(message, path.from);
    const component = this.#components.sourceOf(Number(message.fields["target_component"] ?? 0));
    if (component && component.from !== path.from) component.link.send(message, component.from);
  }

  /** `send` for as long as `isCurrent` is true: services of a component that was replaced must not send any more. */
  senderWhile(isCurrent: () => boolean): (message: OutgoingMessage) => void {
    return (message) => {
      if (isCurrent()) this.send(message);
    };
  }

  roundTripMs(): number | undefined {
    return this.#choice.active()?.roundTripMs();
  }

  /** A path that proves to lead to another vehicle. */
  pathOfOther(nowMonoMs: number): VehiclePath | undefined {
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
    const differs =
      this.#isDifferent(path.evidence, reference.evidence, nowMonoMs) ||
      (!this.isJoinedByPerson && modesDiffer(path.evidence, reference.evidence, nowMonoMs));
    if (!differs) path.differsSinceMonoMs = undefined;
    else path.differsSinceMonoMs ??= nowMonoMs;
    return path.differsSinceMonoMs !== undefined && nowMonoMs - path.differsSinceMonoMs >= DIFFERS_FOR_MS;
  }

  #isDifferent(one: LinkIdentity, other: LinkIdentity, nowMonoMs: number): boolean {
    const comparison = compareIdentity(one, other, nowMonoMs);
    if (comparison.kind !== "different") return false;
    if (this.isJoinedByPerson && comparison.because === "boot") return false;
    // Two messages of a simulator that runs faster than time show boot times that are seconds apart.
    return !comparison.mayBeDelay || (one.pace === "real" && other.pace === "real");
  }
}

const COMPONENTS_MAX = 16;
type ComponentSource = { readonly link: LinkSession; readonly from: string };

/** The addresses of a vehicle's components that are not on its autopilot's paths. */
class ComponentSources {
  readonly #sources = new Map<number, ComponentSource>();

  onFrame(componentId: number, source: ComponentSource): void {
    const known = this.#sources.get(componentId);
    if (known?.from === source.from && known.link === source.link) return;
    if (!known && this.#sources.size >= COMPONENTS_MAX) return;
    this.#sources.set(componentId, source);
  }

  sourceOf(componentId: number): ComponentSource | undefined {
    return this.#sources.get(componentId);
  }
}
