import { NAME_PROBLEMS } from "../../src/core/fileName.js";
import { describe, expect, it } from "vitest";
import type { StationFailure } from "../../src/contract/failures.js";
import type { PackFailure } from "../../src/contract/packMessages.js";
import { GROUND_KINDS } from "../../src/geo/pack/packManifest.js";
import type { CommandFailure } from "../../src/vehicle/commands.js";
import type { TransferFailure } from "../../src/vehicle/transfers.js";
import type { LinkFailure } from "../../src/contract/linkMessages.js";
import type { LogFailure, PayloadFailure } from "../../src/contract/serviceMessages.js";
import type { ParamFailure } from "../../src/vehicle/params.js";
import { failureText } from "./failureText.js";
import { translatorFor } from "./text.js";

/** At least one of every kind: a kind without a sample does not compile, and one without words fails below. */
type OfEveryKind<Failure extends { readonly kind: string }> = {
  readonly [Kind in Failure["kind"]]: readonly [
    Extract<Failure, { readonly kind: Kind }>,
    ...Extract<Failure, { readonly kind: Kind }>[],
  ];
};
const flat = <Failure extends { readonly kind: string }>(samples: OfEveryKind<Failure>): readonly Failure[] =>
  Object.values<readonly Failure[]>(samples).flat();

const link: OfEveryKind<LinkFailure> = {
  "bad-uri": [{ kind: "bad-uri", uri: "udp//x", problem: "no scheme" }],
  "link-exists": [{ kind: "link-exists", uri: "udp://:1" }],
  "no-such-link": [{ kind: "no-such-link", linkName: "udp:1" }],
  "no-such-key": [{ kind: "no-such-key", keyName: "k" }],
  "key-exists": [{ kind: "key-exists", keyName: "k" }],
  "not-direct": [{ kind: "not-direct", linkName: "udp:1" }],
  armed: [{ kind: "armed" }],
  "not-the-same": [{ kind: "not-the-same", because: "uid" }],
};
const param: OfEveryKind<ParamFailure> = {
  "no-reply": [{ kind: "no-reply" }],
  "not-confirmed": [{ kind: "not-confirmed", name: "RTL_ALT" }],
  "vehicle-lost": [{ kind: "vehicle-lost" }],
  cancelled: [{ kind: "cancelled" }],
  busy: [{ kind: "busy" }],
  "unknown-name": [{ kind: "unknown-name", name: "X" }],
  "out-of-range": [
    { kind: "out-of-range", name: "X", min: 1, max: 2 },
    { kind: "out-of-range", name: "X", min: undefined, max: undefined },
  ],
  "not-taken": [{ kind: "not-taken", name: "X", value: 3 }],
  "not-now": [{ kind: "not-now", because: "watched-only" }],
};
const log: OfEveryKind<LogFailure> = {
  "no-reply": [{ kind: "no-reply" }],
  armed: [{ kind: "armed" }],
  "vehicle-lost": [{ kind: "vehicle-lost" }],
  busy: [{ kind: "busy" }],
  cancelled: [{ kind: "cancelled" }],
  "no-such-log": [{ kind: "no-such-log", logId: "3" }],
  "not-now": [{ kind: "not-now", because: "high-latency-link" }],
  disk: [{ kind: "disk", code: "ENOSPC" }],
};
const payload: OfEveryKind<PayloadFailure> = {
  command: [{ kind: "command", failure: { kind: "vehicle-lost" } }],
  "not-in-control": [{ kind: "not-in-control", controllerSystemId: 250 }],
  "no-such-device": [{ kind: "no-such-device", id: "154" }],
  "no-such-contact": [{ kind: "no-such-contact", contactId: "C-1" }],
  "beyond-limits": [{ kind: "beyond-limits", minDeg: -90, maxDeg: 20 }],
  "not-by-this-device": [{ kind: "not-by-this-device" }],
};

const everyCommand: OfEveryKind<CommandFailure> = {
  "no-reply": [{ kind: "no-reply", attempts: 4 }],
  refused: [
    { kind: "refused", mavResult: 4, reasons: ["PreArm: GPS not healthy"] },
    { kind: "refused", mavResult: 99, reasons: [] },
  ],
  "no-effect": [
    // Of an older recording.
    { kind: "no-effect", expected: "armed" },
    { kind: "no-effect", expected: "", effect: { kind: "mode", modeName: "RTL" } },
    { kind: "no-effect", expected: "", effect: { kind: "mode", modeName: "AUTO", isArmed: true } },
    { kind: "no-effect", expected: "", effect: { kind: "armed", isArmed: true } },
    { kind: "no-effect", expected: "", effect: { kind: "armed", isArmed: false } },
    { kind: "no-effect", expected: "", effect: { kind: "above", altitudeAboveHomeM: 20 } },
    { kind: "no-effect", expected: "", effect: { kind: "mission-item", seq: 4 } },
    { kind: "no-effect", expected: "", effect: { kind: "vtol", vtol: ["hover", "to-hover"] } },
  ],
  "not-possible": [
    { kind: "not-possible", because: "armed" },
    { kind: "not-possible", because: "not-confirmed" },
    { kind: "not-possible", because: "not-confirmed", asks: ["beyond-fence", "battery", "far"] },
    { kind: "not-possible", because: "not-confirmed", asks: ["fence-unknown", "battery-unknown", "position-unknown"] },
  ],
  "vehicle-lost": [{ kind: "vehicle-lost" }],
  busy: [{ kind: "busy", with: "take-off" }],
  cancelled: [{ kind: "cancelled" }],
};
const everyTransfer: OfEveryKind<TransferFailure> = {
  "no-reply": [
    { kind: "no-reply", lastSeq: 7 },
    { kind: "no-reply", lastSeq: undefined },
  ],
  refused: [
    { kind: "refused", mavMissionResult: 4, seq: undefined },
    ...[1, 4, 9, 13, 77].map((mavMissionResult) => ({ kind: "refused", mavMissionResult, seq: 3 }) as const),
  ],
  differs: [{ kind: "differs", differences: [{ seq: 1, field: "command", planned: "16", onAircraft: "17" }] }],
  "refused-by-aircraft": [{ kind: "refused-by-aircraft", reasons: ["Landing waypoint/pattern required"] }],
  "needs-override": [{ kind: "needs-override", blockingFindings: [{ kind: "home-far", distanceM: 812 }] }],
  busy: [{ kind: "busy" }],
  "vehicle-lost": [{ kind: "vehicle-lost" }],
  "not-possible": [{ kind: "not-possible", because: "plan-empty" }],
  "not-whole": [
    {
      kind: "not-whole",
      parts: [
        { type: "StructureScan", seq: 3 },
        { type: "windTurbine", seq: 9 },
      ],
    },
  ],
  cancelled: [{ kind: "cancelled" }],
};

const pack: OfEveryKind<PackFailure> = {
  "area-too-small": [{ kind: "area-too-small" }],
  "area-too-large": [{ kind: "area-too-large" }],
  "no-coast": [{ kind: "no-coast" }],
  "far-from-coast": [
    { kind: "far-from-coast", which: "from" },
    { kind: "far-from-coast", which: "to" },
  ],
  "other-coast": [{ kind: "other-coast" }],
  "same-place": [{ kind: "same-place" }],
  busy: [{ kind: "busy" }],
  stopped: [{ kind: "stopped" }],
  "nothing-chosen": [{ kind: "nothing-chosen" }],
  "name-taken": [{ kind: "name-taken", name: "Opal" }],
  "no-such-pack": [{ kind: "no-such-pack", name: "Opal" }],
  "same-name": [{ kind: "same-name", name: "a.tif" }],
  "too-large": [{ kind: "too-large", gigabytesMax: 4 }],
  "no-space": [{ kind: "no-space", neededBytes: 2e9, freeBytes: 1e6 }],
  unusable: some(GROUND_KINDS.map((fileKind) => ({ kind: "unusable", name: "a.tif", fileKind }))),
  "not-readable": [{ kind: "not-readable", name: "a.tif" }],
  "no-pack": [{ kind: "no-pack" }],
  "cut-off": [{ kind: "cut-off" }],
  "form-not-read": [{ kind: "form-not-read" }],
  deceiving: [{ kind: "deceiving", name: "a.tif" }],
  "file-missing": [{ kind: "file-missing", name: "a.tif" }],
  "file-differs": [{ kind: "file-differs", name: "a.tif" }],
};
const samples: OfEveryKind<StationFailure> = {
  "bad-file": [
    { kind: "bad-file", path: "a.plan", where: "mission.items[3]", problem: "no number" },
    { kind: "bad-file", path: "a.plan", where: undefined, problem: "empty" },
  ],
  "not-found": [{ kind: "not-found", what: "beach" }],
  io: [
    { kind: "io", operation: "save-plan", code: "ENOSPC" },
    { kind: "io", operation: "station", code: "CONNECTION_LOST" },
    { kind: "io", operation: "read", code: "EROFS" },
    { kind: "io", operation: "something-new", code: "EWHATEVER" },
  ],
  "bad-name": some(NAME_PROBLEMS.map((problem) => ({ kind: "bad-name", problem }))),
  "bad-request": [{ kind: "bad-request", problem: "vehicleId" }],
  "no-vehicle": [{ kind: "no-vehicle" }],
  "no-video": [{ kind: "no-video" }],
  internal: [{ kind: "internal", reference: "7f3a" }],
  command: some(flat(everyCommand).map((failure) => ({ kind: "command", failure }))),
  transfer: some(flat(everyTransfer).map((failure) => ({ kind: "transfer", failure }))),
  link: some(flat(link).map((failure) => ({ kind: "link", failure }))),
  param: some(flat(param).map((failure) => ({ kind: "param", failure }))),
  log: some(flat(log).map((failure) => ({ kind: "log", failure }))),
  pack: some(flat(pack).map((failure) => ({ kind: "pack", failure }))),
  payload: some(flat(payload).map((failure) => ({ kind: "payload", failure }))),
};
function some<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...others] = list;
  if (first === undefined) throw new Error("no sample");
  return [first, ...others];
}
const all = flat(samples);

describe.each(["en", "fr"] as const)("failures in words (%s)", (language) => {
  it.each(all)("says what happened and what to do: %j", (failure) => {
    const translate = translatorFor(language);
    const { what, advice } = failureText(translate, failure);
    for (const words of [what, advice]) {
      expect(words).toMatch(/\p{L}{2}/u);
      // A key instead of words, or a fact that was not filled in.
      expect(words).not.toMatch(/failure\.|mav\.|\{\{|undefined/);
    }
  });
  it("names what was never seen in the language, where the recording has it", () => {
    const effect = { kind: "mode", modeName: "AUTO", isArmed: true } as const;
    const failure = { kind: "command", failure: { kind: "no-effect", expected: "mode AUTO, armed", effect } } as const;
    const words = { en: "mode AUTO, armed", fr: "le mode AUTO, armé" }[language];
    expect(failureText(translatorFor(language), failure).what).toContain(words);
  });
  it("says a full disk and a read-only folder in words, not in the system's codes", () => {
    const translate = translatorFor(language);
    for (const code of ["ENOSPC", "EROFS", "ENOENT", "EACCES"])
      expect(failureText(translate, { kind: "io", operation: "read", code }).what).not.toContain(code);
  });
  it("says what to do about a start that was refused for its plan, not that the state does not allow it", () => {
    const translate = translatorFor(language);
    const adviceOf = (because: "not-verified" | "plan-changed" | "plan-refused"): string =>
      failureText(translate, { kind: "command", failure: { kind: "not-possible", because } }).advice;
    for (const because of ["not-verified", "plan-changed", "plan-refused"] as const)
      expect(adviceOf(because)).toMatch({ en: /upload (it|the plan) again/i, fr: /renvoyez/i }[language]);
  });
  it("tells the vehicle's own reasons and the item it is about", () => {
    const translate = translatorFor(language);
    expect(failureText(translate, { kind: "command", failure: everyCommand.refused[0] }).what).toContain(
      "PreArm: GPS not healthy",
    );
    expect(
      failureText(translate, { kind: "transfer", failure: { kind: "refused", mavMissionResult: 9, seq: 3 } }).what,
    ).toContain("3");
  });
});
