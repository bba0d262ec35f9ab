import { describe, expect, it } from "vitest";
import type { FlightReport } from "../vehicle/flightReport.js";
import { reportFromTlog } from "./flightReport.js";
import { vectorBytes, vectorSummary } from "./testing/vectors.js";

type Summary = Omit<FlightReport, "badChecksums" | "unknownMessages">;

describe.each(["px4-plane-refused.tlog", "px4-copter.tlog", "px4-vtol.tlog"])(
  "findings 1: a real PX4 recorded (%s)",
  (file) => {
    const bytes = vectorBytes(file);

    it.skipIf(!bytes)(
      "equals what pymavlink counted, all messages included (needs the recording beside the checkout)",
      () => {
        const { report, problems } = reportFromTlog(bytes!);
        const expected = vectorSummary(file) as Summary;
        expect(report.messages).toEqual(expected.messages);
        expect([report.frames, report.firstUnixUs, report.lastUnixUs]).toEqual([
          expected.frames,
          expected.firstUnixUs,
          expected.lastUnixUs,
        ]);
        expect([report.badChecksums, report.unknownMessages, problems]).toEqual([0, 0, []]);
        const [ours, theirs] = [report.vehicles[0]!, expected.vehicles[0]!];
        expect(Math.abs(ours.trackLengthM! - theirs.trackLengthM!)).toBeLessThan(0.01);
        expect(ours).toMatchObject({
          ...theirs,
          trackLengthM: ours.trackLengthM,
          modes: theirs.modes.map((mode): unknown => expect.objectContaining(mode)),
          // PX4 appends a tab to a text that it also sends as an event; the tab is not part of the text.
          texts: theirs.texts.map((text) => ({ ...text, text: text.text.trimEnd() })),
        });
      },
    );
  },
);
