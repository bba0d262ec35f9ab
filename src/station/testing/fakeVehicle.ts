import { BehaviorSubject, Subject } from "rxjs";
import { ok } from "../../core/result.js";
import type { FakeClock } from "../../core/fakeClock.js";
import type { ToUi } from "../../contract/messages.js";
import type { LinkChunk, LinkPort, LinkPortState } from "../../io/linkPort.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { createStation } from "../station.js";
import type { StationOptions } from "../stationTypes.js";

/** A wire without sockets and, at its end, just enough of an ArduPilot Copter: it keeps a mission and tells its state. */
export class FakeVehicle {
  readonly heard: MavlinkFrame[] = [];
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "open", address: "test", port: 1 });
  readonly #reader = createReader({ isDatagram: true });
  #seq = 0;
  #mission: MavlinkFields[] = [];
  #countOfWanted = 0;
  isAnsweringMission = true;

  readonly port: LinkPort = {
    uri: "udp://:14550",
    isDatagram: true,
    chunks$: this.#chunks$.asObservable(),
    state$: this.#state$.asObservable(),
    send: (bytes) => this.#reader.push(bytes, (frame) => this.#onFrame(frame)),
    dispose: () => Promise.resolve(),
  };

  say(name: string, fields: MavlinkFields): void {
    this.raw(encodeFrame({ name, fields, systemId: 1, componentId: 1, seq: this.#seq, version: 2 }));
    this.#seq = (this.#seq + 1) & 0xff;
  }

  raw(bytes: Uint8Array): void {
    this.#chunks$.next({ bytes, from: "test:1" });
  }

  beat(isArmed = false): void {
    const base_mode = 81 + (isArmed ? 128 : 0);
    this.say("HEARTBEAT", { type: 2, autopilot: 3, base_mode, custom_mode: 4, system_status: 3, mavlink_version: 3 });
  }

  tellHome(): void {
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    this.say("HOME_POSITION", { latitude: 507745000, longitude: 16075290, altitude: 4000 });
  }

  /** Only simulated autopilots say it. */
  tellSimulated(): void {
    this.say("SIMSTATE", { roll: 0.1 });
  }

  count(name: string): number {
    return this.heard.filter((frame) => frame.name === name).length;
  }

  #onFrame(frame: MavlinkFrame): void {
    this.heard.push(frame);
    if (!this.isAnsweringMission) return;
    const to = { target_system: 255, target_component: 190, mission_type: 0 };
    const { fields } = frame;
    if (frame.name === "MISSION_COUNT") {
      this.#mission = [];
      this.#countOfWanted = Number(fields["count"]);
      this.say("MISSION_REQUEST", { ...to, seq: 0 });
    }
    if (frame.name === "MISSION_ITEM_INT") {
      this.#mission.push(fields);
      const isLast = this.#mission.length === this.#countOfWanted;
      if (isLast) this.say("MISSION_ACK", { ...to, type: 0 });
      else this.say("MISSION_REQUEST", { ...to, seq: this.#mission.length });
    }
    if (frame.name === "MISSION_REQUEST_LIST") this.say("MISSION_COUNT", { ...to, count: this.#mission.length });
    if (frame.name === "MISSION_REQUEST_INT") {
      this.say("MISSION_ITEM_INT", { ...this.#mission[Number(fields["seq"])], ...to });
    }
  }
}

/** A station on virtual time with one screen, on a wire of its own. */
export async function stationWith(clock: FakeClock, dataFolder: string, changes: Partial<StationOptions> = {}) {
  const vehicle = new FakeVehicle();
  const said: ToUi[] = [];
  const station = createStation({
    links: ["udp://:14550"],
    video: undefined,
    dataFolder,
    training: undefined,
    decoder: "none",
    requireUiHeartbeat: true,
    clock,
    scheduler: clock,
    openLink: () => ok(vehicle.port),
    ...changes,
  });
  const screen = station.connectUi((message) => said.push(message));
  while (!said.some((message) => message.kind === "hello")) await new Promise((resolve) => setImmediate(resolve));
  let requestId = 0;
  const ask = async (request: object): Promise<Extract<ToUi, { kind: "reply" }>["result"]> => {
    const id = ++requestId;
    screen.fromUi({ kind: "request", requestId: id, request });
    // Virtual time for the machines; real turns of the event loop for the disk, as many as it needs.
    const untilMs = Date.now() + 20_000;
    for (let turn = 0; Date.now() < untilMs; turn++) {
      const reply = said.find((message) => message.kind === "reply" && message.requestId === id);
      if (reply?.kind === "reply") return reply.result;
      if (turn < 200) clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("no reply");
  };
  return { station, screen, vehicle, said, ask };
}
