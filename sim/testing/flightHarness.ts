import type { Scenario } from "../scenario.js";
import { createAircraft, type Aircraft, type AircraftOptions } from "../aircraft.js";
import {
  createEncoder,
  decodeDatagram,
  type ReceivedMessage,
  type WireFields,
  type WireMessage,
  type WireName,
} from "../wire/mavlinkCodec.js";

/** A quiet beach north of Boulogne with nobody on it. */
export const QUIET_BEACH: Scenario = {
  name: "quiet beach",
  teaches: "nothing",
  seed: 1,
  clock: "arming",
  home: { latitudeDeg: 50.77, longitudeDeg: 1.6045, altitudeAmslM: 6 },
  wind: { fromDeg: 240, meanMps: 5, gustMps: 2 },
  navigation: { horizontalM: 0.6, verticalM: 0.5, attitudeDeg: 0.3 },
  temperatures: { seaC: 10, wetSandC: 7, drySandC: 5, grassC: 4, roadC: 7 },
  camera: { widthPx: 640, heightPx: 512, hfovDeg: 40, framesPerS: 25, netdK: 0.05 },
  actors: [],
};

type Received<N extends WireName> = { readonly fields: WireFields<N> };

/** A test's ground station: all messages pass through real MAVLink bytes, time is simulated. */
export type FlightHarness = {
  readonly aircraft: Aircraft;
  /** Everything the aircraft sent, oldest first, its camera included; the members below cover the autopilot only. */
  readonly received: ReceivedMessage[];
  readonly all: <N extends WireName>(name: N) => readonly Received<N>[];
  readonly last: <N extends WireName>(name: N) => WireFields<N> | undefined;
  readonly texts: () => readonly string[];
  readonly send: (message: WireMessage) => void;
  /** Sends a COMMAND_LONG; returns the result of its acknowledgement. */
  readonly command: (command: number, ...params: readonly number[]) => number | undefined;
  /** Sends a COMMAND_INT with a position; returns the result of its acknowledgement. */
  readonly commandInt: (command: number, fields: IntFields) => number | undefined;
  readonly runS: (seconds: number) => void;
  /** Runs until `isDone`, at most `mostS` seconds; true when `isDone` was reached. */
  readonly runUntil: (isDone: () => boolean, mostS: number) => boolean;
  /** Uploads items without losses (for ArduPilot home is put first); returns the MAV_MISSION_RESULT. */
  readonly upload: (items: readonly HarnessItem[]) => number | undefined;
};

/** What the last heartbeat of the autopilot says. */
export const isArmed = (flight: FlightHarness): boolean => ((flight.last("HEARTBEAT")?.baseMode ?? 0) & 128) !== 0;

export type HarnessItem = {
  readonly command: number;
  readonly frame?: number;
  readonly params?: readonly number[];
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
  readonly zM?: number;
};

type IntFields = {
  readonly frame?: number;
  /** param1..param4. */
  readonly params?: readonly number[];
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
  readonly zM?: number;
};

const TO = { targetSystem: 1, targetComponent: 1 } as const;

function itemMessage(item: HarnessItem, seq: number): WireMessage {
  const [param1 = 0, param2 = 0, param3 = 0, param4 = 0] = item.params ?? [];
  return {
    name: "MISSION_ITEM_INT",
    fields: {
      ...TO,
      seq,
      frame: item.frame ?? 6,
      command: item.command,
      autocontinue: 1,
      param1,
      param2,
      param3,
      param4,
      x: Math.round((item.latitudeDeg ?? 0) * 1e7),
      y: Math.round((item.longitudeDeg ?? 0) * 1e7),
      z: item.zM ?? 0,
    },
  };
}

function intMessage(command: number, fields: IntFields): WireMessage {
  const [_param1 = 0, _param2 = 0, _param3 = 0, _param4 = 0] = fields.params ?? [];
  return {
    name: "COMMAND_INT",
    fields: {
      ...TO,
      command,
      frame: fields.frame ?? 6,
      _param1,
      _param2,
      _param3,
      _param4,
      _param5: Math.round((fields.latitudeDeg ?? 0) * 1e7),
      _param6: Math.round((fields.longitudeDeg ?? 0) * 1e7),
      _param7: fields.zM ?? 0,
    },
  };
}

/** Complete texts: chunks are joined, and PX4's trailing tab (meaning an event reports the same) is removed. */
function textsOf(received: readonly Received<"STATUSTEXT">[]): readonly string[] {
  const texts: string[] = [];
  for (const { fields } of received) {
    if (fields.chunkSeq > 0) texts.push((texts.pop() ?? "") + fields.text);
    else texts.push(fields.text);
  }
  return texts.map((text) => text.replace(/\t$/, ""));
}

/** What a test wants other than a quiet beach, system id 1, seed 1 and a full battery. */
export type FlightChanges = {
  readonly site?: Partial<AircraftOptions["site"]>;
  readonly vehicle?: Partial<AircraftOptions["vehicle"]>;
  readonly boot?: Partial<AircraftOptions["boot"]>;
  readonly speedup?: number;
};

export function createFlightHarness({ site, vehicle, boot, speedup = 1 }: FlightChanges = {}): FlightHarness {
  const received: ReceivedMessage[] = [];
  // Indexed by name, because tests ask for the last message of a kind thousands of times.
  const byName = new Map<WireName, ReceivedMessage[]>();
  const listen = (message: ReceivedMessage): void => {
    received.push(message);
    if (message.from.componentId !== 1) return;
    const filed = byName.get(message.name);
    if (filed) filed.push(message);
    else byName.set(message.name, [message]);
  };
  const encodeDown = createEncoder({ systemId: 1, componentId: 1 });
  const encodeUp = createEncoder({ systemId: 255, componentId: 190 });
  const aircraft = createAircraft({
    site: { scenario: QUIET_BEACH, ...site },
    vehicle: { seed: 1, systemId: 1, ...vehicle },
    boot: { unixUs: 1_795_400_000_000_000, ...boot },
    ports: { send: (message) => decodeDatagram(encodeDown(message)).forEach(listen) },
    speedup,
  });
  let nextHeartbeatMs = 0;
  const send = (message: WireMessage): void => {
    for (const arrived of decodeDatagram(encodeUp(message))) aircraft.receive(arrived);
  };
  const runS = (seconds: number): void => {
    const untilMs = aircraft.nowMs() + seconds * 1000;
    while (aircraft.nowMs() < untilMs) {
      if (aircraft.nowMs() >= nextHeartbeatMs) {
        send({ name: "HEARTBEAT", fields: { type: 6, autopilot: 8, mavlinkVersion: 3 } });
        nextHeartbeatMs += 1000;
      }
      aircraft.advanceTo(aircraft.nowMs() + 20);
    }
  };
  // The message name determines the fields' type, which the compiler cannot derive for a generic parameter.
  const all = <N extends WireName>(name: N) => (byName.get(name) ?? []) as unknown as readonly Received<N>[];
  const last = <N extends WireName>(name: N) => all(name).at(-1)?.fields;
  const ackOf = (command: number): number | undefined => {
    const ack = last("COMMAND_ACK");
    return ack?.command === command ? ack.result : undefined;
  };
  const isPx4 = vehicle?.flavour?.autopilot === "px4";
  return {
    aircraft,
    received,
    all,
    last,
    texts: () => textsOf(all("STATUSTEXT")),
    send,
    command: (command, ...params) => {
      const [_param1 = 0, _param2 = 0, _param3 = 0, _param4 = 0, _param5 = 0, _param6 = 0, _param7 = 0] = params;
      send({
        name: "COMMAND_LONG",
        fields: { ...TO, command, _param1, _param2, _param3, _param4, _param5, _param6, _param7 },
      });
      return ackOf(command);
    },
    commandInt: (command, fields) => {
      send(intMessage(command, fields));
      return ackOf(command);
    },
    runS,
    runUntil: (isDone, mostS) => {
      const untilMs = aircraft.nowMs() + mostS * 1000;
      while (!isDone() && aircraft.nowMs() < untilMs) runS(0.1);
      return isDone();
    },
    upload: (items) => {
      const all_ = isPx4 ? items : [{ command: 16, frame: 0 }, ...items];
      send({ name: "MISSION_COUNT", fields: { ...TO, count: all_.length } });
      all_.forEach((item, seq) => send(itemMessage(item, seq)));
      return last("MISSION_ACK")?.type;
    },
  };
}
