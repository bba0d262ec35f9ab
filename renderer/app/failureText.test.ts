import { describe, expect, it } from "vitest";
import type { StationFailure } from "../../src/contract/failures.js";
import type { CommandFailure } from "../../src/vehicle/commands.js";
import type { TransferFailure } from "../../src/vehicle/transfers.js";
import { failureText } from "./failureText.js";
import { setLanguage, translate } from "./text.js";

const commands: readonly CommandFailure[] = [
  { kind: "no-reply", attempts: 4 },
  { kind: "refused", mavResult: 4, reasons: ["PreArm: GPS not healthy"] },
  { kind: "refused", mavResult: 99, reasons: [] },
  { kind: "no-effect", expected: "armed" },
  { kind: "not-possible", because: "already armed" },
  { kind: "vehicle-lost" },
  { kind: "busy", with: "take-off" },
  { kind: "cancelled" },
];
const transfers: readonly TransferFailure[] = [
  { kind: "no-reply", lastSeq: 7 },
  { kind: "no-reply", lastSeq: undefined },
  ...[1, 4, 9, 13, 77].map((mavMissionResult): TransferFailure => ({ kind: "refused", mavMissionResult, seq: 3 })),
  { kind: "refused", mavMissionResult: 4, seq: undefined },
  { kind: "differs", differences: [{ seq: 1, field: "command", planned: "16", onAircraft: "17" }] },
  { kind: "busy" },
  { kind: "vehicle-lost" },
  { kind: "not-possible", because: "training plan" },
  {
    kind: "not-whole",
    parts: [
      { type: "StructureScan", seq: 3 },
      { type: "windTurbine", seq: 9 },
    ],
  },
  { kind: "cancelled" },
];
const all: readonly StationFailure[] = [
  { kind: "bad-file", path: "a.plan", where: "mission.items[3]", problem: "no number" },
  { kind: "bad-file", path: "a.plan", where: undefined, problem: "empty" },
  { kind: "not-found", what: "beach" },
  { kind: "io", operation: "save-plan", code: "ENOSPC" },
  { kind: "io", operation: "station", code: "CONNECTION_LOST" },
  { kind: "bad-request", problem: "vehicleId" },
  { kind: "no-vehicle" },
  { kind: "no-video" },
  { kind: "internal", reference: "7f3a" },
  ...commands.map((failure): StationFailure => ({ kind: "command", failure })),
  ...transfers.map((failure): StationFailure => ({ kind: "transfer", failure })),
];

describe.each(["en", "fr"] as const)("failures in words (%s)", (language) => {
  it.each(all)("says what happened and what to do: %j", (failure) => {
    setLanguage(language);
    const { what, advice } = failureText(translate, failure);
    for (const words of [what, advice]) {
      expect(words).toMatch(/\p{L}{2}/u);
      // A key instead of words, or a fact that was not filled in.
      expect(words).not.toMatch(/failure\.|mav\.|\{\{|undefined/);
    }
  });
  it("tells the vehicle's own reasons and the item it is about", () => {
    setLanguage(language);
    expect(failureText(translate, { kind: "command", failure: commands[1]! }).what).toContain(
      "PreArm: GPS not healthy",
    );
    expect(failureText(translate, { kind: "transfer", failure: transfers[4]! }).what).toContain("3");
  });
});
