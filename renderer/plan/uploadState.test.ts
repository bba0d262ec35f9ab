import { describe, expect, it } from "vitest";
import { defaultAircraft } from "./aircraftLibrary.js";
import { emptyPlan } from "./deskState.js";
import { fileNameOf } from "./planFiles.js";
import { uploadView } from "./uploadState.js";

const plan = emptyPlan(defaultAircraft(), "a", false);
const edited = { ...plan, name: "b" };
const verified = { kind: "verified", countOfItems: 28, planHash: "x", unixTimeUs: 5 } as const;
const base = { transfer: undefined, onAircraft: undefined, shownHash: "y", sentPlan: plan, shownPlan: plan };

describe("what the upload says", () => {
  it("verified only for the very plan that was sent", () => {
    expect(uploadView({ ...base, onAircraft: verified }).kind).toBe("verified");
    expect(uploadView({ ...base, onAircraft: verified, shownPlan: edited }).kind).toBe("outdated");
    expect(uploadView({ ...base, onAircraft: verified, sentPlan: undefined }).kind).toBe("outdated");
  });
  it("verified too for the same plan sent before the page was opened again", () => {
    const reopened = { ...base, onAircraft: verified, sentPlan: undefined };
    expect(uploadView({ ...reopened, shownHash: "x" }).kind).toBe("verified");
    expect(uploadView({ ...reopened, shownHash: undefined }).kind).toBe("outdated");
  });
  it("progress over both halves of the way", () => {
    const half = (phase: "uploading" | "reading-back") =>
      uploadView({ ...base, onAircraft: verified, transfer: { phase, countOfDone: 7, countOfItems: 28 } });
    expect(half("uploading")).toMatchObject({ kind: "busy", fraction: 0.125 });
    expect(half("reading-back")).toMatchObject({ kind: "busy", fraction: 0.625 });
  });
  it("what went wrong, before anything older", () => {
    const failure = { kind: "no-reply", lastSeq: 3 } as const;
    expect(uploadView({ ...base, onAircraft: verified, transfer: { phase: "failed", failure } })).toEqual({
      kind: "failed",
      failure,
    });
    expect(uploadView({ ...base, onAircraft: { kind: "uncertain", failure } }).kind).toBe("failed");
    expect(uploadView({ ...base, onAircraft: { kind: "differs", differences: [] } }).kind).toBe("differs");
    expect(uploadView({ ...base, onAircraft: { kind: "unknown" } }).kind).toBe("idle");
  });
  it("objections are not a failure: nothing was sent", () => {
    const objections = [{ kind: "home-far", distanceM: 9000 }] as const;
    const failure = { kind: "needs-override", objections } as const;
    expect(uploadView({ ...base, onAircraft: verified, transfer: { phase: "failed", failure } })).toEqual({
      kind: "objected",
      objections,
    });
  });
});

describe("file names", () => {
  it.each([
    ["Wimereux, nuit 1", "Wimereux- nuit 1"],
    ["../../etc/passwd", "etc-passwd"],
    ["  ", "plan"],
    ["é".repeat(200), "é".repeat(80)],
    ["a:b*c?", "a-b-c"],
  ])("%j becomes %j", (name, file) => {
    expect(fileNameOf(name)).toBe(file);
  });
});
