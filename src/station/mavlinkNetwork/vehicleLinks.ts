import type { VehiclePaths } from "../../contract/linkMessages.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { LinkSession } from "./linkSession.js";
import { PathChoice, type PathChange } from "./pathChoice.js";
import { DuplicateFilter } from "./duplicateFilter.js";
import { compareIdentity, mergedIdentity, modesDiffer, type VehicleIdentity } from "./linkIdentity.js";
import { VehiclePath } from "./vehiclePath.js";

/** Another boot, place or kind for this long is another vehicle; a change on its way to both is not. */
const DIFFERS_FOR_MS = 3000;

/** All ways to one vehicle, the one that commands take, and one stream of what they bring. */
export class VehicleLinks {
  readonly #paths: VehiclePath[] = [];
  readonly #choice = new PathChoice();
  readonly #duplicates = new DuplicateFilter();
  /** A person said that its paths are one vehicle's: only kind, number or place can still say otherwise. */
  isJoinedByPerson = false;
  /** It has not shown that it is who it says: nothing is sent to it. */
  isUnproven = false;
  readonly #components = new ComponentSources();
  /** What paths told that are gone. */
  #past: VehicleIdentity | undefined;
  #hadSpoken = false;
  /** Its last address, from which somebody speaks who cannot be it. Answers go to whoever really has that address. */
  #contested: VehiclePath | undefined;

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

  /** All that is known of who it is, from whatever path. */
  identity(): VehicleIdentity {
    const active = this.#choice.active();
    const paths = active ? [active, ...this.#paths.filter((path) => path !== active)] : this.#paths;
    return mergedIdentity([...paths.map(({ evidence }) => evidence), ...(this.#past ? [this.#past] : [])]);
  }

  /** Another component turned out to be the autopilot. */
  forgetEvidence(): void {
    this.#past = undefined;
    this.#hadSpoken = false;
    for (const path of this.#paths) path.forgetEvidence();
  }

  hasSpoken(): boolean {
    return this.#hadSpoken || this.#paths.some((path) => path.hasSpoken);
  }

  add(path: VehiclePath, nowMonoMs: number): void {
    this.#contested = undefined;
    this.#paths.push(path);
    path.link.pin(path.from);
    this.#choice.review(this.#paths, nowMonoMs);
  }

  /** `isOther`: it led to another vehicle, and what it told is not this one's. */
  remove(path: VehiclePath, isOther = false): void {
    const at = this.#paths.indexOf(path);
    if (at < 0) return;
    this.#paths.splice(at, 1);
    path.link.unpin(path.from);
    if (isOther) return;
    this.#past = mergedIdentity([path.evidence, ...(this.#past ? [this.#past] : [])]);
    this.#hadSpoken ||= path.hasSpoken;
  }

  /** Somebody else speaks from this address: nothing is taken from there, but what ends danger still goes there. */
  contest(path: VehiclePath): void {
    this.remove(path);
    this.#contested = path;
  }

  /** A link is closed. */
  leave(link: LinkSession): void {
    if (this.#contested?.link === link) this.#contested = undefined;
  }

  /** A camera or computer of the vehicle that speaks from an address of its own. */
  onComponent(frame: MavlinkFrame, link: LinkSession, from: string): void {
    this.#components.onFrame(frame.componentId, { link, from });
  }

  isAlive(nowMonoMs: number): boolean {
    return this.#paths.some((path) => path.isAlive(nowMonoMs));
  }

  /** True when the vehicle's state is to take the frame in. */
  onFrame(frame: MavlinkFrame, path: VehiclePath, isAutopilot: boolean, nowMonoMs: number): boolean {
    path.onFrame(frame, isAutopilot, nowMonoMs);
    return this.#paths.length === 1 || this.#duplicates.isFirstCopy(frame, path, this.#choice.active(), nowMonoMs);
  }

  review(nowMonoMs: number): PathChange | undefined {
    return this.#choice.review(this.#paths, nowMonoMs);
  }

  /** To the address that proved to be the vehicle's, and to nobody else; to its camera also where that speaks itself. */
  send(message: OutgoingMessage): void {
    const path = this.reference() ?? this.#contested;
    if (!path || this.isUnproven) return;
    path.link.send(message, path.from);
    const component = this.#components.sourceOf(Number(message.fields["target_component"] ?? 0));
    if (component && component.from !== path.from) component.link.send(message, component.from);
  }

  /** `send` for as long as `isCurrent`: whoever asked before another component took its place asks nobody any more. */
  senderWhile(isCurrent: () => boolean): (message: OutgoingMessage) => void {
    return (message) => {
      if (isCurrent()) this.send(message);
    };
  }

  roundTripMs(): number | undefined {
    return this.#choice.active()?.roundTripMs();
  }

  /** A path that turns out to lead to another vehicle. */
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
    const comparison = compareIdentity(path.evidence, reference.evidence, nowMonoMs);
    const isJoinedAnyway = this.isJoinedByPerson && comparison.kind === "different" && comparison.because === "boot";
    const differs =
      (comparison.kind === "different" && !isJoinedAnyway) ||
      (!this.isJoinedByPerson && modesDiffer(path.evidence, reference.evidence, nowMonoMs));
    if (!differs) path.differsSinceMonoMs = undefined;
    else path.differsSinceMonoMs ??= nowMonoMs;
    return path.differsSinceMonoMs !== undefined && nowMonoMs - path.differsSinceMonoMs >= DIFFERS_FOR_MS;
  }
}

const COMPONENTS_MAX = 16;
type ComponentSource = { readonly link: LinkSession; readonly from: string };

/** Where those components of one vehicle speak that are not on its autopilot's paths. */
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
