import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { freePort } from "../../../io/testing/freePort.js";

/** A link between a station and an aircraft that a test can hold, cut, listen to and send into. */
export type LinkProxy = {
  /** The URI that the station opens instead of the aircraft's own. */
  readonly uri: string;
  /** Packets of both directions wait, as in a stalled radio; `release` delivers all of them at once. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Packets of both directions are lost. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Sends to the aircraft, as another station on the same link would. */
  readonly inject: (bytes: Uint8Array) => void;
  readonly onFromAircraft: (listener: (bytes: Uint8Array) => void) => void;
  readonly onToAircraft: (listener: (bytes: Uint8Array) => void) => void;
  readonly close: () => void;
};

type Ends = {
  readonly uri: string;
  readonly toAircraft: (bytes: Uint8Array) => void;
  readonly toStation: (bytes: Uint8Array) => void;
  readonly close: () => void;
};
type Received = {
  readonly fromAircraft: (bytes: Uint8Array) => void;
  readonly fromStation: (bytes: Uint8Array) => void;
};

const FORM = /^(udp|tcp):\/\/([^:]*):(\d+)$/;

/** `udp://:PORT` listens for the aircraft, `udp://HOST:PORT` sends first, `tcp://HOST:PORT` connects. */
export async function openProxy(uri: string): Promise<LinkProxy> {
  const [, kind, host = "", portText] = FORM.exec(uri) ?? [];
  const port = Number(portText);
  if (kind === undefined) throw new Error(`${uri}: a trial takes udp://:PORT, udp://HOST:PORT or tcp://HOST:PORT`);
  const waiting: (() => void)[] = [];
  const listeners = { aircraft: [] as ((bytes: Uint8Array) => void)[], station: [] as ((bytes: Uint8Array) => void)[] };
  let state: "open" | "held" | "cut" = "open";
  const pass = (send: () => void): void => {
    if (state === "held") waiting.push(send);
    else if (state === "open") send();
  };
  const received: Received = {
    fromAircraft: (bytes) => {
      for (const listener of listeners.aircraft) listener(bytes);
      pass(() => ends.toStation(bytes));
    },
    fromStation: (bytes) => {
      for (const listener of listeners.station) listener(bytes);
      pass(() => ends.toAircraft(bytes));
    },
  };
  const ends = await (kind === "tcp" ? tcpEnds(host, port, received) : udpEnds(host, port, received));
  const reopen = (): void => {
    state = "open";
    for (const send of waiting.splice(0)) send();
  };
  return {
    uri: ends.uri,
    hold: () => void (state = "held"),
    release: reopen,
    cut: () => void (state = "cut"),
    mend: reopen,
    inject: (bytes) => ends.toAircraft(bytes),
    onFromAircraft: (listener) => void listeners.aircraft.push(listener),
    onToAircraft: (listener) => void listeners.station.push(listener),
    close: ends.close,
  };
}

async function udpEnds(host: string, port: number, received: Received): Promise<Ends> {
  const up = createSocket("udp4");
  const down = createSocket("udp4");
  const bound = (socket: UdpSocket, at: number): Promise<void> =>
    new Promise((done, fail) => {
      socket.once("error", fail);
      socket.bind(at, () => done());
    });
  await bound(up, host === "" ? port : 0);
  await bound(down, 0);
  const stationPort = await freePort();
  let aircraft = host === "" ? undefined : { address: host, port };
  let isOpen = true;
  up.on("message", (bytes, from) => {
    aircraft = from;
    received.fromAircraft(bytes);
  });
  down.on("message", (bytes) => received.fromStation(bytes));
  for (const socket of [up, down]) socket.on("error", () => undefined);
  return {
    uri: `udp://:${stationPort}`,
    toAircraft: (bytes) => {
      if (isOpen && aircraft) up.send(bytes, aircraft.port, aircraft.address);
    },
    toStation: (bytes) => {
      if (isOpen) down.send(bytes, stationPort, "127.0.0.1");
    },
    close: () => {
      isOpen = false;
      up.close();
      down.close();
    },
  };
}

/** One station at a time, each with its own connection to the aircraft: a real autopilot's port serves one client. */
async function tcpEnds(host: string, port: number, received: Received): Promise<Ends> {
  let station: Socket | undefined;
  let aircraft: Socket | undefined;
  const server = createServer((client) => {
    const upstream = connect(port, host);
    [station, aircraft] = [client, upstream];
    upstream.on("data", received.fromAircraft);
    client.on("data", received.fromStation);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      one.on("error", () => undefined);
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port: own } = server.address() as AddressInfo;
  const write = (socket: Socket | undefined, bytes: Uint8Array): void => {
    if (socket && !socket.destroyed) socket.write(bytes);
  };
  return {
    uri: `tcp://127.0.0.1:${own}`,
    toAircraft: (bytes) => write(aircraft, bytes),
    toStation: (bytes) => write(station, bytes),
    close: () => {
      station?.destroy();
      aircraft?.destroy();
      server.close();
    },
  };
}
