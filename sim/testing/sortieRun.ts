/** Flies a whole sortie with the commands a user would type: `vigie sim` and `vigie fly`, over real sockets. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort } from "../../src/io/testing/freePort.js";
import { readPlanFile } from "../../src/plan/formats/planFile.js";
import type { Plan } from "../../src/plan/plan.js";
import type { ScoredContact } from "../scoring/pairing.js";
import type { TruthLine } from "../scoring/truth.js";

const VIGIE = path.resolve("src/cli/vigie.mjs");

export type FlyResult = {
  readonly ok: boolean;
  readonly items: number;
  readonly verified: boolean;
  readonly startedUs: number;
  readonly landedUs: number;
  readonly contacts: readonly { readonly id: string }[];
  readonly coverage: { readonly areaM2: number; readonly seenPersonM2: number; readonly seenBoatM2: number };
  readonly sortie: string;
};

export type SortieRun = {
  readonly status: number;
  readonly result: FlyResult;
  readonly truth: readonly TruthLine[];
  readonly contacts: readonly ScoredContact[];
  readonly stderr: string;
};

export const runVigie = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [VIGIE, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });

/** Waits for the process to end; returns its output. */
export function ended(child: ChildProcess): Promise<{ status: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status: status ?? -1, stdout, stderr })));
}

export const jsonLines = <T>(file: string): T[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

type ContactFeature = {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly properties: {
    readonly class: string;
    readonly firstSeenUnixUs: number;
    readonly lastSeenUnixUs: number;
    readonly ellipseSemiMajorM: number;
    readonly ellipseSemiMinorM: number;
    readonly ellipseOrientationDeg: number;
  };
};

/** The first event of a contact holds its state at that time: `lastSeenUnixUs` is the picture that made it a contact. */
type AppearedEvent = {
  readonly contactId?: string;
  readonly appearedUnixUs?: number;
  readonly contact?: { readonly lastSeenUnixUs: number };
};

/** Wall-clock time of a contact's first report, and time of the picture that made it a contact; microseconds. */
export type Report = Pick<ScoredContact, "appearedUs" | "recognisedUs">;

/** The contacts in a sortie's folder, each with the time of its first report. */
export function contactsOf(folder: string): readonly ScoredContact[] {
  const appeared = jsonLines<AppearedEvent>(path.join(folder, "events.jsonl")).flatMap(
    ({ contactId, appearedUnixUs, contact }) =>
      contactId !== undefined && appearedUnixUs !== undefined && contact !== undefined
        ? [[contactId, { appearedUs: appearedUnixUs, recognisedUs: contact.lastSeenUnixUs }] as const]
        : [],
  );
  return scoredContacts(readFileSync(path.join(folder, "contacts.geojson"), "utf8"), new Map(appeared));
}

/** The contacts of a sortie's GeoJSON; each must have a report. */
export function scoredContacts(geoJson: string, reports: ReadonlyMap<string, Report>): readonly ScoredContact[] {
  const { features } = JSON.parse(geoJson) as { readonly features: readonly ContactFeature[] };
  const reportOf = (id: string): Report => {
    const report = reports.get(id);
    if (!report) throw new Error(`${id} is among the contacts, and nothing says when it was reported`);
    return report;
  };
  return features.map(({ id, geometry, properties }) => ({
    id,
    class: properties.class,
    longitudeDeg: geometry.coordinates[0],
    latitudeDeg: geometry.coordinates[1],
    firstSeenUs: properties.firstSeenUnixUs,
    lastSeenUs: properties.lastSeenUnixUs,
    ...reportOf(id),
    ellipse95: {
      semiMajorM: properties.ellipseSemiMajorM,
      semiMinorM: properties.ellipseSemiMinorM,
      orientationDeg: properties.ellipseOrientationDeg,
    },
  }));
}

export async function flySortie(scenario: string, plan: string, seed?: number): Promise<SortieRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "vigie-sortie-"));
  const truthFile = path.join(folder, "truth.jsonl");
  const sortieFolder = path.join(folder, "sortie");
  const [linkPort, videoPort] = [await freePort(), await freePort()];
  const sim = runVigie([
    "sim",
    ...["--scenario", scenario, "--mavlink", `udpout:127.0.0.1:${linkPort}`],
    ...["--video", `udp://127.0.0.1:${videoPort}`, "--truth", truthFile],
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
  ]);
  const simEnded = ended(sim);
  const fly = runVigie([
    "fly",
    plan,
    ...["--link", `udp://:${linkPort}`, "--video", `udp://:${videoPort}`],
    ...["--sortie", sortieFolder, "--json"],
  ]);
  const flown = await ended(fly);
  sim.kill("SIGTERM");
  const simulated = await simEnded;
  if (flown.stdout === "") throw new Error(`fly printed nothing:\n${flown.stderr}\nsim:\n${simulated.stderr}`);
  return {
    status: flown.status,
    result: JSON.parse(flown.stdout) as FlyResult,
    truth: jsonLines<TruthLine>(truthFile),
    contacts: contactsOf(sortieFolder),
    stderr: flown.stderr,
  };
}

export function planInFile(file: string): Plan {
  const plan = readPlanFile(readFileSync(file, "utf8"), file);
  if (!plan.ok) throw new Error(`${file}: ${plan.error.problem}`);
  return plan.value;
}
