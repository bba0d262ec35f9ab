import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { sha256Hex } from "../../io/fileStore.js";
import { createFileSealer } from "../../io/keychainFile.js";
import { createSecretStore } from "../../io/keychain.js";
import { checkSignature, keyPairFrom, newKeySecret } from "../../io/stationKeyPair.js";
import { hashFilesUnder, realSortieDisk } from "../../io/sortieDisk.js";
import { createEventChain } from "../../sortie/eventChain.js";
import { manifestText } from "../../sortie/manifest.js";
import { signatureText } from "../../sortie/signature.js";
import { problemText } from "../../sortie/verifySortie.js";
import { createRecorder } from "./recorder.js";
import { sortieFolders } from "./sortieFolders.js";
import { listRecordings } from "./recordings.js";
import { noteSealed } from "./sealedJournal.js";
import { lockText } from "./sortieLock.js";
import { knownFingerprints, stationKeyOn } from "./stationKey.js";
import { verifySortieFolder } from "./verifyFolder.js";

type Line = Record<string, unknown>;

/** A sealed sortie of a station with its own data folder, and so its own key. */
async function aSortie(isSigned = true) {
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-sealed-"));
  const clock = new FakeClock();
  const store = createSecretStore(join(dataFolder, "keys.json"), [createFileSealer(join(dataFolder, "keys.key"))]);
  const recorder = createRecorder({
    time: { clock, scheduler: clock },
    disk: realSortieDisk,
    nextFolder: sortieFolders({ sortiesFolder: join(dataFolder, "sorties"), label: "beach" }),
    stationKey: isSigned ? stationKeyOn(store, dataFolder) : () => Promise.resolve(undefined),
    listener: {
      onStatus: () => undefined,
      onTrouble: () => undefined,
      onSealed: (folder) => noteSealed(dataFolder, folder),
    },
  });
  recorder.open({ stationVersion: "9.9" });
  await expect.poll(() => recorder.status().bytes).toBeGreaterThan(isSigned ? 300 : 100);
  recorder.event("mode", { modeName: "AUTO" });
  await recorder.close("landed");
  const name = readdirSync(join(dataFolder, "sorties"))[0] ?? "";
  return { dataFolder, folder: join(dataFolder, "sorties", name) };
}
const linesOf = (folder: string): Line[] =>
  readFileSync(join(folder, "events.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** What a careful forger does: rewrites the lines, builds a valid chain over them, and a manifest over everything. */
async function forge(
  folder: string,
  change: (lines: Line[]) => Line[],
  more: { signedBy?: string } = {},
): Promise<string> {
  const chain = createEventChain(sha256Hex);
  const lines = change(linesOf(folder)).map(({ previousSha256: _, unixTimeUs, kind, ...facts }) =>
    chain.next({ unixTimeUs: unixTimeUs as number, kind: kind as string, facts }),
  );
  writeFileSync(join(folder, "events.jsonl"), lines.join(""));
  const files = await hashFilesUnder(folder, (path) => !/^(manifest|station-key|recording)/.test(path));
  const text = manifestText(1, chain.lastSha256(), files, more);
  writeFileSync(join(folder, "manifest.json"), text);
  return text;
}
const calm = (lines: Line[]): Line[] =>
  lines.map((line) => (line["kind"] === "mode" ? { ...line, modeName: "LOITER" } : line));
const problemsOf = async (folder: string, dataFolder?: string): Promise<string[]> => {
  const verdict = await verifySortieFolder(folder, dataFolder);
  return verdict.ok ? verdict.value.problems.map(({ kind }) => kind) : ["not a sortie"];
};
/** The folder copied to a place for which no station has a journal entry. */
function carriedAway(folder: string): string {
  const place = join(mkdtempSync(join(tmpdir(), "vigie-carried-")), basename(folder));
  cpSync(folder, place, { recursive: true });
  return place;
}

describe("findings 6.9: a sealed sortie that was written anew is found", () => {
  it("as it was sealed it is intact, signed by a key that this station knows and another does not", async () => {
    const { folder, dataFolder } = await aSortie();
    const [fingerprint = ""] = await knownFingerprints(dataFolder);
    expect(await verifySortieFolder(folder, dataFolder)).toMatchObject({
      value: { verdict: "intact", problems: [], signature: { state: "right", isKnown: true, fingerprint } },
    });
    const other = await aSortie();
    expect(await verifySortieFolder(carriedAway(folder), other.dataFolder)).toMatchObject({
      value: { verdict: "intact", problems: [], signature: { state: "right", isKnown: false, fingerprint } },
    });
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Line;
    expect(manifest["signedBy"]).toBe(fingerprint);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["manifest.sig", "station-key.pem"]));
    expect(readdirSync(folder)).not.toContain("recording.lock");
  });

  it("the manifest is gone, and the log says that it was closed", async () => {
    const { folder } = await aSortie();
    const away = carriedAway(folder);
    rmSync(join(away, "manifest.json"));
    expect(await problemsOf(away)).toEqual(["manifest-missing"]);
    for (const name of ["manifest.sig", "station-key.pem"]) rmSync(join(away, name));
    expect(await problemsOf(away)).toEqual(["manifest-missing"]);
  });

  it("a sealed sortie cut back to look like a crash is known to the station that sealed it", async () => {
    const { folder, dataFolder } = await aSortie();
    for (const name of ["manifest.json", "manifest.sig", "station-key.pem"]) rmSync(join(folder, name));
    const lines = readFileSync(join(folder, "events.jsonl"), "utf8").trim().split("\n");
    writeFileSync(join(folder, "events.jsonl"), `${lines.slice(0, -1).join("\n")}\n`);
    expect(await problemsOf(folder)).toEqual([]);
    expect(await problemsOf(folder, dataFolder)).toEqual(["manifest-missing"]);
  });

  it("events, chain and manifest written anew, the signature left or taken away", async () => {
    const { folder } = await aSortie();
    const left = carriedAway(folder);
    await forge(left, calm);
    expect(await problemsOf(left)).toEqual(["signature-wrong"]);
    const taken = carriedAway(folder);
    for (const name of ["manifest.sig", "station-key.pem"]) rmSync(join(taken, name));
    await forge(taken, calm);
    expect(await problemsOf(taken)).toEqual(["signature-missing"]);
    const keyless = carriedAway(folder);
    rmSync(join(keyless, "station-key.pem"));
    expect(await problemsOf(keyless)).toEqual(["signature-unreadable"]);
  });

  it("signed anew with the forger's own key", async () => {
    const { folder, dataFolder } = await aSortie();
    const away = carriedAway(folder);
    const forger = keyPairFrom(newKeySecret())!;
    const sign = async (place: string, change: (lines: Line[]) => Line[]) => {
      const text = await forge(place, change, { signedBy: forger.fingerprint });
      writeFileSync(join(place, "manifest.sig"), signatureText(forger.sign(text)));
      writeFileSync(join(place, "station-key.pem"), forger.publicKeyPem);
    };
    await sign(away, calm);
    expect(await problemsOf(away)).toEqual(["key-differs"]);
    // Even with his key named in the log: the station that sealed the sortie remembers another manifest.
    await sign(folder, (lines) =>
      calm(lines).map((line) => (line["kind"] === "station-key" ? { ...line, fingerprint: forger.fingerprint } : line)),
    );
    expect(await problemsOf(folder)).toEqual([]);
    expect(await problemsOf(folder, dataFolder)).toEqual(["sealed-otherwise"]);
  });

  it("one of 0.2, never signed, is told and no fault", async () => {
    const { folder } = await aSortie(false);
    expect(await verifySortieFolder(folder)).toMatchObject({
      value: { verdict: "intact", problems: [], signature: { state: "none" }, stationVersion: "9.9" },
    });
  });

  it("files that are missing, changed, added or listed twice are told by name", async () => {
    const { folder } = await aSortie(false);
    const away = carriedAway(folder);
    writeFileSync(join(away, "contacts.geojson"), "{}");
    writeFileSync(join(away, "notes.txt"), "");
    rmSync(join(away, "coverage.json"));
    const manifest = JSON.parse(readFileSync(join(away, "manifest.json"), "utf8")) as { files: Line[] };
    manifest.files.push(manifest.files.find(({ path }) => path === "telemetry.tlog")!);
    writeFileSync(join(away, "manifest.json"), JSON.stringify(manifest));
    const verdict = await verifySortieFolder(away);
    if (!verdict.ok) throw new Error("not a sortie");
    const words = verdict.value.problems.map(problemText).join("\n");
    for (const name of ["contacts.geojson was changed", "coverage.json is missing", "telemetry.tlog stands twice"])
      expect(words).toContain(name);
    expect(verdict.value.unlistedPaths).toEqual(["notes.txt"]);
  });

  it("a key or a signature that is none is a fault in words, not a crash", async () => {
    const { folder } = await aSortie();
    for (const [name, text] of [
      ["manifest.sig", "{}"],
      ["manifest.sig", ""],
      ["station-key.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
    ] as const) {
      const away = carriedAway(folder);
      writeFileSync(join(away, name), text);
      expect(await problemsOf(away), name).toEqual(["signature-unreadable"]);
    }
    expect(checkSignature("", "", "")).toBeUndefined();
  });
});

it("a folder that is no sortie gets no verdict", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vigie-no-sortie-"));
  writeFileSync(join(folder, "notes.txt"), "");
  const refused = { kind: "not-found", what: expect.stringContaining(folder) };
  expect(await verifySortieFolder(folder)).toEqual({ ok: false, error: refused });
});

describe("findings 5.19: what is being recorded now is not broken", () => {
  it("by this station, by another process, and by one that is gone", async () => {
    const { folder, dataFolder } = await aSortie(false);
    const sortiesFolder = join(dataFolder, "sorties");
    rmSync(join(folder, "manifest.json"));
    const list = async (openFolder: string | undefined) =>
      (await listRecordings({ sortiesFolder, openFolder: () => openFolder }))[0];
    expect(await list(folder)).toMatchObject({ isSealed: false, isBeingRecorded: true });
    expect(await list(undefined)).not.toHaveProperty("isBeingRecorded");
    // The parent process lives as long as this one.
    const lock = JSON.parse(lockText(0)) as { pid: number; processStart: string; bootId: string };
    const statOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8");
    const startOf = (pid: number) =>
      statOf(pid)
        .slice(statOf(pid).lastIndexOf(")") + 2)
        .split(" ")[19] ?? "";
    if (process.platform !== "linux") return;
    const write = (changes: Partial<typeof lock>): void =>
      writeFileSync(join(folder, "recording.lock"), JSON.stringify({ ...lock, ...changes }));
    const alive = { pid: process.ppid, processStart: startOf(process.ppid) };
    write(alive);
    expect(await list(undefined)).toMatchObject({ isBeingRecorded: true });
    expect(await verifySortieFolder(folder)).toMatchObject({ value: { isBeingRecorded: true, problems: [] } });
    // Another boot, another process with the same id, no process at all.
    for (const gone of [
      { ...alive, bootId: "another" },
      { ...alive, bootId: "" },
      { ...alive, processStart: "1" },
      { pid: 2 ** 22 + 1 },
    ]) {
      write(gone);
      expect(await list(undefined), JSON.stringify(gone)).not.toHaveProperty("isBeingRecorded");
    }
  });
});
