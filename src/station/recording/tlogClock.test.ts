import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../mavlink/encode.js";
import { tlogRecord } from "../../mavlink/tlog.js";
import type { SortieEvent } from "../../sortie/eventChain.js";
import { joinBytes } from "../../video/testing/tsMuxer.js";
import { sortieClockFrom } from "./tlogClock.js";

const T_US = 1_795_400_000_000_000;
const HOUR_MS = 3_600_000;
const header = { seq: 1, systemId: 1, componentId: 1, version: 2 as const };
const known = encodeFrame({ name: "MISSION_CURRENT", fields: { seq: 7 }, ...header });
/** A frame of a message that is not in the dialect: its checksum cannot be checked. */
const unknown = Uint8Array.from([0xfd, 2, 0, 0, 1, 1, 1, 0xee, 0xff, 0xee, 5, 6, 7, 8]);
const stepped = (telemetryBytes: number): SortieEvent => ({
  unixTimeUs: T_US,
  kind: "clock-stepped",
  facts: { stepMs: HOUR_MS, telemetryBytes },
});
const cameraClock = (facts: SortieEvent["facts"]): SortieEvent => ({ unixTimeUs: T_US, kind: "camera-clock", facts });

describe("the clock of a sortie", () => {
  it("moves every record before a step, also after damage and of a message that is not known", () => {
    const file = (stampUs: number): Uint8Array[] => [
      tlogRecord(stampUs, known),
      Uint8Array.from([1, 2, 3]),
      tlogRecord(stampUs + 1, unknown),
      tlogRecord(stampUs + 2, known),
    ];
    const bytes = joinBytes(file(T_US));
    sortieClockFrom([stepped(bytes.length)]).shiftTelemetry(bytes);
    expect(bytes).toEqual(joinBytes(file(T_US + HOUR_MS * 1000)));
  });

  it("leaves what follows the last step byte for byte, even a time that cannot be", () => {
    const before = tlogRecord(T_US, known);
    const after = tlogRecord(T_US, known).fill(0xff, 0, 8);
    const bytes = joinBytes([before, after]);
    sortieClockFrom([stepped(before.length)]).shiftTelemetry(bytes);
    expect(bytes).toEqual(joinBytes([tlogRecord(T_US + HOUR_MS * 1000, known), after]));
  });

  it.each([
    [
      "the last one measured, where the camera's times are corrected",
      { cameraMinusStationMs: 2500, isCameraMapped: true },
      2_500_000,
    ],
    ["none where they are not corrected", { cameraMinusStationMs: 2500, isCameraMapped: false }, 0],
    ["none where that is not said", { cameraMinusStationMs: 2500 }, 0],
    ["none without a measurement", { isCameraMapped: true }, 0],
  ])("gives the camera's offset: %s", (_, facts, offsetUs) => {
    const first = cameraClock({ cameraMinusStationMs: 9, isCameraMapped: true });
    expect(sortieClockFrom([first, cameraClock(facts)]).cameraOffsetUs).toBe(offsetUs);
  });
});
