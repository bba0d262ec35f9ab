import { err, ok, type Result } from "../core/result.js";
import type { Clock, Scheduler } from "../core/clock.js";
import type { LinkFailure, VehiclePaths } from "../contract/linkMessages.js";
import type { ToUi } from "../contract/messages.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import { OWN_ADDRESS } from "../mavlink/outgoing.js";
import { rateScaleFor } from "../mavlink/streamRates.js";
import type { Contact } from "../track/contact.js";
import { vehicleIdOf, type VehicleId, type VehicleState } from "../vehicle/vehicleState.js";
import { capacityBytesPerS } from "./link/linkCapacity.js";
import type { LinkSession } from "./link/linkSession.js";
import type { PathChange } from "./link/pathChoice.js";
import { likenessOf } from "./link/pathEvidence.js";
import { refusingSession } from "./link/refusingSession.js";
import { isAutopilotsWord, Strangers, type Ear } from "./link/strangers.js";
import { twinStories } from "./link/twinWatch.js";
import { vehicleNewsOf } from "./link/vehicleLog.js";
import { vehicleNameOf } from "./link/vehicleName.js";
import { VehiclePath } from "./link/vehiclePath.js";
import { VehicleWays } from "./link/vehicleWays.js";
import type { Notices } from "./notices.js";
import type { Recorder } from "./recording/recorder.js";
import { MavlinkVehicleSession, type VehicleSession } from "./vehicle/vehicleSession.js";

/** A flood of invented system ids must not grow without bound; nobody flies so many from one laptop. */
const VEHICLES_MAX = 64;
/** By then a simulated vehicle has said what it is, and is called by its name. */
const NAMED_AFTER_MS = 2000;

type FleetOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly say: (message: ToUi) => void;
  readonly notices: Notices;
  readonly recorder: Recorder;
  readonly contact: (contactId: string) => Contact | undefined;
  readonly dataFolder: string;
  readonly onVehicleHeard: (state: VehicleState) => void;
  /** After every frame of a vehicle. */
  readonly onState: (state: VehicleState, before: VehicleState) => void;
};

type Entry = {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly componentId: number;
  readonly session: VehicleSession;
  readonly refusing: VehicleSession;
  readonly ways: VehicleWays;
  readonly sinceMonoMs: number;
  /** Who waits for an answer of this vehicle, beside its session. */
  readonly listeners: Set<(frame: MavlinkFrame) => void>;
  isNamed: boolean;
  isTwin: boolean;
};
type Bound = { readonly entry: Entry; readonly path: VehiclePath };

/**
 * The vehicles heard on all links. A vehicle begins with its autopilot's first heartbeat, never ends, and keeps the id of
 * the link it was first heard on; other links that lead to it are further ways to it. Two with one number are never
 * taken for one unless everything says so, or a person does.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #entries = new Map<VehicleId, Entry>();
  /** Link, speaker and system id → whose it is. */
  readonly #ears = new Map<string, Bound>();
  readonly #strangers = new Strangers();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Refuses everything while two vehicles answer to its number on one link. */
  get(id: VehicleId): VehicleSession | undefined {
    const entry = this.#entries.get(id);
    return entry?.isTwin === true ? entry.refusing : entry?.session;
  }

  all(): readonly VehicleSession[] {
    return [...this.#entries.values()].map(({ session }) => session);
  }

  states(): readonly VehicleState[] {
    return this.all().map((session) => session.state());
  }

  paths(): readonly VehiclePaths[] {
    const nowMonoMs = this.#options.clock.monoMs();
    return [...this.#entries.values()].map(({ id, ways }) => ways.shown(id, nowMonoMs));
  }

  waysOf(id: VehicleId): VehicleWays | undefined {
    return this.#entries.get(id)?.ways;
  }

  isVehicleOn(link: LinkSession, systemId: number): boolean {
    return this.#on(link).some((entry) => entry.systemId === systemId);
  }

  /** Every vehicle of the link is lost: that is said already. */
  isLossTold(link: LinkSession): boolean {
    const entries = this.#on(link);
    return entries.length === 0 || entries.every(({ session }) => session.isLost());
  }

  /** All that is heard on it are the few words of a satellite: nothing of ours that can wait is sent. */
  speaksSparely(link: LinkSession): boolean {
    const paths = this.#on(link).flatMap(({ ways }) => ways.paths().filter((path) => path.link === link));
    return paths.length > 0 && paths.every(({ isHighLatency }) => isHighLatency);
  }

  #on(link: LinkSession): readonly Entry[] {
    return [...this.#entries.values()].filter(({ ways }) => ways.isOn(link));
  }

  /** Frames of one vehicle, whatever path they came by; the returned function ends it. */
  listen(id: VehicleId, listener: (frame: MavlinkFrame) => void): () => void {
    const listeners = this.#entries.get(id)?.listeners;
    listeners?.add(listener);
    return () => listeners?.delete(listener);
  }

  tick(): void {
    const nowMonoMs = this.#options.clock.monoMs();
    for (const entry of this.#entries.values()) {
      entry.session.tick();
      this.#review(entry, nowMonoMs);
      this.#expelStranger(entry, nowMonoMs);
      this.#watchTwins(entry, nowMonoMs);
      if (!entry.isNamed && nowMonoMs - entry.sinceMonoMs >= NAMED_AFTER_MS) this.#name(entry);
    }
  }

  /** A link changed its state: commands leave a dead one at once. */
  onLinkState(link: LinkSession): void {
    const nowMonoMs = this.#options.clock.monoMs();
    for (const entry of this.#entries.values()) if (entry.ways.isOn(link)) this.#review(entry, nowMonoMs);
  }

  removeLink(link: LinkSession): void {
    this.#strangers.forget(link);
    for (const [key, { entry, path }] of this.#ears) {
      if (path.link !== link) continue;
      this.#ears.delete(key);
      entry.ways.remove(path);
    }
    const nowMonoMs = this.#options.clock.monoMs();
    for (const entry of this.#entries.values()) this.#review(entry, nowMonoMs);
  }

  dispose(): void {
    for (const { session } of this.#entries.values()) session.dispose();
  }

  /** `copyOf`: the ear that heard the very same frame before; it then only shows that this path lives. */
  onFrame(ear: Ear, frame: MavlinkFrame, copyOf: string | undefined): void {
    // Our own words, come back over a router.
    if (frame.systemId === OWN_ADDRESS.systemId) return;
    const bound = this.#ears.get(ear.key) ?? this.#meet(ear, frame);
    if (!bound) return;
    // Two vehicles with one number may say the same: a copy is one of what this vehicle said.
    const isCopy = copyOf !== undefined && this.#ears.get(copyOf)?.entry === bound.entry;
    this.#deliver(bound, frame, isCopy);
  }

  /** A person says that two like-numbered vehicles are one; what speaks against it for certain still does. */
  join(id: VehicleId, otherId: VehicleId): Result<void, LinkFailure | { readonly kind: "no-vehicle" }> {
    const [entry, other] = [this.#entries.get(id), this.#entries.get(otherId)];
    if (!entry || !other || entry === other) return err({ kind: "no-vehicle" });
    const [mine, its] = [entry.ways.reference(), other.ways.reference()];
    if (entry.systemId !== other.systemId) return err({ kind: "not-the-same", because: "kind" });
    const likeness = mine && its && likenessOf(mine.evidence, its.evidence, this.#options.clock.monoMs());
    if (likeness?.kind === "different" && likeness.because !== "boot")
      return err({ kind: "not-the-same", because: likeness.because });
    this.#entries.delete(otherId);
    other.session.dispose();
    for (const [key, { entry: owner, path }] of this.#ears) if (owner === other) this.#bind(key, entry, path);
    entry.ways.isJoinedByHand = true;
    this.#markContested(entry.systemId);
    this.#options.recorder.event("vehicles-joined", { vehicleId: id, otherId });
    this.#options.notices.say({
      id: `two:${entry.systemId}`,
      severity: "info",
      key: "vehicles-joined",
      facts: { vehicle: vehicleNameOf(entry.session.state()) },
    });
    return ok(undefined);
  }

  #deliver({ entry, path }: Bound, frame: MavlinkFrame, isCopy: boolean): void {
    const nowMonoMs = this.#options.clock.monoMs();
    const isAutopilot = frame.componentId === entry.componentId;
    if (isCopy) {
      path.onFrame(frame, isAutopilot, nowMonoMs);
      return;
    }
    if (!entry.ways.onFrame(frame, path, isAutopilot, nowMonoMs)) return;
    entry.session.onFrame(frame);
    for (const listener of entry.listeners) listener(frame);
    if (!entry.isNamed && entry.session.state().isSimulated) this.#name(entry);
  }

  /** Whose voice this is: a new vehicle's, a known one's on another way, or nobody's yet. */
  #meet(ear: Ear, frame: MavlinkFrame): Bound | undefined {
    const { link, from } = ear;
    const nowMonoMs = this.#options.clock.monoMs();
    const likeNumbered = [...this.#entries.values()].filter(({ systemId }) => systemId === frame.systemId);
    if (likeNumbered.length === 0) {
      if (!isAutopilotsWord(frame)) return undefined;
      return this.#begin(ear, new VehiclePath(link, from, frame.systemId), frame.componentId);
    }
    const here = likeNumbered.find(({ ways }) => ways.isOn(link));
    if (here && frame.componentId !== here.componentId && !isAutopilotsWord(frame)) {
      // Its camera or computer, speaking from an address of its own.
      here.session.onFrame(frame);
      return undefined;
    }
    const verdict = this.#strangers.hear(ear, frame, likeNumbered, nowMonoMs);
    if (verdict.kind === "undecided") return undefined;
    if (verdict.kind === "new") {
      const begun = this.#begin(ear, verdict.path, verdict.componentId);
      if (begun) this.#noticeTwo(likeNumbered, begun.entry);
      return begun;
    }
    return this.#addPath(ear, verdict.known, verdict.path);
  }

  #begin(ear: Ear, path: VehiclePath, componentId: number): Bound | undefined {
    if (this.#entries.size >= VEHICLES_MAX) return undefined;
    const { systemId } = path;
    const isTaken = this.#entries.has(vehicleIdOf(ear.link.name, systemId));
    const linkName = isTaken ? `${ear.link.name}@${ear.from}` : ear.link.name;
    const entry = this.#make({ linkName, systemId, componentId });
    if (this.#entries.has(entry.id)) return undefined;
    this.#entries.set(entry.id, entry);
    const bound = this.#bind(ear.key, entry, path);
    // First of all: should its first word be that it is armed, the sortie is open already and knows what it is of.
    this.#options.onVehicleHeard(entry.session.state());
    return bound;
  }

  #make(address: { readonly linkName: string; readonly systemId: number; readonly componentId: number }): Entry {
    const { clock, scheduler, say, recorder, contact, dataFolder } = this.#options;
    const id = vehicleIdOf(address.linkName, address.systemId);
    const ways = new VehicleWays();
    const session = new MavlinkVehicleSession({
      ...address,
      ...{ clock, scheduler, say, contact, dataFolder },
      send: (message) => ways.send(message),
      roundTripMs: () => ways.roundTripMs(),
      rateScale: () => this.#rateScaleOf(ways),
      record: (kind, facts) => recorder.event(kind, { vehicleId: id, ...facts }),
      isRecording: () => recorder.status().state === "recording",
      news: vehicleNewsOf(id, this.#options),
    });
    return {
      ...{ id, session, ways },
      systemId: address.systemId,
      componentId: address.componentId,
      refusing: refusingSession(session),
      sinceMonoMs: clock.monoMs(),
      listeners: new Set(),
      isNamed: false,
      isTwin: false,
    };
  }

  /** A radio is shared: what it carries is divided among the aircraft that are commanded over it. */
  #rateScaleOf(ways: VehicleWays): number {
    const link = ways.active()?.link;
    if (!link) return 1;
    const sharing = [...this.#entries.values()].filter((entry) => entry.ways.active()?.link === link);
    return rateScaleFor(capacityBytesPerS(link.uri), sharing.length);
  }

  #bind(key: string, entry: Entry, path: VehiclePath): Bound {
    const bound = { entry, path };
    this.#ears.set(key, bound);
    entry.ways.add(path, this.#options.clock.monoMs());
    return bound;
  }

  /** A further way to a known vehicle; one on the same link that fell silent was its old address. */
  #addPath(ear: Ear, entry: Entry, path: VehiclePath): Bound {
    const nowMonoMs = this.#options.clock.monoMs();
    const isFirstOnLink = !entry.ways.isOn(ear.link);
    for (const [key, { path: old }] of this.#ears) {
      if (old.link !== ear.link || old.systemId !== path.systemId || old.isAlive(nowMonoMs)) continue;
      this.#ears.delete(key);
      entry.ways.remove(old);
    }
    const bound = this.#bind(ear.key, entry, path);
    if (isFirstOnLink) {
      this.#options.recorder.event("path-added", { vehicleId: entry.id, linkName: path.link.name });
      this.#notice(entry, "path-added", { link: path.link.name });
    }
    return bound;
  }

  #review(entry: Entry, nowMonoMs: number): void {
    const change = entry.ways.review(nowMonoMs);
    if (change) this.#sayPathChange(entry, change);
  }

  #sayPathChange(entry: Entry, { from, to, because }: PathChange): void {
    const facts = { from: from.link.name, to: to.link.name, because };
    this.#options.recorder.event("path-changed", { vehicleId: entry.id, ...facts });
    this.#notice(entry, "path-changed", facts);
  }

  #notice(entry: Entry, key: string, facts: Readonly<Record<string, string>>): void {
    const vehicle = vehicleNameOf(entry.session.state());
    this.#options.notices.say({ id: `path:${entry.id}`, severity: "info", key, facts: { vehicle, ...facts } });
  }

  #expelStranger(entry: Entry, nowMonoMs: number): void {
    const path = entry.ways.stranger(nowMonoMs);
    if (!path) return;
    entry.ways.remove(path);
    for (const [key, bound] of this.#ears) {
      if (bound.path !== path) continue;
      this.#ears.delete(key);
      this.#strangers.expel(key, path, entry.componentId, entry.ways);
    }
  }

  #watchTwins(entry: Entry, nowMonoMs: number): void {
    const twin = entry.ways.paths().find(({ evidence }) => evidence.twins.areTwo(nowMonoMs));
    if ((twin !== undefined) === entry.isTwin) return;
    entry.isTwin = twin !== undefined;
    const vehicle = vehicleNameOf(entry.session.state());
    const id = `twins:${entry.id}`;
    this.#options.recorder.event(twin ? "two-on-one-link" : "two-on-one-link-over", { vehicleId: entry.id });
    if (!twin) {
      this.#options.notices.say({ id, severity: "info", key: "two-on-one-link-over", facts: { vehicle } });
      return;
    }
    const [first, second] = twinStories(twin.evidence.twins, nowMonoMs);
    const facts = { vehicle, id: entry.systemId, link: twin.link.name, first, second };
    this.#options.notices.say({ id, severity: "danger", key: "two-on-one-link", facts });
  }

  #noticeTwo(known: readonly Entry[], other: Entry): void {
    this.#markContested(other.systemId);
    const named = ({ session }: Entry): string => `${vehicleNameOf(session.state())} (${session.state().linkName})`;
    const facts = { id: other.systemId, first: known.map(named).join(", "), second: named(other) };
    this.#options.recorder.event("two-vehicles", { vehicleIds: [...known, other].map(({ id }) => id) });
    this.#options.notices.say({ id: `two:${other.systemId}`, severity: "danger", key: "two-vehicles", facts });
  }

  /** Where two with one number share a link, each is spoken to at its own address only. */
  #markContested(systemId: number): void {
    const likeNumbered = [...this.#entries.values()].filter((entry) => entry.systemId === systemId);
    for (const { ways } of likeNumbered) {
      ways.isContested = likeNumbered.some(
        (other) => other.ways !== ways && ways.paths().some(({ link }) => other.ways.isOn(link)),
      );
    }
  }

  #name(entry: Entry): void {
    entry.isNamed = true;
    if (entry.session.isLost()) return;
    const facts = { vehicle: vehicleNameOf(entry.session.state()) };
    this.#options.notices.say({ id: `vehicle:${entry.id}`, severity: "info", key: "vehicle-heard", facts });
  }
}
