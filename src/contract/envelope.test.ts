import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { createEnvelopeReader, createPublisher, type Envelope, isEnvelope } from "./envelope.js";
import type { ToUi } from "./messages.js";

const vehicle = (systemId: number, changes: Partial<VehicleState> = {}): VehicleState => ({
  ...emptyVehicle({ linkName: "udp", systemId, componentId: 1 }),
  ...changes,
});
const batch = (vehicles: readonly VehicleState[], stationMonoMs = 0): ToUi => ({
  ...{ kind: "telemetry-batch", stationMonoMs, stationUnixUs: 0, vehicles, links: [], paths: [] },
});
const text = (words: string) => ({ unixTimeUs: 1, receivedAtMonoMs: 0, severity: 4, text: words });

describe("what the station publishes", () => {
  it("is numbered, and says what of the station it is about", () => {
    const { publish } = createPublisher("S");
    const status = { phase: "done" } as const;
    const first = publish({ kind: "contacts", contacts: [] });
    const command = { kind: "arm" } as const;
    const second = publish({ kind: "command-status", vehicleId: vehicle(1).id, commandId: "c-7", command, status });
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(second).toMatchObject({ stationId: "S", topic: "command-status", key: "c-7" });
    expect(isEnvelope(second)).toBe(true);
    expect(isEnvelope({ kind: "contacts" })).toBe(false);
  });

  it("of telemetry is what changed; the reader has the whole all the time", () => {
    const { publish } = createPublisher("S");
    const read = createEnvelopeReader();
    const reported = vehicle(1, { texts: [text("EKF3 is using GPS")] });
    const first = publish(batch([reported, vehicle(2)]));
    expect(first).toMatchObject({ topic: "telemetry-batch", key: "" });
    expect(read(first)).toEqual(batch([reported, vehicle(2)]));
    const moved = { ...reported, lastReceivedMonoMs: 5 };
    const second = publish(batch([moved, vehicle(2, { texts: reported.texts })], 33));
    expect(second).toMatchObject({ topic: "telemetry-changes", key: "" });
    expect(JSON.stringify(second).match(/EKF3/g)).toHaveLength(1);
    expect(read(second)).toEqual(batch([moved, vehicle(2, { texts: reported.texts })], 33));
  });

  it("reaches a screen that comes late whole, by a snapshot of what was published last", () => {
    const { publish, snapshot } = createPublisher("S");
    expect(snapshot()).toBeUndefined();
    const reported = vehicle(1, { texts: [text("Armed")] });
    publish(batch([vehicle(1)]));
    publish(batch([reported], 33));
    const read = createEnvelopeReader();
    expect(read(snapshot()!)).toEqual(batch([reported], 33));
    expect(read(publish(batch([reported, vehicle(2)], 66)))).toEqual(batch([reported, vehicle(2)], 66));
  });
});

describe("the key of an envelope", () => {
  const vehicleId = vehicle(1).id;
  const picture = { widthPx: 1, heightPx: 1, luma: new Uint8Array(1) };
  const notice = { id: "disk", severity: "info", key: "disk-enough", facts: {}, unixTimeUs: 0 } as const;
  it.each([
    ["vehicle", { kind: "transfer-status", vehicleId, status: { phase: "downloaded", countOfItems: 0 } }, "udp/1"],
    ["picture", { kind: "contact-picture", contactId: "C-3", ...picture }, "C-3"],
    ["notice", { kind: "notice", notice }, "disk"],
    ["reply", { kind: "reply", requestId: 12, result: { ok: true, value: { kind: "done" } } }, "12"],
    ["nothing", { kind: "ping", pingId: 3 }, ""],
  ] satisfies readonly (readonly [string, ToUi, string])[])("is that of its %s", (_what, message, key) => {
    expect(createPublisher("S").publish(message).key).toBe(key);
  });
});

describe("an envelope", () => {
  const good = { stationId: "S", seq: 1, topic: "ping", key: "", body: { kind: "ping", pingId: 1 } };
  it("has a station, a number and a body of some kind; anything else is none", () => {
    expect(isEnvelope(good)).toBe(true);
    const others = [
      ...[undefined, null, 5, "S", {}],
      ...[
        { ...good, stationId: 1 },
        { ...good, seq: "1" },
      ],
      ...[
        { ...good, body: undefined },
        { ...good, body: null },
        { ...good, body: "ping" },
      ],
      ...[
        { ...good, body: {} },
        { ...good, body: { kind: 1 } },
      ],
    ];
    expect(others.filter(isEnvelope)).toEqual([]);
  });
});

describe("a reader of envelopes", () => {
  it("never goes back in time, however messages are lost, doubled and mixed up", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 80 }), (order) => {
        const { publish } = createPublisher("S");
        const read = createEnvelopeReader();
        read(publish(batch([], -1)));
        const all = Array.from({ length: 31 }, (_, i) => publish(batch([], i)));
        const times = order.flatMap((i) => {
          const message = read(all[i] as Envelope);
          return message?.kind === "telemetry-batch" ? [message.stationMonoMs] : [];
        });
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      }),
    );
  });

  it("begins anew with another station, whose numbers say nothing of the old one's", () => {
    const read = createEnvelopeReader();
    const old = createPublisher("old");
    for (let i = 0; i < 9; i++) old.publish(batch([]));
    const reported = vehicle(1, { texts: [text("of the old one")] });
    expect(read(old.snapshot()!)).toEqual(batch([]));
    expect(read(old.publish(batch([reported])))).toEqual(batch([reported]));
    const young = createPublisher("new");
    const first = young.publish(batch([vehicle(1)]));
    expect(read(first)).toEqual(batch([vehicle(1)]));
  });

  it("makes nothing of changes to what it never received whole: of a batch, of a vehicle, of another station", () => {
    const { publish, snapshot } = createPublisher("S");
    publish(batch([vehicle(1)]));
    const changes = publish(batch([vehicle(1, { mavType: 2 })], 33));
    const read = createEnvelopeReader();
    expect(read(changes)).toBeUndefined();
    expect(read(snapshot()!)).toEqual(batch([vehicle(1, { mavType: 2 })], 33));
    // The numbers of another station begin anew, and so does what is known of it.
    const other = createPublisher("T");
    other.publish(batch([vehicle(1)]));
    expect(read(other.publish(batch([vehicle(1, { mavType: 3 })], 66)))).toBeUndefined();
    expect(read(other.snapshot()!)).toEqual(batch([vehicle(1, { mavType: 3 })], 66));
  });
});
