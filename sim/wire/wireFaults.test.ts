import { describe, expect, it } from "vitest";
import { FakeClock } from "../../src/core/fakeClock.js";
import { seededRng } from "../../src/core/rng.js";
import { createFaultyLink } from "./faultyLink.js";
import { PERFECT_WIRE, lossyWire, type WireFaults } from "./lossyWire.js";
import { createEncoder, decodeDatagram } from "./mavlinkCodec.js";
import { wireFaultsOf } from "./wireFaults.js";

describe("the faults of a wire as text", () => {
  it("reads every part", () => {
    expect(
      wireFaultsOf(
        "loss=0.1, dup=0.05,reorder=0.02,delay=300,jitter=40,rate=57600,queue=4096,cut=10-15,cut=40-41.5,seed=3",
      ),
    ).toEqual({
      ok: true,
      value: {
        dropFraction: 0.1,
        duplicateFraction: 0.05,
        reorderFraction: 0.02,
        delayMs: 300,
        jitterMs: 40,
        bitsPerS: 57_600,
        queueBytes: 4096,
        cuts: [
          { fromS: 10, toS: 15 },
          { fromS: 40, toS: 41.5 },
        ],
        seed: 3,
      },
    });
    expect(wireFaultsOf("")).toEqual({ ok: true, value: { ...PERFECT_WIRE, seed: 1 } });
  });

  it.each(["loss=2", "loss", "los=0.1", "delay=-1", "cut=15-10", "cut=10", "rate=0", "seed=1=2", "delay=1e3"])(
    "names the part it cannot read: %s",
    (part) => {
      expect(wireFaultsOf(`dup=0.1,${part}`)).toEqual({ ok: false, error: { kind: "bad-wire-faults", part } });
    },
  );
});

function arrivals(faults: WireFaults, packets: number, everyMs: number) {
  const clock = new FakeClock();
  const arrived: { readonly n: number; readonly atMs: number }[] = [];
  const send = lossyWire<Uint8Array>({
    scheduler: clock,
    monoMs: clock.monoMs,
    rng: seededRng(1),
    faults,
    deliver: (bytes) => arrived.push({ n: bytes[0] ?? 0, atMs: clock.monoMs() }),
  });
  for (let n = 0; n < packets; n++) {
    const packet = new Uint8Array(72);
    packet[0] = n;
    send(packet);
    clock.advance(everyMs);
  }
  clock.advance(10_000);
  return arrived;
}

describe("a slow radio", () => {
  it("lets 72 bytes pass in 10 ms at 57,600 bit/s, one after another", () => {
    const received = arrivals({ ...PERFECT_WIRE, bitsPerS: 57_600 }, 5, 0);
    expect(received.map(({ atMs }) => Math.round(atMs))).toEqual([10, 20, 30, 40, 50]);
  });

  it("drops what its queue cannot hold", () => {
    const received = arrivals({ ...PERFECT_WIRE, bitsPerS: 57_600, queueBytes: 720 }, 100, 5);
    expect(received.length).toBeGreaterThan(55);
    expect(received.length).toBeLessThan(62);
    expect(Math.max(...received.map(({ n, atMs }) => atMs - n * 5))).toBeLessThanOrEqual(100.01);
  });
});

describe("a cut", () => {
  it("swallows what is sent while it lasts and nothing else", () => {
    const received = arrivals({ ...PERFECT_WIRE, delayMs: 300, cuts: [{ fromS: 1, toS: 2 }] }, 30, 100);
    expect(received.map(({ n }) => n)).toEqual([...Array(10).keys(), ...Array.from({ length: 10 }, (_, i) => 20 + i)]);
  });
});

describe("a faulty link", () => {
  it("delays, drops and doubles in both directions, the same with the same seed", () => {
    const run = (seed: number) => {
      const clock = new FakeClock();
      const log: string[] = [];
      const faulty = createFaultyLink(
        { ...PERFECT_WIRE, dropFraction: 0.3, duplicateFraction: 0.2, delayMs: 50, seed },
        (message) => log.push(`up ${message.name} ${clock.monoMs()}`),
        clock,
      );
      const link = faulty.wrap({
        name: "test",
        send: (frame) => log.push(`down ${frame[4] ?? 0} ${clock.monoMs()}`),
        close: () => Promise.resolve(),
      });
      const encode = createEncoder({ systemId: 1, componentId: 1 });
      for (let i = 0; i < 40; i++) {
        const frame = encode({ name: "HEARTBEAT", fields: { mavlinkVersion: 3 } });
        link.send(frame);
        for (const message of decodeDatagram(frame)) faulty.onMessage(message);
        clock.advance(10);
      }
      void link.close();
      clock.advance(1000);
      return log;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const down = run(1).filter((line) => line.startsWith("down"));
    const up = run(1).filter((line) => line.startsWith("up"));
    expect(down.length).toBeGreaterThan(15);
    expect(up.length).toBeGreaterThan(15);
    expect(down.length).not.toBe(80);
  });
});
