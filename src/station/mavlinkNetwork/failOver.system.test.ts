/** Real sockets: one vehicle over UDP and TCP, the UDP side cut in flight; two vehicles with one id on one port. */
import { createSocket } from "node:dgram";
import { mkdtempSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ToUi } from "../../contract/messages.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { createStation } from "../station.js";
import { freePort } from "../../io/testing/freePort.js";
import { eventually, ofKind } from "../testing/servedStation.js";
import { reading } from "../testing/reading.js";

const over: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of over.splice(0).reverse()) await end();
});

async function aStation(links: readonly string[]) {
  const station = createStation({
    inputs: { links, video: [], decoder: "none" },
    folders: { data: mkdtempSync(join(tmpdir(), "vigie-failover-")) },
    training: undefined,
    requireUiHeartbeat: false,
  });
  over.push(() => station.dispose());
  const published: ToUi[] = [];
  station.connectUi(reading((message) => published.push(message)));
  const batch = () => ofKind(published, "telemetry-batch").at(-1);
  await eventually(() => batch()?.links.length, 10_000).toBe(links.length);
  const keys = () => ofKind(published, "notice").map(({ notice }) => `${notice.severity} ${notice.key}`);
  const paths = () => batch()?.paths[0]?.paths.map(({ linkName, state }) => `${linkName} ${state}`);
  return { batch, keys, paths };
}

/** Sends its heartbeat and position ten times a second over the given wires. */
function vehicleOver(wires: readonly ((bytes: Uint8Array) => void)[], bootedAgoMs: number): void {
  const startMs = performance.now() - bootedAgoMs;
  let seq = 0;
  const publish = (name: string, fields: MavlinkFields): void => {
    const bytes = encodeFrame({ name, fields, systemId: 1, componentId: 1, seq: seq++ & 255, version: 2 });
    for (const send of wires) send(bytes);
  };
  const timer = setInterval(() => {
    const time_boot_ms = Math.round(performance.now() - startMs);
    publish("HEARTBEAT", {
      type: 2,
      autopilot: 3,
      base_mode: 81,
      custom_mode: 4,
      system_status: 3,
      mavlink_version: 3,
    });
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    publish("GLOBAL_POSITION_INT", { time_boot_ms, lat: 507_745_000, lon: 16_075_290 });
  }, 100);
  over.push(() => clearInterval(timer));
}

function udpTo(port: number): (bytes: Uint8Array) => void {
  const socket = createSocket("udp4");
  let isOpen = true;
  over.push(() => {
    isOpen = false;
    socket.close();
  });
  return (bytes) => {
    if (isOpen) socket.send(bytes, port, "127.0.0.1");
  };
}

describe("one vehicle over a UDP and a TCP link", () => {
  it("is one, goes on over the other when one is cut off, and says so", async () => {
    const [udpPort, tcpPort] = [await freePort(), await freePort()];
    const { batch, keys, paths } = await aStation([`udp://:${udpPort}`, `tcpin://127.0.0.1:${tcpPort}`]);
    const [udp, tcp] = [`udp:${udpPort}`, `tcpin:127.0.0.1:${tcpPort}`];
    let client: Socket | undefined = connect(tcpPort, "127.0.0.1");
    client.on("error", () => undefined);
    over.push(() => void client?.destroy());
    const sendUdp = udpTo(udpPort);
    let isCut = false;
    vehicleOver([(bytes) => (isCut ? undefined : sendUdp(bytes)), (bytes) => client?.write(bytes)], 60_000);
    await eventually(() => paths()?.length, 15_000).toBe(2);
    expect(batch()?.vehicles.length).toBe(1);
    const isActive = (name: string) => paths()?.includes(`${name} active`) === true;
    const wasUdp = isActive(udp);
    if (wasUdp) isCut = true;
    else client.destroy();
    await eventually(() => isActive(wasUdp ? tcp : udp), 10_000).toBe(true);
    await eventually(keys, 10_000).toContain("danger link-lost");
    expect(keys()).toContain("info path-changed");
    expect(keys()).not.toContain("danger vehicle-lost");
    expect(batch()?.vehicles.length).toBe(1);
    client = undefined;
  });
});

describe("two vehicles with one id", () => {
  it("on one UDP port are kept apart and named", async () => {
    const port = await freePort();
    const { batch, keys } = await aStation([`udp://:${port}`]);
    vehicleOver([udpTo(port)], 60_000);
    vehicleOver([udpTo(port)], 900_000);
    await eventually(() => batch()?.vehicles.length, 15_000).toBe(2);
    await eventually(keys, 5000).toContain("danger two-vehicles");
  });
});
