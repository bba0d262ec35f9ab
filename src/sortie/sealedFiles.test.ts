import { describe, expect, it } from "vitest";
import { contactsGeoJson } from "./contactsGeoJson.js";
import { createEventChain, readEventLog } from "./eventChain.js";
import { isSealFile, snapshotPath, sortieFolderName } from "./layout.js";
import { manifestText, readManifest, type ManifestFile } from "./manifest.js";
import { readSignature, signatureText } from "./signature.js";
import { aContact, aLog, sha256 } from "./testing/sortieBuilders.js";
import { problemText, verifySortie } from "./verifySortie.js";

const fileOf = (path: string, content: string): ManifestFile => ({
  path,
  bytes: content.length,
  sha256: sha256(content),
});

describe("the manifest", () => {
  const files = [fileOf("video.ts", "v"), fileOf("events.jsonl", "e"), fileOf("snapshots/c-1.png", "s")];

  it("lists the files by path and ends with a newline", () => {
    const text = manifestText(7, "ab", files, {
      signedBy: "A",
      clocks: { isCameraMapped: true, countOfClockSteps: 2 },
    });
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text)).toEqual({
      format: "vigie-sortie",
      version: 1,
      sealedUnixUs: 7,
      lastEventSha256: "ab",
      signedBy: "A",
      clocks: { isCameraMapped: true, countOfClockSteps: 2 },
      files: [files[1], files[2], files[0]],
    });
    expect(files.map(({ path }) => path)).toEqual(["video.ts", "events.jsonl", "snapshots/c-1.png"]);
  });

  it("is read back", () => {
    expect(readManifest(manifestText(7, "ab", files, { signedBy: "A" }))).toEqual({
      format: "vigie-sortie",
      version: 1,
      sealedUnixUs: 7,
      lastEventSha256: "ab",
      signedBy: "A",
      files: [files[1], files[2], files[0]],
    });
    expect(readManifest(manifestText(7, "ab", []))).toMatchObject({ files: [], signedBy: undefined });
  });

  const good = { format: "vigie-sortie", version: 1, sealedUnixUs: 7, lastEventSha256: "ab", files };
  it.each([
    ["a number", 7],
    ["another format", { ...good, format: "vigie-plan" }],
    ["another version", { ...good, version: 2 }],
    ["no time", { ...good, sealedUnixUs: undefined }],
    ["no end of the chain", { ...good, lastEventSha256: undefined }],
    ["a signer that is no text", { ...good, signedBy: 7 }],
    ["no list of files", { ...good, files: {} }],
    ["a file that is null", { ...good, files: [files[0], null] }],
    ["a file that is a text", { ...good, files: ["video.ts"] }],
    ["a file without a path", { ...good, files: [{ ...files[0], path: undefined }] }],
    ["a file without a size", { ...good, files: [{ ...files[0], bytes: "1" }] }],
    ["a file without a hash", { ...good, files: [{ ...files[0], sha256: undefined }, files[1]] }],
  ])("is not read from one with %s", (_, value) => {
    expect(readManifest(JSON.stringify(good))).toBeDefined();
    expect(readManifest(JSON.stringify(value))).toBeUndefined();
  });
});

describe("the file of the signature", () => {
  it("is read back", () => {
    expect(JSON.parse(signatureText("c2ln"))).toEqual({
      format: "vigie-signature",
      version: 1,
      algorithm: "Ed25519",
      signature: "c2ln",
    });
    expect(signatureText("c2ln").endsWith("}\n")).toBe(true);
    expect(readSignature(signatureText("c2ln"))).toBe("c2ln");
  });

  const good = { format: "vigie-signature", version: 1, algorithm: "Ed25519", signature: "c2ln" };
  it.each([
    "",
    "null",
    "7",
    JSON.stringify({ ...good, format: "vigie-sortie" }),
    JSON.stringify({ ...good, algorithm: "RSA" }),
    JSON.stringify({ ...good, signature: 7 }),
  ])("is not read from %s", (text) => {
    expect(readSignature(text)).toBeUndefined();
  });
});

describe("verifying against the manifest", () => {
  const eventsText = aLog(2);
  const lastSha256 = readEventLog(eventsText, sha256).lastSha256;
  const files = [fileOf("events.jsonl", eventsText), fileOf("video.ts", "frames")];
  const sealed = { manifestText: manifestText(5, lastSha256, files), eventsText, files };

  it("counts events and files, and leaves out the files that seal the others", () => {
    const seal = ["manifest.json", "manifest.sig", "station-key.pem", "recording.lock"].map((path) =>
      fileOf(path, "s"),
    );
    expect(verifySortie({ ...sealed, files: [...files, ...seal] }, sha256)).toEqual({
      verdict: "intact",
      problems: [],
      countOfEvents: 2,
      countOfFiles: 2,
      isTailCut: false,
      isBeingRecorded: false,
      signature: { state: "none" },
      stationVersion: undefined,
      unlistedPaths: [],
    });
    expect(["manifest.json", "events.jsonl", "video.ts", "plan.plan"].map(isSealFile)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("calls a file changed when only its size or only its hash differs", () => {
    const [events, video] = [files[0]!, files[1]!];
    for (const changed of [
      { ...video, bytes: 7 },
      { ...video, sha256: sha256("framez") },
    ]) {
      expect(verifySortie({ ...sealed, files: [events, changed] }, sha256).problems).toEqual([
        { kind: "file-changed", path: "video.ts" },
      ]);
    }
  });

  it("names a file that stands twice in the manifest", () => {
    const twice = manifestText(5, lastSha256, [...files, files[1]!]);
    const verdict = verifySortie({ ...sealed, manifestText: twice }, sha256);
    expect(verdict).toMatchObject({ verdict: "tampered", problems: [{ kind: "file-listed-twice", path: "video.ts" }] });
  });

  it("says only that events are missing when the log is", () => {
    const verdict = verifySortie({ ...sealed, eventsText: undefined }, sha256);
    expect(verdict).toMatchObject({ problems: [{ kind: "events-missing" }], countOfEvents: 0, isTailCut: false });
  });

  it("lists no additional files without a manifest", () => {
    const verdict = verifySortie({ manifestText: undefined, eventsText, files }, sha256);
    expect(verdict).toMatchObject({ verdict: "unsealed", unlistedPaths: [], countOfFiles: 2 });
  });

  it("takes a log that was read before, in parts", () => {
    const log = readEventLog(eventsText, sha256);
    expect(verifySortie({ ...sealed, eventsText: undefined, log }, sha256).verdict).toBe("intact");
  });

  it("names the version of the station from the log", () => {
    const versionIn = (kind: string, stationVersion: unknown) => {
      const text = createEventChain(sha256).next({ unixTimeUs: 1, kind, facts: { stationVersion } });
      return verifySortie({ manifestText: undefined, eventsText: text, files: [] }, sha256).stationVersion;
    };
    expect(versionIn("sortie-opened", "0.3.2")).toBe("0.3.2");
    expect(versionIn("sortie-opened", 3)).toBeUndefined();
    expect(versionIn("mode", "0.3.2")).toBeUndefined();
  });
});

describe("a sortie without a manifest", () => {
  const textOf = (kind: string) => createEventChain(sha256).next({ unixTimeUs: 1, kind, facts: {} });
  it.each([
    ["was never closed", { eventsText: textOf("mode") }, []],
    ["was closed", { eventsText: textOf("sortie-closed") }, ["manifest-missing"]],
    ["is signed", { eventsText: textOf("mode"), signatureText: signatureText("x") }, ["manifest-missing"]],
    ["is being recorded", { eventsText: textOf("sortie-closed"), isBeingRecorded: true }, []],
    ["has no log either", {}, ["events-missing"]],
  ])("that %s", (_, content, kinds) => {
    const verdict = verifySortie({ manifestText: undefined, files: [], ...content }, sha256);
    expect(verdict.problems.map(({ kind }) => kind)).toEqual(kinds);
    expect(verdict.verdict).toBe(kinds.length > 0 ? "tampered" : "unsealed");
    expect(verdict.isBeingRecorded).toBe("isBeingRecorded" in content);
  });
});

it.each([
  [{ kind: "events-missing" }, /^events\.jsonl is missing$/],
  [{ kind: "broken-chain", line: 12 }, /^events\.jsonl line 12 /],
  [{ kind: "manifest-missing" }, /^manifest\.json is missing though the sortie was closed/],
  [{ kind: "manifest-unreadable" }, /^manifest\.json is not a manifest$/],
  [{ kind: "chain-end-differs" }, /^events\.jsonl does not end where it ended/],
  [{ kind: "file-missing", path: "video.ts" }, /^video\.ts is missing$/],
  [{ kind: "file-changed", path: "video.ts" }, /^video\.ts was changed/],
  [{ kind: "file-listed-twice", path: "video.ts" }, /^video\.ts stands twice in manifest\.json$/],
] as const)("a person reads which file it is: %o", (problem, text) => {
  expect(problemText(problem)).toMatch(text);
});

describe("names of folders and pictures", () => {
  it.each([
    ["Été à Ambleteuse", "ete-a-ambleteuse"],
    ["  --Cap_Gris-Nez--  ", "cap-gris-nez"],
    ["a".repeat(61), "a".repeat(60)],
    ["", "sortie"],
    ["日本", "sortie"],
  ])("of %j", (label, name) => {
    expect(sortieFolderName(Date.UTC(2026, 0, 2, 3, 4, 5) * 1000, label)).toBe(`2026-01-02T03-04-05Z-${name}`);
    expect(snapshotPath(label)).toBe(`snapshots/${name}.png`);
  });

  it("leaves fractions of a second out", () => {
    expect(sortieFolderName(Date.UTC(2026, 0, 2, 3, 4, 5, 999) * 1000 + 999, "x")).toBe("2026-01-02T03-04-05Z-x");
  });
});

describe("contacts as GeoJSON, in full", () => {
  it("gives figures to two decimals and null for what is not known", () => {
    const moving = { ...aContact, id: "C-8", groundSpeedMps: 3.14159, courseDeg: 271.239, score: 0.876 };
    const text = contactsGeoJson([aContact, moving]);
    expect(text.endsWith("}\n")).toBe(true);
    const { features } = JSON.parse(text) as { features: readonly { id: string; properties: unknown }[] };
    const properties = {
      class: "boat",
      surface: "waterline",
      ce95M: 2.45,
      ellipseSemiMajorM: 2.45,
      ellipseSemiMinorM: 2.45,
      ellipseOrientationDeg: 0,
      lengthM: 7.8,
      groundSpeedMps: null,
      courseDeg: null,
      firstSeenUnixUs: 1,
      lastSeenUnixUs: 2,
      observationCount: 3,
      score: 0.9,
    };
    expect(features.map(({ id }) => id)).toEqual(["C-7", "C-8"]);
    expect(features[0]).toEqual({
      type: "Feature",
      id: "C-7",
      geometry: { type: "Point", coordinates: [1.6, 50.75] },
      properties,
    });
    expect(features[1]?.properties).toEqual({ ...properties, groundSpeedMps: 3.14, courseDeg: 271.24, score: 0.88 });
  });
});
