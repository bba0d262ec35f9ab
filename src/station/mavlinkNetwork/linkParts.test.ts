/** The small rules of the network, each on its own: choice of path, direct addresses, copies of frames. */
import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { isDirectAddress, isDirectLink } from "./directLink.js";
import { LinkPeers } from "./linkPeers.js";
import { linkNameOf } from "./linkSession.js";
import { LoopbackFilter, CopyDetector } from "./copyDetector.js";

function frameOf(name: string, seq: number, fields = {}): MavlinkFrame {
  let found: MavlinkFrame | undefined;
  const bytes = encodeFrame({ name, fields, systemId: 1, componentId: 1, seq, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => (found = frame));
  return found!;
}

/** The source that delivered the frame first, where this is a copy. */
const firstIn =
  (seen: CopyDetector) =>
  (...received: Parameters<CopyDetector["onFrame"]>): string | undefined => {
    const { first, isCopy } = seen.onFrame(...received);
    return isCopy ? first.sourceKey : undefined;
  };

describe("frames heard before", () => {
  it("are copies within three seconds, from whichever ear; the same number later is another frame", () => {
    const seen = new CopyDetector();
    const firstOf = firstIn(seen);
    const sendHeartbeat = frameOf("HEARTBEAT", 9);
    expect(firstOf(sendHeartbeat, "a", 0)).toBeUndefined();
    expect(firstOf(sendHeartbeat, "b", 2000)).toBe("a");
    expect(firstOf(frameOf("HEARTBEAT", 9, { type: 2 }), "b", 2000)).toBeUndefined();
    expect(firstOf(sendHeartbeat, "a", 2100)).toBeUndefined();
    expect(firstOf(sendHeartbeat, "a", 6000)).toBeUndefined();
  });

  it("are not copies when the numbers have come round, however fast", () => {
    const seen = new CopyDetector();
    const firstOf = firstIn(seen);
    for (let i = 0; i < 1024; i++) expect(firstOf(frameOf("HEARTBEAT", i & 255), "a", i)).toBeUndefined();
  });

  it("are still recognised after hundreds of others of the same sender", () => {
    const seen = new CopyDetector();
    const firstOf = firstIn(seen);
    for (let i = 0; i < 400; i++) seen.onFrame(frameOf("HEARTBEAT", i & 255), "a", i);
    expect(firstOf(frameOf("HEARTBEAT", 399 & 255), "b", 400)).toBe("a");
  });

  it("of our own are known as echoes for some seconds", () => {
    const echoes = new LoopbackFilter();
    const sendHeartbeat = frameOf("HEARTBEAT", 9);
    echoes.onSent(sendHeartbeat, 0);
    expect(echoes.isLoopback(sendHeartbeat)).toBe(true);
    for (let nowMonoMs = 4000; nowMonoMs < 20_000; nowMonoMs += 4000)
      echoes.onSent(frameOf("SYS_STATUS", 1), nowMonoMs);
    expect(echoes.isLoopback(sendHeartbeat)).toBe(false);
  });
});

describe("peers on one wire", () => {
  it("each have a stream of their own, and a flood of them does not grow without bound", () => {
    const peers = new LinkPeers(false);
    const bytes = frameOf("HEARTBEAT", 1).bytes;
    let count = 0;
    const push = (piece: Uint8Array, from: string): void => void (count += peers.push(piece, from, 0).length);
    push(bytes.subarray(0, 8), "a");
    push(bytes, "b");
    push(bytes.subarray(8), "a");
    expect(count).toBe(2);
    for (let i = 0; i < 1000; i++) push(bytes, `10.0.0.1:${i}`);
    expect(peers.size).toBeLessThanOrEqual(64);
    expect(peers.counters().messages).toBe(1002);
  });

  it("findings 6.4: junk from any number of ports takes no place, and a known vehicle's is never given away", () => {
    const peers = new LinkPeers(true);
    const bytes = frameOf("HEARTBEAT", 1).bytes;
    peers.push(bytes, "10.0.0.1:1", 0);
    peers.pin("10.0.0.1:1");
    for (let i = 0; i < 2000; i++) peers.push(bytes.subarray(0, 10), `10.0.0.2:${i}`, 1000 + i);
    expect(peers.size).toBe(1);
    for (let i = 0; i < 2000; i++) peers.push(bytes, `10.0.0.3:${i}`, 4000 + i);
    expect(peers.size).toBeLessThanOrEqual(65);
    expect(peers.recipients(6000, 30_000, 3000)).toContain("10.0.0.1:1");
    expect(peers.counters()).toMatchObject({ messages: 2001, garbageBytes: 20_000 });
    peers.unpin("10.0.0.1:1");
    for (let i = 0; i < 64; i++) peers.push(bytes, `10.0.0.4:${i}`, 7000);
    expect(peers.recipients(7000, 30_000, 30_000)).not.toContain("10.0.0.1:1");
  });

  it("are spoken to while they are heard: a stranger for three seconds, a known vehicle's for thirty", () => {
    const peers = new LinkPeers(true);
    const bytes = frameOf("HEARTBEAT", 1).bytes;
    for (const from of ["a:1", "b:2"]) peers.push(bytes, from, 0);
    peers.pin("a:1");
    expect(peers.recipients(3000, 30_000, 3000)).toEqual(["a:1", "b:2"]);
    expect(peers.recipients(3001, 30_000, 3000)).toEqual(["a:1"]);
    expect(peers.recipients(30_001, 30_000, 3000)).toEqual([]);
  });
});

describe("a direct link", () => {
  const cards = {
    lo: [{ address: "127.0.0.1", netmask: "255.0.0.0", family: "IPv4" }],
    usb0: [{ address: "10.41.10.1", netmask: "255.255.255.0", family: "IPv4" }],
    wlan0: [{ address: "192.168.4.2", netmask: "255.255.255.0", family: "IPv4" }],
  };
  it.each([
    ["127.0.0.1", true],
    ["::1", true],
    ["169.254.3.4", true],
    ["10.41.10.2", true],
    ["10.41.11.2", false],
    ["192.168.4.1", false],
    ["203.0.113.9", false],
    ["drone.example", false],
    ["localhost", true],
    ["10.169.254.3", false],
  ])("%s: %s", (address, isDirect) => {
    expect(isDirectAddress(address, cards)).toBe(isDirect);
  });

  it("is a serial port, unless a radio is at its end", () => {
    expect(isDirectLink("serial:/dev/ttyACM0:57600", "/dev/ttyACM0", false)).toBe(true);
    expect(isDirectLink("serial:/dev/ttyUSB0:57600", "/dev/ttyUSB0", true)).toBe(false);
    expect(isDirectLink("udp://:14550", "127.0.0.1:5000", false)).toBe(true);
  });
});

describe("the name of a link", () => {
  it.each([
    ["udp://:14550", "udp:14550"],
    ["udpin://0.0.0.0:14550", "udp:0.0.0.0:14550"],
    ["tcp://sitl:5760", "tcp:sitl:5760"],
    ["tcpin://:5760", "tcpin:5760"],
    ["serial:/dev/ttyUSB0:57600", "serial:/dev/ttyUSB0"],
    ["serial:COM3:115200", "serial:COM3"],
    ["tcp://sitl:5760/", "tcp:sitl:5760"],
  ])("%s is %s", (uri, name) => {
    expect(linkNameOf(uri)).toBe(name);
  });
});
