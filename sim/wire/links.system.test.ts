import { createSocket } from "node:dgram";
import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createEncoder, decodeDatagram, type ReceivedMessage } from "./mavlinkCodec.js";
import { openTcpLink } from "./tcpLink.js";
import { openUdpLink } from "./udpLink.js";

const encode = createEncoder({ systemId: 255, componentId: 190 });
const heartbeat = () => encode({ name: "HEARTBEAT", fields: { type: 6, autopilot: 8, mavlinkVersion: 3 } });
const portOf = (name: string): number => Number(name.split(":").pop());

/** Resolves with the first value passed to the callback given to `on`. */
const first = <T>(on: (resolve: (value: T) => void) => void): Promise<T> => new Promise(on);

async function client(port: number): Promise<{ readonly socket: Socket; readonly next: () => Promise<Buffer> }> {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", () => resolve(undefined)));
  return { socket, next: () => first((resolve) => socket.once("data", resolve)) };
}

describe("tcpin", () => {
  it("serves one client a time; the second is served when the first leaves, whatever garbage came", async () => {
    let arrived: (message: ReceivedMessage) => void = () => undefined;
    const link = await openTcpLink("127.0.0.1", 0, (message) => arrived(message));
    const one = await client(portOf(link.name));
    const received = first<ReceivedMessage>((resolve) => (arrived = resolve));
    one.socket.write(Buffer.concat([Buffer.from("garbage\xfd\x00", "latin1"), heartbeat(), heartbeat(), heartbeat()]));
    expect((await received).name).toBe("HEARTBEAT");
    const two = await client(portOf(link.name));
    const toOne = one.next();
    link.send(heartbeat());
    expect(decodeDatagram(await toOne)).toHaveLength(1);
    expect(two.socket.bytesRead).toBe(0);
    const again = first<ReceivedMessage>((resolve) => (arrived = resolve));
    two.socket.write(heartbeat());
    one.socket.destroy();
    await again;
    const toTwo = two.next();
    link.send(heartbeat());
    expect(decodeDatagram(await toTwo)).toHaveLength(1);
    two.socket.destroy();
    await link.close();
  });
});

describe("udpout", () => {
  it("findings 5.11: never sits on the port it sends to: that one is the station's", async () => {
    const station = createSocket("udp4");
    await new Promise((resolve) => station.bind(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = station.address();
    await new Promise<void>((resolve) => station.close(() => resolve()));
    // The system assigns exactly that port, as happened once in three starts.
    const link = await openUdpLink("127.0.0.1", port, () => undefined, port);
    const late = createSocket("udp4");
    await new Promise((resolve) => late.bind(port, "127.0.0.1", () => resolve(undefined)));
    expect(late.address().port).toBe(port);
    late.close();
    await link.close();
  });

  it("sends to its address and hears the answer; garbage harms nothing", async () => {
    const station = createSocket("udp4");
    await new Promise((resolve) => station.bind(0, "127.0.0.1", () => resolve(undefined)));
    let arrived: (message: ReceivedMessage) => void = () => undefined;
    const link = await openUdpLink("127.0.0.1", station.address().port, (message) => arrived(message));
    const got = first<{ bytes: Buffer; port: number }>((resolve) =>
      station.once("message", (bytes, from) => resolve({ bytes, port: from.port })),
    );
    link.send(heartbeat());
    const { bytes, port } = await got;
    expect(decodeDatagram(bytes)).toHaveLength(1);
    const received = first<ReceivedMessage>((resolve) => (arrived = resolve));
    station.send(Buffer.from([0xfd, 0xff, 1, 2, 3]), port, "127.0.0.1");
    station.send(heartbeat(), port, "127.0.0.1");
    expect((await received).name).toBe("HEARTBEAT");
    await link.close();
    await new Promise((resolve) => station.close(() => resolve(undefined)));
  });
});
