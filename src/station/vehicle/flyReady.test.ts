import { describe, expect, it } from "vitest";
import { createAircraft, type Aircraft } from "../../../sim/aircraft.js";
import type { Flavour } from "../../../sim/flavour.js";
import { QUIET_BEACH } from "../../../sim/testing/flightHarness.js";
import { createEncoder, decodeDatagram } from "../../../sim/wire/mavlinkCodec.js";
import type { ToUi } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { encodeFrame } from "../../mavlink/encode.js";
import { OWN_ADDRESS } from "../../mavlink/outgoing.js";
import { createReader } from "../../mavlink/reader.js";
import { MavlinkVehicleSession } from "./vehicleSession.js";
import { sessionOptions } from "../testing/sessionOptions.js";

const BITS_PER_MS = 57.6;
const ONE_WAY_MS = 40;
const BOOT_MS = 60_000;

/** One direction of a serial radio: bytes queue behind each other. */
function serial(clock: FakeClock, deliver: (bytes: Uint8Array) => void) {
  let freeAtMs = 0;
  return (bytes: Uint8Array): void => {
    // Ten bits per byte: start and stop bits count.
    freeAtMs = Math.max(freeAtMs, clock.monoMs()) + (bytes.byteLength * 10) / BITS_PER_MS;
    clock.after(freeAtMs + ONE_WAY_MS - clock.monoMs(), () => deliver(bytes));
  };
}

/** A simulated aircraft that has been on for a minute, and a station that joins over a radio of 57.6 kbit/s. */
function aJoiningStation(autopilot: Flavour["autopilot"]) {
  const clock = new FakeClock();
  const encode = createEncoder({ systemId: 1, componentId: 1 });
  const reader = createReader({ isDatagram: true });
  const published: ToUi[] = [];
  let seq = 0;
  let hasJoined = false;
  const down = serial(clock, (bytes) => reader.push(bytes, (frame) => session.onFrame(frame)));
  const aircraft: Aircraft = createAircraft({
    site: { scenario: QUIET_BEACH },
    vehicle: { systemId: 1, seed: 1, flavour: { autopilot, airframe: "copter" } },
    boot: { unixUs: clock.unixUs() },
    ports: { send: (message) => hasJoined && down(encode(message)) },
    services: { linkBitsPerS: 57_600 },
  });
  aircraft.advanceTo(BOOT_MS);
  hasJoined = true;
  const up = serial(clock, (bytes) => {
    for (const received of decodeDatagram(bytes)) aircraft.receive(received);
  });
  const session = new MavlinkVehicleSession(
    sessionOptions(clock, {
      path: {
        send: (message) => up(encodeFrame({ ...message, ...OWN_ADDRESS, seq: seq++ & 255, version: 2 })),
        roundTripMs: () => 120,
      },
      outputs: { publish: (message) => published.push(message), record: () => undefined },
    }),
  );
  let steps = 0;
  const step = async (): Promise<void> => {
    clock.advance(20);
    aircraft.advanceTo(BOOT_MS + clock.monoMs());
    if (++steps % 25 === 0) session.tick();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, session, published, step };
}

describe.each(["ardupilot", "px4"] as const)("over 57.6 kbit/s a %s", (autopilot) => {
  it("is ready to fly within 5 s of its first word, and gets its parameters afterwards while the instruments live on", async () => {
    const { clock, session, published, step } = aJoiningStation(autopilot);
    const isReady = (): boolean => {
      const { heartbeat, position, attitude, battery, gps, health, home, version } = session.state();
      return [heartbeat, position, attitude, battery, gps, health, home, version].every((part) => part !== undefined);
    };
    while (!isReady() && clock.monoMs() < 30_000) await step();
    expect(clock.monoMs()).toBeLessThan(5000);
    expect(published.filter(({ kind }) => kind === "param-load")).toEqual([]);

    const phase = () => published.filter((message) => message.kind === "param-load").at(-1)?.load.phase;
    let longestGapMs = 0;
    while (phase() !== "complete" && clock.monoMs() < 240_000) {
      await step();
      longestGapMs = Math.max(longestGapMs, clock.monoMs() - (session.state().attitude?.receivedAtMonoMs ?? 0));
    }
    expect(phase()).toBe("complete");
    expect(longestGapMs).toBeLessThan(2000);
    session.dispose();
  });
});
