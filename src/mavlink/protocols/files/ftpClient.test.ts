import { describe, expect, it } from "vitest";
import { lossyWire, PERFECT_WIRE, type WireFaults } from "../../../../sim/wire/lossyWire.js";
import { FakeClock } from "../../../core/fakeClock.js";
import { seededRng } from "../../../core/rng.js";
import { FtpPeer, type FtpPeerOptions } from "../../testing/ftpPeer.js";
import {
  startFtp,
  stepFtp,
  type FtpEnding,
  type FtpEvent,
  type FtpJob,
  type FtpState,
  type FtpStep,
} from "./ftpClient.js";
import { ftpRetryPolicyFor } from "./ftpRetryPolicy.js";
import { FTP_OPCODE, packetFromPayload, payloadOf } from "./ftpWire.js";

const bytesOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

type Setup = {
  readonly job?: FtpJob;
  readonly file?: Uint8Array;
  readonly faults?: WireFaults;
  readonly seed?: number;
  readonly peer?: Partial<FtpPeerOptions>;
  readonly firstSeq?: number;
};

function conversation({
  job,
  file = bytesOf(20_000),
  faults = PERFECT_WIRE,
  seed = 1,
  peer = {},
  firstSeq = 0,
}: Setup) {
  const clock = new FakeClock();
  const rng = seededRng(seed);
  const stored = new Uint8Array(file.byteLength);
  let overrun = 0;
  const down = lossyWire<Uint8Array>({
    ...{ scheduler: clock, rng, faults },
    deliver: (payload) => step({ kind: "packet", packet: packetFromPayload(payload)! }),
  });
  const options = { flavour: "ardupilot" as const, files: new Map([["/a.bin", file]]), scheduler: clock };
  const server = new FtpPeer({ ...options, send: down, ...peer });
  const up = lossyWire<Uint8Array>({ scheduler: clock, rng, faults, deliver: server.receive });
  let cancelTimer = () => {};
  let state: FtpState;
  const perform = ([next, effects]: FtpStep) => {
    state = next;
    for (const effect of effects) {
      if (effect.kind === "send") up(payloadOf(effect.packet));
      else if (effect.kind === "arm-timer") {
        cancelTimer();
        cancelTimer = clock.after(effect.afterMs, () => step({ kind: "timeout" }));
      } else if (effect.offsetBytes + effect.bytes.byteLength > stored.byteLength) overrun++;
      else stored.set(effect.bytes, effect.offsetBytes);
    }
    if (state.phase === "over") cancelTimer();
  };
  const step = (event: FtpEvent) => perform(stepFtp(state, event));
  perform(startFtp(job ?? { kind: "read", path: "/a.bin", held: [] }, firstSeq, ftpRetryPolicyFor(2 * faults.delayMs)));
  const run = (untilMs = 3_600_000): FtpEnding | undefined => {
    while (state.phase !== "over" && clock.monoMs() < untilMs) clock.advance(20);
    return state.phase === "over" ? state.ending : undefined;
  };
  return { clock, server, stored, step, run, state: () => state, overrun: () => overrun };
}

const read = (sizeBytes: number) => ({ isOk: true, outcome: { kind: "read", sizeBytes } });
const RADIO: WireFaults = {
  ...{ dropFraction: 0.1, duplicateFraction: 0.05, delayMs: 150, jitterMs: 60, reorderFraction: 0.05 },
};

describe.each(["ardupilot", "px4"] as const)("a file from %s", (flavour) => {
  const peer = { flavour };

  it("comes in one burst on a good link, and its session is closed", () => {
    const { run, server, stored, overrun } = conversation({ peer });
    expect(run()).toEqual(read(20_000));
    expect(stored).toEqual(bytesOf(20_000));
    expect(overrun()).toBe(0);
    expect(server.requests.map(({ opcode }) => opcode)).toEqual([
      FTP_OPCODE.openFileReadOnly,
      FTP_OPCODE.burstReadFile,
      FTP_OPCODE.terminateSession,
    ]);
  });

  it.each(Array.from({ length: 30 }, (_, seed) => seed))("comes whole over a bad radio (seed %i)", (seed) => {
    const file = bytesOf(17_003 + seed);
    const { run, stored, server } = conversation({ file, faults: RADIO, seed, peer });
    expect(run()).toEqual(read(file.byteLength));
    expect(stored).toEqual(file);
    expect(server.hasOpenSession).toBe(false);
  });

  it("comes in several bursts when it is long", () => {
    const file = bytesOf(flavour === "px4" ? 100_000 : 600_000);
    const { run, stored, server } = conversation({ file, peer: { ...peer, packetMs: 2 } });
    expect(run()).toEqual(read(file.byteLength));
    expect(stored).toEqual(file);
    expect(server.requests.filter(({ opcode }) => opcode === FTP_OPCODE.burstReadFile).length).toBeGreaterThan(1);
  });

  it("is read piece by piece where the server has no bursts", () => {
    const { run, stored } = conversation({ peer: { ...peer, hasBurst: false } });
    expect(run()).toEqual(read(20_000));
    expect(stored).toEqual(bytesOf(20_000));
  });

  it("goes on where an earlier read broke off", () => {
    const held = [{ from: 0, to: 12_000 }];
    const { run, stored, server } = conversation({ job: { kind: "read", path: "/a.bin", held }, peer });
    expect(run()).toEqual(read(20_000));
    expect(stored.subarray(12_000)).toEqual(bytesOf(20_000).subarray(12_000));
    expect(server.requests[1]).toMatchObject({ opcode: FTP_OPCODE.burstReadFile, offsetBytes: 12_000 });
  });

  it("is not there", () => {
    const { run } = conversation({ job: { kind: "read", path: "/no.bin", held: [] }, peer });
    expect(run()).toEqual({ isOk: false, failure: { kind: "not-found" } });
  });

  it("may be empty", () => {
    expect(conversation({ file: new Uint8Array(0), peer }).run()).toEqual(read(0));
  });

  it("survives a restart of the server in the middle", () => {
    const { run, clock, server, stored } = conversation({
      file: bytesOf(40_000),
      peer,
      faults: { ...RADIO, delayMs: 20 },
    });
    clock.advance(700);
    server.forget();
    expect(run()).toEqual(read(40_000));
    expect(stored).toEqual(bytesOf(40_000));
  });

  it("is read with sequence numbers that wrap", () => {
    const { run, stored } = conversation({ peer, firstSeq: 65_530, faults: RADIO });
    expect(run()).toEqual(read(20_000));
    expect(stored).toEqual(bytesOf(20_000));
  });
});

describe("a file transfer", () => {
  it("does not believe the size it is told, neither too small nor too great", () => {
    for (const reportedSize of [1000, 90_000]) {
      const { run, stored } = conversation({ peer: { reportedSize } });
      expect(run()).toEqual(read(20_000));
      expect(stored).toEqual(bytesOf(20_000));
    }
  });

  it("closes a session of its own that was left open, then reads", () => {
    const { run, server } = conversation({ peer: { opensLeft: true } });
    expect(run()).toEqual(read(20_000));
    expect(server.countOfResets).toBe(1);
  });

  it("waits for a session that another station holds, and says so when it never comes free", () => {
    expect(conversation({ peer: { heldElsewhereUntilOpens: 3 } }).run()).toEqual(read(20_000));
    const failure = { kind: "no-session" };
    expect(conversation({ peer: { heldElsewhereUntilOpens: 99 } }).run()).toEqual({ isOk: false, failure });
  });

  it("ends in no-reply when nobody is there, after tries that keep their sequence number", () => {
    const { run, server } = conversation({ faults: { ...PERFECT_WIRE, dropFraction: 1 } });
    expect(run()).toEqual({ isOk: false, failure: { kind: "no-reply" } });
    expect(server.requests).toEqual([]);
    const oneWay = conversation({ peer: { send: () => {} } });
    oneWay.run();
    expect(new Set(oneWay.server.requests.map(({ seq }) => seq)).size).toBe(1);
    expect(oneWay.server.requests.length).toBe(10);
  });

  it("closes the session when it is cancelled", () => {
    const { run, clock, step, server } = conversation({});
    clock.advance(200);
    step({ kind: "cancel" });
    expect(run()).toEqual({ isOk: false, failure: { kind: "cancelled" } });
    expect(server.countOfTerminates).toBe(1);
  });

  it("ends at once when the vehicle is lost, and keeps what it held", () => {
    const { clock, step, state } = conversation({});
    clock.advance(200);
    step({ kind: "vehicle-lost" });
    expect(state()).toMatchObject({ phase: "over", ending: { failure: { kind: "vehicle-lost" } } });
    expect(state().held[0]?.to).toBeGreaterThan(1000);
  });

  it("does not give up on a radio that swallows half of everything", () => {
    const faults = { ...RADIO, dropFraction: 0.3 };
    for (let seed = 0; seed < 10; seed++) {
      const { run, stored } = conversation({ faults, seed, file: bytesOf(8000) });
      expect(run()).toEqual(read(8000));
      expect(stored).toEqual(bytesOf(8000));
    }
  });
});

describe("a folder", () => {
  const files = new Map(
    Array.from({ length: 60 }, (_, i) => [`/APM/LOGS/${String(i).padStart(8, "0")}.BIN`, bytesOf(i)]),
  );
  const job: FtpJob = { kind: "list", path: "/APM/LOGS" };

  it.each([0, 1, 2, 3])(
    "is listed whole over a bad radio, in the old form where the new is unknown (seed %i)",
    (seed) => {
      const ending = conversation({ job, peer: { files }, faults: RADIO, seed }).run();
      const entries = ending?.isOk && ending.outcome.kind === "listed" ? ending.outcome.entries : [];
      expect(entries).toHaveLength(60);
      expect(entries[59]).toEqual({ kind: "file", name: "00000059.BIN", sizeBytes: 59, unixTimeS: undefined });
    },
  );

  it("is not there", () => {
    const ending = conversation({ job: { kind: "list", path: "/nowhere" }, peer: { files } }).run();
    expect(ending).toEqual({ isOk: false, failure: { kind: "not-found" } });
  });
});

it("a checksum is a number of 32 bits", () => {
  const ending = conversation({ job: { kind: "checksum", path: "/a.bin" } }).run();
  expect(ending).toEqual({ isOk: true, outcome: { kind: "checksum", crc32: 0xcbf43926 } });
});
