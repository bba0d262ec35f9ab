import { BehaviorSubject, Subject } from "rxjs";
import { ok } from "../../core/result.js";
import type { FakeClock } from "../../core/fakeClock.js";
import type { ToUi } from "../../contract/messages.js";
import type { LinkChunk, LinkPort, LinkPortState } from "../../io/linkPort.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import type { Signing } from "../../mavlink/signing.js";
import { createStation } from "../station.js";
import type { StationOptions } from "../stationTypes.js";
import { reading } from "./reading.js";

/** A link without sockets: every vehicle on it receives what the station sends. */
export class FakeWire {
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "open", address: "test", port: 1 });
  readonly #listeners: { readonly from: string; readonly receive: (bytes: Uint8Array) => void }[] = [];
  /** Every frame that the station sent, once each. */
  readonly sent: Uint8Array[] = [];
  isCut = false;
  readonly port: LinkPort;

  constructor(uri = "udp://:14550") {
    this.port = {
      uri,
      isDatagram: true,
      chunks$: this.#chunks$.asObservable(),
      state$: this.#state$.asObservable(),
      send: (bytes, to) => {
        if (this.isCut) return;
        this.sent.push(bytes);
        for (const { from, receive } of this.#listeners) if (to === undefined || to === from) receive(bytes);
      },
      dispose: () => Promise.resolve(),
    };
  }

  join(from: string, receive: (bytes: Uint8Array) => void): void {
    this.#listeners.push({ from, receive });
  }

  deliver(bytes: Uint8Array, from: string): void {
    if (!this.isCut) this.#chunks$.next({ bytes, from });
  }

  setState(state: LinkPortState): void {
    this.#state$.next(state);
  }
}

type FakeVehicleOptions = {
  readonly wires?: readonly FakeWire[];
  readonly systemId?: number;
  readonly from?: string;
};

/** Just enough of an ArduPilot Copter on one or more links: it stores a mission and sends its state. */
export class FakeVehicle {
  readonly received: MavlinkFrame[] = [];
  readonly #reader = createReader({ isDatagram: true });
  readonly #systemId: number;
  readonly #from: string;
  readonly wires: readonly FakeWire[];
  /** Each channel of an autopilot has its own sequence numbers. */
  readonly #seqs: number[];
  #mission: MavlinkFields[] = [];
  #countOfWanted = 0;
  isAnsweringMission = true;
  /** Of the frames it sends. */
  version: 1 | 2 = 2;

  constructor({ wires = [new FakeWire()], systemId = 1, from = "10.0.0.1:1" }: FakeVehicleOptions = {}) {
    this.wires = wires;
    this.#systemId = systemId;
    this.#from = from;
    this.#seqs = wires.map((_, i) => i * 50);
    for (const wire of wires)
      wire.join(from, (bytes) => this.#reader.push(bytes, (frame) => this.#onFrame(frame, wire)));
  }

  get port(): LinkPort {
    return this.wires[0]!.port;
  }

  /** Sends on all its links, or only on one. */
  send(name: string, fields: MavlinkFields, only?: FakeWire): void {
    this.wires.forEach((wire, i) => {
      if (only && only !== wire) return;
      wire.deliver(this.frame(name, fields, i), this.#from);
    });
  }

  frame(name: string, fields: MavlinkFields, wireIndex = 0, signing?: Signing): Uint8Array {
    const seq = this.#seqs[wireIndex]!;
    this.#seqs[wireIndex] = (seq + 1) & 0xff;
    const sealed = signing ? { signing } : {};
    const { version } = this;
    return encodeFrame({ name, fields, systemId: this.#systemId, componentId: 1, seq, version, ...sealed });
  }

  raw(bytes: Uint8Array): void {
    this.wires[0]!.deliver(bytes, this.#from);
  }

  /** Sends at once ten times what a real vehicle sends every second: heartbeat, position and time since boot. */
  sendTelemetry(
    nowMonoMs: number,
    { bootMonoMs = 0, northM = 0, isArmed = false, only = undefined as FakeWire | undefined } = {},
  ) {
    const time_boot_ms = Math.max(1, nowMonoMs - bootMonoMs);
    const base_mode = 81 + (isArmed ? 128 : 0);
    this.send(
      "HEARTBEAT",
      { type: 2, autopilot: 3, base_mode, custom_mode: 4, system_status: 3, mavlink_version: 3 },
      only,
    );
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    const place = { lat: 507745000 + Math.round((northM / 111_320) * 1e7), lon: 16075290, alt: 4000, relative_alt: 0 };
    this.send("GLOBAL_POSITION_INT", { time_boot_ms, ...place }, only);
    this.send("ATTITUDE", { time_boot_ms, roll: 0.1 }, only);
  }

  sendHeartbeat(isArmed = false): void {
    const base_mode = 81 + (isArmed ? 128 : 0);
    this.send("HEARTBEAT", { type: 2, autopilot: 3, base_mode, custom_mode: 4, system_status: 3, mavlink_version: 3 });
  }

  sendHome(): void {
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    this.send("HOME_POSITION", { latitude: 507745000, longitude: 16075290, altitude: 4000 });
  }

  /** Sends the message that only simulated autopilots send. */
  sendSimulated(): void {
    this.send("SIMSTATE", { roll: 0.1 });
  }

  count(name: string): number {
    return this.received.filter((frame) => frame.name === name).length;
  }

  #onFrame(frame: MavlinkFrame, on: FakeWire): void {
    this.received.push(frame);
    if (!this.isAnsweringMission) return;
    const publish = (name: string, fields: MavlinkFields): void => this.send(name, fields, on);
    const to = { target_system: 255, target_component: 190, mission_type: 0 };
    const { fields } = frame;
    if (frame.name === "MISSION_COUNT") {
      this.#mission = [];
      this.#countOfWanted = Number(fields["count"]);
      publish("MISSION_REQUEST", { ...to, seq: 0 });
    }
    if (frame.name === "MISSION_ITEM_INT") {
      this.#mission.push(fields);
      const isLast = this.#mission.length === this.#countOfWanted;
      if (isLast) publish("MISSION_ACK", { ...to, type: 0 });
      else publish("MISSION_REQUEST", { ...to, seq: this.#mission.length });
    }
    if (frame.name === "MISSION_REQUEST_LIST") publish("MISSION_COUNT", { ...to, count: this.#mission.length });
    if (frame.name === "MISSION_REQUEST_INT") {
      publish("MISSION_ITEM_INT", { ...this.#mission[Number(fields["seq"])], ...to });
    }
  }
}

/** What a test wants other than one link, no video, and heartbeats only while a screen is there. */
export type StationChanges = {
  readonly inputs?: Partial<StationOptions["inputs"]>;
  readonly sortieFolder?: string;
  readonly requireUiHeartbeat?: boolean;
  readonly io?: StationOptions["io"];
};

/** A station on virtual time with one screen and one link. */
export async function stationWith(clock: FakeClock, dataFolder: string, changes: StationChanges = {}) {
  const { inputs, sortieFolder, requireUiHeartbeat = true, io } = changes;
  const vehicle = new FakeVehicle();
  const published: ToUi[] = [];
  const station = createStation({
    inputs: { links: ["udp://:14550"], video: [], decoder: "none", ...inputs },
    folders: { data: dataFolder, sortie: sortieFolder },
    training: undefined,
    requireUiHeartbeat,
    io: { time: { clock, scheduler: clock }, openLink: () => ok(vehicle.port), ...io },
  });
  const screen = station.connectUi(reading((message) => published.push(message)));
  while (!published.some((message) => message.kind === "hello")) await new Promise((resolve) => setImmediate(resolve));
  let requestId = 0;
  const ask = async (request: object): Promise<Extract<ToUi, { kind: "reply" }>["result"]> => {
    const id = ++requestId;
    // A command as a screen sends it, unless the test says otherwise: with its own id, and confirmed.
    const order = "command" in request ? { commandId: `test-${id}`, isConfirmed: true } : {};
    screen.fromUi({ kind: "request", requestId: id, request: { ...order, ...request } });
    // Virtual time for the protocols; real turns of the event loop for the disk, as many as it needs.
    const untilMs = Date.now() + 20_000;
    for (let turn = 0; Date.now() < untilMs; turn++) {
      const reply = published.find((message) => message.kind === "reply" && message.requestId === id);
      if (reply?.kind === "reply") return reply.result;
      if (turn < 200) clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("no reply");
  };
  return { station, screen, vehicle, published, ask };
}
