import { err, ok, type Result } from "../../core/result.js";
import type { Clock } from "../../core/clock.js";
import type { LinkFailure, LinkStatus, SigningPolicy } from "../../contract/linkMessages.js";
import type { LinkPort } from "../../io/linkPort.js";
import type { LinkUriFailure } from "../../io/linkUri.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { groundHeartbeat, SETUP_SIGNING } from "../../mavlink/outgoing.js";
import { createReader } from "../../mavlink/reader.js";
import type { StationBus } from "../bus.js";
import { LinkSigner } from "../signing/linkSigner.js";
import type { KeyRing } from "../signing/keyRing.js";
import { createSigningClock } from "../signing/signingClock.js";
import { forwardFromOutput, forwardFromVehicle, isSecret } from "./forwarding.js";
import { linkNameOf, openLinkSession, type LinkRole, type LinkSession } from "./linkSession.js";
import { createLinkStore, type KeptLinks } from "./linkStore.js";
import type { MavlinkSource } from "./unidentifiedSources.js";
import { LinkWatch, reasonOf } from "./linkWatch.js";
import { CopyDetector, type Delivery, LoopbackFilter } from "./copyDetector.js";

/** What the links need to know about the vehicles. */
type LinkVehicles = {
  readonly onFrame: (source: MavlinkSource, frame: MavlinkFrame, delivery: Delivery) => void;
  readonly onLinkState: (link: LinkSession) => void;
  readonly removeLink: (link: LinkSession) => void;
  /** The proven addresses, on that link, of vehicles with that system id. */
  readonly addressesOf: (link: LinkSession, systemId: number) => readonly string[];
  /** True while every vehicle received on the link is lost: a notice says so already. */
  readonly isLossPublished: (link: LinkSession) => boolean;
  /** True while every vehicle on the link is in HIGH_LATENCY2 mode: no heartbeat, no TIMESYNC is sent there. */
  readonly isHighLatency: (link: LinkSession) => boolean;
};

type LinkManagerOptions = {
  readonly clock: Clock;
  readonly dataFolder: string;
  readonly openPort: (uri: string) => Result<LinkPort, LinkUriFailure>;
  readonly keys: KeyRing;
  readonly bus: StationBus;
  readonly vehicles: LinkVehicles;
};

type Opened = {
  readonly session: LinkSession;
  readonly role: LinkRole;
  readonly watch: LinkWatch;
  readonly isKept: boolean;
};
type Wanted = Omit<Opened, "session" | "watch"> & { readonly uri: string; readonly signer: LinkSigner };
type LinkResult = Result<void, LinkFailure>;

const FORGED_NOTICE_EVERY_MS = 60_000;

/** All links of the station: opens, adds, removes and stores them for the next start, and passes received frames on. */
export class LinkManager {
  readonly #options: LinkManagerOptions;
  readonly #store;
  readonly #signingClock;
  readonly #opened = new Map<string, Opened>();
  /** Names of links being opened: a second request for the same name must not open a second port. */
  readonly #opening = new Set<string>();
  readonly #copies = new CopyDetector();
  readonly #loopbacks = new LoopbackFilter();
  readonly #ownReader = createReader({ isDatagram: true });
  #signing: KeptLinks["signing"] = {};
  #countOfOpened = 0;
  #isDisposed = false;
  #forgedPublishedAtMonoMs = Number.NEGATIVE_INFINITY;

  constructor(options: LinkManagerOptions) {
    this.#options = options;
    this.#store = createLinkStore(options.dataFolder);
    this.#signingClock = createSigningClock(options.clock, options.dataFolder);
  }

  /**
   * Opens the given links and, with `isKeeping`, those stored earlier (`vigie fly` opens only what its command line
   * names); a link that cannot be opened becomes a notice and does not stop the others.
   */
  async start(uris: readonly string[], { isKeeping }: { readonly isKeeping: boolean }): Promise<void> {
    await this.#signingClock.load();
    const { kept, problem } = await this.#store.load();
    if (problem !== undefined) this.#options.bus.log(`vigie: links.json cannot be read: ${problem}`);
    this.#signing = kept.signing;
    for (const uri of uris) this.#publishFailure(uri, await this.#open(uri, "vehicle", false));
    if (!isKeeping) return;
    for (const { uri, role } of kept.links) {
      const opened = await this.#open(uri, role, true);
      if (!opened.ok && opened.error.kind !== "link-exists") this.#publishFailure(uri, opened);
    }
  }

  all(): readonly LinkSession[] {
    return [...this.#opened.values()].map(({ session }) => session);
  }

  get(name: string): LinkSession | undefined {
    return this.#opened.get(name)?.session;
  }

  statuses(): readonly LinkStatus[] {
    return this.all().map((link) => link.status());
  }

  /** The time for the next signature: units of 10 µs since 2015-01-01. */
  signingTime10us(): number {
    return this.#signingClock.next();
  }

  async add(uri: string, role: LinkRole): Promise<LinkResult> {
    const opened = await this.#open(uri, role, true);
    if (opened.ok) await this.#save();
    return opened;
  }

  async remove(name: string): Promise<LinkResult> {
    const opened = this.#opened.get(name);
    if (!opened) return err({ kind: "no-such-link", linkName: name });
    this.#opened.delete(name);
    this.#options.vehicles.removeLink(opened.session);
    await opened.session.dispose();
    await this.#save();
    return ok(undefined);
  }

  async setSigning(name: string, policy: SigningPolicy, keyName: string | undefined): Promise<LinkResult> {
    const session = this.get(name);
    if (!session) return err({ kind: "no-such-link", linkName: name });
    const secretKey = keyName === undefined ? undefined : await this.#options.keys.key(keyName);
    if (policy !== "off" && !secretKey) return err({ kind: "no-such-key", keyName: keyName ?? "" });
    session.signer.set({ policy, keyName, secretKey });
    this.#signing = { ...this.#signing, [name]: { policy, keyName } };
    await this.#save();
    return ok(undefined);
  }

  /** A link that signs with this key, if there is one. */
  userOfKey(keyName: string): LinkSession | undefined {
    return this.all().find(({ signer }) => signer.status().keyName === keyName && signer.status().policy !== "off");
  }

  sendHeartbeat(): void {
    for (const link of this.#vehicleLinks())
      if (!this.#options.vehicles.isHighLatency(link)) link.send(groundHeartbeat);
  }

  tick(): void {
    for (const link of this.#vehicleLinks()) if (!this.#options.vehicles.isHighLatency(link)) link.sendTimesync();
    for (const { session, watch } of this.#opened.values())
      watch.onTick(session, this.#options.vehicles.isLossPublished(session));
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await Promise.all(this.all().map((link) => link.dispose()));
    await this.#signingClock.settle();
  }

  async #open(uri: string, role: LinkRole, isKept: boolean): Promise<LinkResult> {
    const name = linkNameOf(uri);
    if (this.#opened.has(name) || this.#opening.has(name)) return err({ kind: "link-exists", uri });
    this.#opening.add(name);
    try {
      const signer = await this.#signerFor(name);
      return this.#isDisposed ? ok(undefined) : this.#openNamed(name, { uri, role, isKept, signer });
    } finally {
      this.#opening.delete(name);
    }
  }

  #openNamed(name: string, { uri, role, isKept, signer }: Wanted): LinkResult {
    const port = this.#options.openPort(uri);
    if (!port.ok) return port;
    const { clock, bus, vehicles } = this.#options;
    const watch = new LinkWatch(bus, clock);
    const session = openLinkSession({
      ...{ name, role, clock, signer },
      port: port.value,
      listener: {
        onFrame: this.#onFrame,
        onSent: this.#onSent,
        onForged: this.#onForged,
        onState: (state) => {
          watch.onState({ name, uri }, state);
          const opened = this.#opened.get(name);
          if (opened) vehicles.onLinkState(opened.session);
        },
      },
    });
    this.#opened.set(name, { session, role, watch, isKept });
    return ok(undefined);
  }

  async #signerFor(name: string): Promise<LinkSigner> {
    const signer = new LinkSigner(this.#signingClock, this.#countOfOpened++);
    const kept = this.#signing[name];
    if (!kept || kept.policy === "off") return signer;
    const { policy, keyName } = kept;
    const secretKey = keyName === undefined ? undefined : await this.#options.keys.key(keyName);
    signer.set({ policy, keyName, secretKey });
    if (!secretKey) {
      const facts = { link: name, key: keyName ?? "" };
      this.#options.bus.notice({ id: `signing:${name}`, severity: "danger", key: "signing-key-missing", facts });
    }
    return signer;
  }

  readonly #onFrame = (link: LinkSession, frame: MavlinkFrame, from: string): void => {
    if (isSecret(frame) || this.#loopbacks.isLoopback(frame)) return;
    const source: MavlinkSource = { key: `${link.name} ${from} ${frame.systemId}`, link, from };
    const delivery = this.#copies.onFrame(frame, source.key, this.#options.clock.monoMs());
    const isFirstCopy = !delivery.isCopy;
    if (isFirstCopy) this.#options.bus.publish({ kind: "mavlink-bytes", bytes: frame.bytes });
    if (link.role === "vehicle") {
      if (isFirstCopy) forwardFromVehicle(this.all(), frame);
      this.#options.vehicles.onFrame(source, frame, delivery);
      if (isFirstCopy) this.#options.bus.publish({ kind: "frame-received", frame });
    } else if (isFirstCopy) {
      forwardFromOutput(this.all(), frame, (link, systemId) => this.#options.vehicles.addressesOf(link, systemId));
    }
  };

  /** Published at most once a minute: a forger must not fill the list of notices. */
  readonly #onForged = (link: LinkSession, frame: MavlinkFrame, from: string): void => {
    const nowMonoMs = this.#options.clock.monoMs();
    if (nowMonoMs - this.#forgedPublishedAtMonoMs < FORGED_NOTICE_EVERY_MS) return;
    this.#forgedPublishedAtMonoMs = nowMonoMs;
    const facts = { id: frame.systemId, link: link.name, address: from };
    this.#options.bus.notice({ id: `forged:${link.name}`, severity: "danger", key: "unsigned-in-its-name", facts });
    this.#options.bus.log(
      `vigie: ${link.uri}: unsigned words as system ${frame.systemId} from ${from}, which signs: not taken`,
    );
  };

  readonly #onSent = (bytes: Uint8Array, message: OutgoingMessage): void => {
    if (message.name === SETUP_SIGNING) return;
    this.#ownReader.push(bytes, (frame) => this.#loopbacks.onSent(frame, this.#options.clock.monoMs()));
    this.#options.bus.publish({ kind: "mavlink-bytes", bytes });
  };

  #vehicleLinks(): readonly LinkSession[] {
    return this.all().filter(({ role }) => role === "vehicle");
  }

  #publishFailure(uri: string, opened: LinkResult): void {
    if (opened.ok) return;
    const because = opened.error.kind === "bad-uri" ? opened.error.problem : opened.error.kind;
    const facts = { link: uri, uri, ...reasonOf(opened.error.kind) };
    this.#options.bus.notice({ id: `link:${uri}`, severity: "danger", key: "link-failed", facts });
    this.#options.bus.log(`vigie: ${uri}: ${because}`);
  }

  async #save(): Promise<void> {
    const kept = [...this.#opened.values()].filter(({ isKept }) => isKept);
    const links = kept.map(({ session, role }) => ({ uri: session.uri, role }));
    await this.#store.save({ links, signing: this.#signing });
  }
}
