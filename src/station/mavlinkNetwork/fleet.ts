import { err, ok, type Result } from "../../core/result.js";
import type { LinkFailure, VehiclePaths } from "../../contract/linkMessages.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { OWN_ADDRESS } from "../../mavlink/outgoing.js";
import { rateScaleFor } from "../../mavlink/streamRates.js";
import type { VehicleRank } from "../../mavlink/vehicleHeartbeat.js";
import { vehicleIdOf, type VehicleId, type VehicleState } from "../../vehicle/vehicleState.js";
import { FleetEntry, type FleetOptions } from "./fleetEntry.js";
import { FleetNotices } from "./fleetNotices.js";
import type { Delivery } from "./copyDetector.js";
import { capacityBytesPerS } from "./linkCapacity.js";
import type { LinkSession } from "./linkSession.js";
import { compareIdentity, mergedIdentity, LinkIdentity } from "./linkIdentity.js";
import { RefusedSources } from "./refusedSources.js";
import { rankOf, UnidentifiedSources, type MavlinkSource, type UnidentifiedPath } from "./unidentifiedSources.js";
import { expiredVehicles, VehicleAdmission } from "./vehicleAdmission.js";
import { VehiclePath } from "./vehiclePath.js";
import type { VehicleLinks } from "./vehicleLinks.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";

/** By this time a simulated vehicle has identified itself as one, which decides its name ("SIM-1" or "DRONE-1"). */
const NAMED_AFTER_MS = 2000;

type Bound = { readonly entry: FleetEntry; readonly path: VehiclePath };

/**
 * The vehicles received on all links. A vehicle is created by its autopilot's first heartbeat and keeps the id of the
 * link it was first received on; other links that lead to it become further paths. Two sources with one system id are
 * merged only when their identity matches, or when the operator says so; a vehicle whose identity is unproven is shown,
 * but nothing is sent to it.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #notices: FleetNotices;
  readonly #entries = new Map<VehicleId, FleetEntry>();
  /** Link, address and system id → the vehicle it belongs to. */
  readonly #sources = new Map<string, Bound>();
  readonly #unidentified = new UnidentifiedSources();
  readonly #admission = new VehicleAdmission();
  readonly #refused = new RefusedSources();
  /** Sources that belonged to a vehicle and now send what cannot be that vehicle's. */
  readonly #contested = new Map<string, FleetEntry>();

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#notices = new FleetNotices(options.bus);
  }

  /** Rejects all requests while two vehicles use its system id on one link, or while its identity is unproven. */
  get(id: VehicleId): VehicleSession | undefined {
    return this.#entries.get(id)?.commanded;
  }

  all(): readonly VehicleSession[] {
    return [...this.#entries.values()].map(({ session }) => session);
  }

  states(): readonly VehicleState[] {
    return this.all().map((session) => session.state());
  }

  paths(): readonly VehiclePaths[] {
    const nowMonoMs = this.#options.time.clock.monoMs();
    return [...this.#entries.values()].map(({ id, links }) => links.shown(id, nowMonoMs));
  }

  /** Undefined also while the vehicle's identity is unproven: nothing may be sent to it. */
  linksOf(id: VehicleId): VehicleLinks | undefined {
    const entry = this.#entries.get(id);
    return entry?.claim ? undefined : entry?.links;
  }

  /** The proven addresses, on that link, of vehicles with that system id. */
  addressesOf(link: LinkSession, systemId: number): readonly string[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.systemId === systemId && !entry.claim && !entry.hasSysIdConflict)
      .flatMap(({ links }) => links.paths().filter((path) => path.link === link))
      .map(({ from }) => from);
  }

  /** Every vehicle of the link is lost: a notice says so already. */
  isLossPublished(link: LinkSession): boolean {
    const entries = this.#on(link);
    return entries.length === 0 || entries.every(({ session }) => session.isLost());
  }

  /** Every vehicle on the link is in HIGH_LATENCY2 mode: nothing that can wait is sent there. */
  isHighLatency(link: LinkSession): boolean {
    const paths = this.#on(link).flatMap(({ links }) => links.paths().filter((path) => path.link === link));
    return paths.length > 0 && paths.every(({ isHighLatency }) => isHighLatency);
  }

  /** Subscribes to one vehicle's frames, whatever path they came over; the returned function unsubscribes. */
  listen(id: VehicleId, listener: (frame: MavlinkFrame) => void): () => void {
    const listeners = this.#entries.get(id)?.listeners;
    listeners?.add(listener);
    return () => listeners?.delete(listener);
  }

  tick(): void {
    const nowMonoMs = this.#options.time.clock.monoMs();
    for (const entry of this.#entries.values()) {
      entry.session.tick();
      this.#review(entry, nowMonoMs);
      this.#expelOther(entry, nowMonoMs);
      this.#detectSysIdConflict(entry, nowMonoMs);
      if (!entry.isNamed && nowMonoMs - entry.sinceMonoMs >= NAMED_AFTER_MS) this.#name(entry);
    }
    const candidates = [...this.#entries.values()].map((entry) => entry.admissionCandidate());
    for (const id of expiredVehicles(candidates, nowMonoMs)) this.#forget(id);
  }

  /** A link changed state: commands leave a dead link at once. */
  onLinkState(link: LinkSession): void {
    const nowMonoMs = this.#options.time.clock.monoMs();
    for (const entry of this.#on(link)) this.#review(entry, nowMonoMs);
  }

  removeLink(link: LinkSession): void {
    this.#unidentified.forget(link);
    for (const [key, { path }] of this.#sources) if (path.link === link) this.#unbind(key);
    const nowMonoMs = this.#options.time.clock.monoMs();
    for (const entry of this.#entries.values()) {
      entry.links.leave(link);
      this.#review(entry, nowMonoMs);
    }
  }

  dispose(): void {
    for (const { session } of this.#entries.values()) session.dispose();
  }

  /** A copy of what the vehicle's state has taken already only shows that this path is alive. */
  onFrame(source: MavlinkSource, frame: MavlinkFrame, { first, isCopy }: Delivery): void {
    // Our own frame, returned by a router.
    if (frame.systemId === OWN_ADDRESS.systemId) return;
    const bound = this.#boundAt(source, frame) ?? this.#identify(source, frame);
    if (!bound) return;
    // Two vehicles with one system id may send equal frames: it is a copy only if the first one came from this same
    // vehicle.
    const isTaken = isCopy && first.isApplied && this.#sources.get(first.sourceKey)?.entry === bound.entry;
    if (this.#deliver(bound, frame, isTaken)) first.isApplied = true;
    if (bound.entry.claim) this.#reidentify(source.key, bound, bound.entry.claim);
  }

  /**
   * The operator says that two vehicles with one system id are one; an identity that certainly differs still prevents
   * it.
   */
  join(id: VehicleId, otherId: VehicleId): Result<void, LinkFailure | { readonly kind: "no-vehicle" }> {
    const [entry, other] = [this.#entries.get(id), this.#entries.get(otherId)];
    if (!entry || !other || entry === other) return err({ kind: "no-vehicle" });
    if (entry.systemId !== other.systemId) return err({ kind: "not-the-same", because: "kind" });
    const nowMonoMs = this.#options.time.clock.monoMs();
    const comparison = compareIdentity(entry.links.identity(), other.links.identity(), nowMonoMs);
    if (comparison.kind === "different" && comparison.because !== "boot")
      return err({ kind: "not-the-same", because: comparison.because });
    this.#merge(entry, other);
    // The vehicle that the operator keeps counts as proven from now on, whichever was first.
    this.#prove(entry);
    entry.links.isJoinedByPerson = true;
    this.#notices.joined(entry, otherId);
    return ok(undefined);
  }

  #on(link: LinkSession): readonly FleetEntry[] {
    return [...this.#entries.values()].filter(({ links }) => links.isOn(link));
  }

  /** True when the vehicle's state has taken it. */
  #deliver({ entry, path }: Bound, frame: MavlinkFrame, isTaken: boolean): boolean {
    const nowMonoMs = this.#options.time.clock.monoMs();
    this.#promoteIfSurer(entry, frame);
    const isAutopilot = frame.componentId === entry.componentId;
    if (isTaken) {
      path.onFrame(frame, isAutopilot, nowMonoMs);
      return false;
    }
    if (!entry.links.onFrame(frame, path, isAutopilot, nowMonoMs)) return false;
    entry.session.onFrame(frame);
    for (const listener of entry.listeners) listener(frame);
    if (!entry.isNamed && entry.session.state().isSimulated) this.#name(entry);
    return true;
  }

  /** A component that is more surely an autopilot replaces the one that was taken for the autopilot of this system. */
  #promoteIfSurer(entry: FleetEntry, frame: MavlinkFrame): void {
    const rank = rankOf(frame);
    if (rank <= entry.rank) return;
    if (frame.componentId === entry.componentId) entry.rank = rank;
    else this.#setAutopilot(entry, frame.componentId, rank);
  }

  #setAutopilot(entry: FleetEntry, componentId: number, rank: VehicleRank): void {
    entry.setAutopilot(componentId, rank);
    this.#notices.autopilotChanged(entry, componentId);
  }

  /** The vehicle this source belongs to; undefined when the frame contradicts that vehicle's identity. */
  #boundAt(source: MavlinkSource, frame: MavlinkFrame): Bound | undefined {
    const bound = this.#sources.get(source.key);
    if (bound?.entry.componentId !== frame.componentId) return bound;
    const nowMonoMs = this.#options.time.clock.monoMs();
    const rightful = this.#contested.get(source.key);
    if (rightful && rightful !== bound.entry && isItself(rightful.links, frame, nowMonoMs)) {
      this.#unbind(source.key, true);
      this.#contested.delete(source.key);
      return this.#addPath(source, rightful, this.#pathTo(source, frame));
    }
    if (!bound.path.isContradictedBy(frame, nowMonoMs)) return bound;
    if (!rightful || rightful === bound.entry) {
      this.#contested.set(source.key, bound.entry);
      this.#notices.contested(bound.entry, bound.path);
    }
    this.#sources.delete(source.key);
    bound.entry.links.contest(bound.path);
    return undefined;
  }

  /**
   * Decides which vehicle a new source belongs to: a new one, a known one on a further path, or undecided (undefined).
   */
  #identify(source: MavlinkSource, frame: MavlinkFrame): Bound | undefined {
    const sameSysId = [...this.#entries.values()].filter(({ systemId }) => systemId === frame.systemId);
    const rank = rankOf(frame);
    if (sameSysId.length === 0) {
      if (rank === 0) this.#refused.onFrame(source.key, frame);
      return rank === 0 ? undefined : this.#begin(source, this.#pathTo(source, frame), { frame, rank });
    }
    const provisional = sameSysId.find((entry) => entry.rank === 1 && entry.componentId !== frame.componentId);
    if (provisional && rank > 1) return this.#replace(source, frame, provisional);
    if (isOfComponent(frame, rank, sameSysId)) {
      this.#onComponent(source, frame, sameSysId);
      return undefined;
    }
    const known = sameSysId.filter(({ claim }) => !claim);
    const verdict = this.#unidentified.onFrame(source, frame, known, this.#options.time.clock.monoMs());
    if (verdict.kind === "undecided") return undefined;
    if (verdict.kind === "same") return this.#addPath(source, verdict.known, verdict.path);
    return this.#beginOther(source, frame, verdict);
  }

  /** Creates a vehicle with the system id of a known one: proven to be another, or with its identity unproven. */
  #beginOther(
    source: MavlinkSource,
    frame: MavlinkFrame,
    { unidentified: claim, isProven }: { readonly unidentified: UnidentifiedPath; readonly isProven: boolean },
  ): Bound | undefined {
    const known = [...this.#entries.values()].filter(({ systemId }) => systemId === frame.systemId);
    const begun = this.#begin(source, claim.path, { frame, rank: rankOf(frame), claim: isProven ? undefined : claim });
    if (!begun) return undefined;
    if (isProven) this.#notices.two(known, begun.entry);
    else this.#notices.unproven(known, begun.entry, begun.path);
    return begun;
  }

  /** A frame of a vehicle's camera or companion computer that sends from its own address. */
  #onComponent(source: MavlinkSource, frame: MavlinkFrame, sameSysId: readonly FleetEntry[]): void {
    const here = sameSysId.find(({ links, claim }) => !claim && links.isOn(source.link));
    if (!here || frame.componentId === here.componentId) return;
    here.links.onComponent(frame, source.link, source.from);
    here.session.onFrame(frame);
  }

  /** The real autopilot is received, from another address than the component that was taken for it. */
  #replace(source: MavlinkSource, frame: MavlinkFrame, entry: FleetEntry): Bound {
    for (const [key, { entry: owner }] of this.#sources) if (owner === entry) this.#unbind(key);
    this.#setAutopilot(entry, frame.componentId, rankOf(frame));
    return this.#bind(source.key, entry, this.#pathTo(source, frame));
  }

  #pathTo = ({ link, from }: MavlinkSource, { systemId }: MavlinkFrame): VehiclePath =>
    new VehiclePath(link, from, systemId);

  #begin(
    source: MavlinkSource,
    path: VehiclePath,
    first: { readonly frame: MavlinkFrame; readonly rank: VehicleRank; readonly claim?: UnidentifiedPath | undefined },
  ): Bound | undefined {
    const { systemId, componentId } = first.frame;
    const isTaken = this.#entries.has(vehicleIdOf(source.link.name, systemId));
    const linkName = isTaken ? `${source.link.name}@${source.from}` : source.link.name;
    if (this.#entries.has(vehicleIdOf(linkName, systemId)) || !this.#isAdmitted(source, first.frame)) return undefined;
    const entry = new FleetEntry({
      ...this.#options,
      address: { linkName, systemId, componentId },
      rank: first.rank,
      source: sourceOf(source),
      rateScaleOf: (links) => this.#rateScaleOf(links),
    });
    entry.claim = first.claim;
    entry.links.isUnproven = first.claim !== undefined;
    this.#entries.set(entry.id, entry);
    const bound = this.#bind(source.key, entry, path);
    // Published first: should its first frame say that it is armed, the sortie must be open already and know the
    // vehicle.
    this.#options.bus.publish({ kind: "vehicle-found", state: entry.session.state() });
    return bound;
  }

  #isAdmitted(source: MavlinkSource, frame: MavlinkFrame): boolean {
    const nowMonoMs = this.#options.time.clock.monoMs();
    const candidates = [...this.#entries.values()].map((entry) => entry.admissionCandidate());
    const newcomer = { source: sourceOf(source), hasSentMore: this.#refused.hasSentMore(source.key) };
    const admission = this.#admission.decide(newcomer, candidates, nowMonoMs);
    if (admission.kind === "replace") this.#forget(admission.id);
    if (admission.kind !== "refuse") return true;
    this.#refused.add(source, frame, nowMonoMs);
    this.#notices.refused(frame.systemId, source.link.name);
    return false;
  }

  /** The aircraft commanded over one radio share it: the message rates of each are scaled down by their number. */
  #rateScaleOf(links: VehicleLinks): number {
    const link = links.active()?.link;
    if (!link) return 1;
    const sharing = [...this.#entries.values()].filter((entry) => entry.links.active()?.link === link);
    return rateScaleFor(capacityBytesPerS(link.uri), sharing.length);
  }

  #bind(key: string, entry: FleetEntry, path: VehiclePath): Bound {
    const bound = { entry, path };
    this.#sources.set(key, bound);
    entry.links.add(path, this.#options.time.clock.monoMs());
    return bound;
  }

  #unbind(key: string, isOther = false): void {
    const bound = this.#sources.get(key);
    this.#sources.delete(key);
    bound?.entry.links.remove(bound.path, isOther);
  }

  /** Adds a path to a known vehicle; a silent path on the same link was its old address, and is replaced. */
  #addPath(source: MavlinkSource, entry: FleetEntry, path: VehiclePath): Bound {
    const nowMonoMs = this.#options.time.clock.monoMs();
    const isFirstOnLink = !entry.links.isOn(source.link);
    for (const [key, { entry: owner, path: old }] of this.#sources)
      if (owner === entry && old.link === source.link && !old.isAlive(nowMonoMs)) this.#unbind(key);
    const bound = this.#bind(source.key, entry, path);
    if (isFirstOnLink) this.#notices.pathAdded(entry, path);
    else this.#notices.addressChanged(entry, path);
    return bound;
  }

  /** Judges a vehicle with unproven identity again, after a further frame. */
  #reidentify(key: string, { entry, path }: Bound, claim: UnidentifiedPath): void {
    const nowMonoMs = this.#options.time.clock.monoMs();
    const known = [...this.#entries.values()].filter(
      (other) => other !== entry && other.systemId === entry.systemId && !other.claim,
    );
    const judgement = claim.judge(known, nowMonoMs);
    if (judgement.kind === "unknown") {
      claim.ask(nowMonoMs);
    } else if (judgement.kind === "different") {
      this.#prove(entry);
      this.#notices.two(known, entry);
    } else {
      const { known: proved } = judgement;
      this.#unbind(key, true);
      this.#merge(proved, entry);
      this.#addPath({ key, link: path.link, from: path.from }, proved, path);
      this.#notices.proven(proved, path);
    }
  }

  #prove(entry: FleetEntry): void {
    entry.claim = undefined;
    entry.links.isUnproven = false;
  }

  /** `other` was found to be the same vehicle as `entry`. */
  #merge(entry: FleetEntry, other: FleetEntry): void {
    this.#entries.delete(other.id);
    other.session.dispose();
    for (const [key, owner] of this.#contested) if (owner === other) this.#contested.delete(key);
    for (const [key, { entry: owner, path }] of this.#sources) {
      if (owner !== other) continue;
      this.#unbind(key, true);
      this.#bind(key, entry, path);
    }
  }

  #forget(id: VehicleId): void {
    const entry = this.#entries.get(id);
    for (const [key, { entry: owner }] of this.#sources) if (owner === entry) this.#unbind(key);
    for (const [key, owner] of this.#contested) if (owner === entry) this.#contested.delete(key);
    this.#entries.delete(id);
    entry?.session.dispose();
  }

  #review(entry: FleetEntry, nowMonoMs: number): void {
    const change = entry.links.review(nowMonoMs);
    if (change) this.#notices.pathChanged(entry, change);
  }

  #expelOther(entry: FleetEntry, nowMonoMs: number): void {
    const path = entry.links.pathOfOther(nowMonoMs);
    if (!path) return;
    for (const [key, bound] of this.#sources) {
      if (bound.path !== path) continue;
      this.#unbind(key, true);
      this.#unidentified.expel(key, path, entry.componentId, entry.links);
    }
  }

  #detectSysIdConflict(entry: FleetEntry, nowMonoMs: number): void {
    const conflict = entry.links.paths().find(({ evidence }) => evidence.conflicts.areTwo(nowMonoMs));
    if ((conflict !== undefined) === entry.hasSysIdConflict) return;
    entry.hasSysIdConflict = conflict !== undefined;
    this.#notices.sysIdConflict(entry, conflict, nowMonoMs);
  }

  #name(entry: FleetEntry): void {
    entry.isNamed = true;
    if (!entry.session.isLost()) this.#notices.found(entry);
  }
}

/** The frame's boot time and position match the vehicle's: nobody else sends both by chance. */
function isItself(links: VehicleLinks, frame: MavlinkFrame, nowMonoMs: number): boolean {
  const [received, known] = [new LinkIdentity(), links.identity()];
  received.onFrame(frame, nowMonoMs);
  return compareIdentity({ ...mergedIdentity([received]), kind: known.kind }, known, nowMonoMs).kind === "same";
}

const sourceOf = ({ link, from }: MavlinkSource): string => `${link.name} ${from}`;

/** A frame of a component: not the autopilot of any of these vehicles, and no more likely to be one than theirs. */
const isOfComponent = (frame: MavlinkFrame, rank: VehicleRank, sameSysId: readonly FleetEntry[]): boolean =>
  sameSysId.every((entry) => frame.componentId !== entry.componentId && rank < 2 && rank <= entry.rank);
