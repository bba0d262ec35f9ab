import { describe, expect, it } from "vitest";
import { fileNameOf } from "./planFiles.js";
import { uploadView } from "./uploadState.js";

const verified = { kind: "verified", countOfItems: 28, planHash: "x", unixTimeUs: 5 } as const;
const base = { transfer: undefined, onAircraft: undefined, shown: { isEmpty: false, planHash: "y" } };

describe("what the upload says", () => {
  it("review 1.4: verified only where the plan on board has the bytes of the one on screen, whoever sent it", () => {
    expect(uploadView({ ...base, onAircraft: verified, shown: { isEmpty: false, planHash: "x" } }).kind).toBe(
      "verified",
    );
    expect(uploadView({ ...base, onAircraft: verified }).kind).toBe("outdated");
    expect(uploadView({ ...base, onAircraft: verified, shown: { isEmpty: false, planHash: undefined } }).kind).toBe(
      "outdated",
    );
  });
  it("of a download that failed: nothing on board was changed", () => {
    const transfer = { phase: "failed", failure: { kind: "vehicle-lost" } } as const;
    const facts = { ...base, onAircraft: verified, shown: { isEmpty: false, planHash: "x" } };
    expect(uploadView({ ...facts, transfer }).kind).toBe("failed");
    expect(uploadView({ ...facts, transfer: { ...transfer, isDownload: true } }).kind).toBe("verified");
  });
  it("newcomer 6: sent against objections is no clean tick", () => {
    const shown = { isEmpty: false, planHash: "x" };
    expect(uploadView({ ...base, onAircraft: { ...verified, countOfBlockingFindings: 3 }, shown })).toMatchObject({
      kind: "overridden",
      countOfBlockingFindings: 3,
    });
  });
  it("progress over both halves of the way", () => {
    const half = (phase: "uploading" | "reading-back") =>
      uploadView({
        ...base,
        onAircraft: verified,
        transfer: { phase, part: "mission", countOfDone: 7, countOfItems: 28 },
      });
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
    const blockingFindings = [{ kind: "home-far", distanceM: 9000 }] as const;
    const failure = { kind: "needs-override", blockingFindings } as const;
    expect(uploadView({ ...base, onAircraft: verified, transfer: { phase: "failed", failure } })).toEqual({
      kind: "objected",
      blockingFindings,
    });
  });
});

describe("file names", () => {
  it.each([
    ["Wimereux, nuit 1", "Wimereux- nuit 1"],
    ["../../etc/passwd", "etc-passwd"],
    ["  ", "plan"],
    // At most 120 bytes in UTF-8.
    ["é".repeat(200), "é".repeat(60)],
    ["a:b*c?", "a-b-c"],
  ])("%j becomes %j", (name, file) => {
    expect(fileNameOf(name)).toBe(file);
  });
});
