import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { FtpPeer } from "../../mavlink/testing/ftpPeer.js";
import { FtpRunner, readWholeFile } from "./ftpRunner.js";

const VEHICLE = { systemId: 3, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
const FILES = new Map(["/a", "/b"].map((path) => [path, Uint8Array.from({ length: 500 }, (_, i) => i & 255)]));

function frameWith(payload: Uint8Array): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const fields = { target_system: OWN.systemId, target_component: OWN.componentId, payload: [...payload] };
  const bytes = encodeFrame({ name: "FILE_TRANSFER_PROTOCOL", fields, ...VEHICLE, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}

/** `isDeaf`: the vehicle gets nothing; else its reply is received before `send` returns, as from a loopback. */
function aVehicle({ isDeaf = false } = {}) {
  const clock = new FakeClock();
  const peer = new FtpPeer({
    ...{ flavour: "px4", files: FILES, scheduler: clock },
    send: (payload) => runner.onFrame(frameWith(payload)),
  });
  const send = ({ fields }: OutgoingMessage): void => {
    if (!isDeaf) peer.receive(Uint8Array.from(fields["payload"] as number[]));
  };
  const runner: FtpRunner = new FtpRunner({ vehicle: VEHICLE, own: OWN, roundTripMs: () => 20, send }, clock);
  return { clock, peer, runner };
}

const LOST = { isOk: false, failure: { kind: "vehicle-lost" } };
const CANCELLED = { isOk: false, failure: { kind: "cancelled" } };

describe("file transfers of one vehicle", () => {
  it("take a reply that comes while its request is still being sent, and repeat nothing", async () => {
    const { clock, peer, runner } = aVehicle();
    const checksums = ["/a", "/b"].map((path) => runner.run({ kind: "checksum", path }));
    clock.advance(100);
    const endings = await Promise.all(checksums.map(({ ending }) => ending));
    expect(endings).toMatchObject([{ isOk: true }, { isOk: true }]);
    expect(peer.requests).toHaveLength(2);
  });

  it("run one after the other, with continued sequence numbers, and store each file whole", async () => {
    const { clock, peer, runner } = aVehicle();
    const files = ["/a", "/b"].map((path) => readWholeFile(runner, path));
    expect(peer.countOfOpens).toBe(1);
    clock.advance(5000);
    await Promise.all(files.map(({ ending }) => ending));
    expect(files.map((file) => file.bytes())).toEqual([...FILES.values()]);
    const numbers = peer.requests.map(({ seq }) => seq);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("are cancelled while they wait and while they run; the next one is begun", async () => {
    const { clock, runner } = aVehicle({ isDeaf: true });
    const [first, second, third] = ["/a", "/b", "/a"].map((path) => runner.run({ kind: "list", path }));
    second!.cancel();
    expect(await second!.ending).toEqual(CANCELLED);
    first!.cancel();
    expect(await first!.ending).toEqual(CANCELLED);
    third!.cancel();
    expect(await third!.ending).toEqual(CANCELLED);
    expect(clock.countOfWaiting()).toBe(0);
  });

  it("all end when the vehicle is lost, and leave no timer behind", async () => {
    const { clock, runner } = aVehicle({ isDeaf: true });
    const errands = ["/a", "/b"].map((path) => runner.run({ kind: "list", path }));
    runner.onPresence(true);
    expect(await Promise.all(errands.map(({ ending }) => ending))).toEqual([LOST, LOST]);
    expect(clock.countOfWaiting()).toBe(0);
  });
});
