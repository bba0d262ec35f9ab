import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import type { ToUi } from "../contract/messages.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../plan/plan.js";
import { SORTIE_FILES } from "../sortie/layout.js";
import { userPaths } from "../station/installation.js";
import { linkProblem } from "../station/linkProblem.js";
import { createStation } from "../station/station.js";
import type { StationFolders, StationInputs } from "../station/stationTypes.js";
import type { Contact } from "../track/contact.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { readArguments } from "./arguments.js";
import { nodeIo, readOrWhy } from "./commandIo.js";
import { failureLine } from "./failureLine.js";
import { checkPlanFor, findingForJson } from "./planCheck.js";
import { Flight, type AircraftSought, type FlightOutcome, type PlanToFly } from "./fly/flight.js";
import { StationClient, type Known } from "./fly/stationClient.js";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";
import { noticeLine } from "./noticeLine.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, print, wrongUse } from "./output.js";
import { usableGround } from "./groundFiles.js";
import { SOURCE_OPTIONS, sourcesOf } from "./sources.js";
import { onStopSignal, StopPresses } from "./stopSignals.js";
import { terrainTrouble } from "./terrainTrouble.js";

export const flyHelp = `vigie fly FILE.plan --link udp://:14550|tcp://HOST:PORT|serial:DEV:BAUD [--video udp://:5600]... [--terrain FILE]...
          [--sortie DIR] [--vehicle N] [--override REASON] [--no-video] [--no-packs] [--json]
          --no-packs: leave out imported packs (the heights of packs are left out at a simulated aircraft in any case)`;

/** Pictures and texts that arrive this long after the landing still belong to the sortie. */
const AFTERGLOW_MS = 1000;
/** After a second stop signal, the last command and the sealing of the sortie get this long. */
const LEAVE_WITHIN_MS = 2000;

type FlightSources = Pick<StationInputs, "video" | "sensors" | "detector" | "terrain">;

type Wanted = {
  readonly planPath: string;
  readonly aircraftSought: AircraftSought;
  readonly sources: FlightSources;
  readonly sortie: string | undefined;
  readonly overrideReason: string | undefined;
  readonly isWithoutPacks: boolean;
  readonly isJson: boolean;
};

function readWords(argv: readonly string[]): Result<Wanted, string> {
  const parsed = readArguments(argv, {
    link: { type: "string", multiple: true },
    ...SOURCE_OPTIONS,
    "no-video": { type: "boolean", default: false },
    "no-packs": { type: "boolean", default: false },
    sortie: { type: "string" },
    vehicle: { type: "string" },
    override: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (!parsed.ok) return parsed;
  const { positionals, values } = parsed.value;
  const [planPath] = positionals;
  if (planPath === undefined || positionals.length !== 1) return err("one plan is needed");
  if (!values.link) return err("--link is needed");
  const problem = linkProblem(values.link);
  if (problem !== undefined) return err(problem);
  const systemId = systemIdOf(values.vehicle);
  if (!systemId.ok) return systemId;
  const overrideReason = values.override?.trim();
  if (overrideReason === "") return err("--override needs a reason");
  const given = sourcesOf(values);
  if (!given.ok) return given;
  const video = values["no-video"] ? [] : (given.value.video ?? []);
  const sources = { ...given.value, video };
  const { sortie, json: isJson, "no-packs": isWithoutPacks } = values;
  const aircraftSought = { links: values.link, systemId: systemId.value };
  return ok({ planPath, aircraftSought, sources, sortie, overrideReason, isWithoutPacks, isJson });
}

function systemIdOf(text: string | undefined): Result<number | undefined, string> {
  if (text === undefined) return ok(undefined);
  const systemId = Number(text);
  const isOne = Number.isInteger(systemId) && systemId >= 1 && systemId <= 255;
  return isOne ? ok(systemId) : err("--vehicle needs a system id, 1 to 255");
}

/** Uploads a plan, verifies it on the aircraft, flies it, records the sortie and prints what was seen. */
export async function runFly(argv: readonly string[]): Promise<number> {
  const wanted = readWords(argv);
  if (!wanted.ok) return wrongUse(wanted.error, flyHelp);
  const { planPath, aircraftSought, sortie, overrideReason, isWithoutPacks, isJson } = wanted.value;
  const data = userPaths().data;
  const sortieFolder = sortie === undefined ? undefined : resolve(sortie);
  const file = await readPlan(planPath);
  const { terrain } = wanted.value.sources;
  const trouble = await terrainTrouble(terrain);
  const problem = file.ok ? (trouble[0] ?? (await folderProblem(sortieFolder))) : file.error;
  if (!file.ok || problem !== undefined) {
    print(`vigie fly: ${problem ?? ""}`);
    if (isJson) printJson({ ok: false, problem });
    return EXIT_FAILED;
  }
  const folders = { data, sortie: sortieFolder, withoutPacks: isWithoutPacks };
  const planToFly = { ...file.value, overrideReason };
  return flyOverItsGround({ planToFly, aircraftSought, sources: wanted.value.sources, folders, isJson });
}

/**
 * With the heights of the imported packs, which are the ground of a real aircraft. A simulated one flies over its scenario's: a training
 * plan is for such a one only, and for another plan the aircraft itself says that it is one, before anything is sent to it.
 */
async function flyOverItsGround(options: Omit<FlyOptions, "hasPackHeights">): Promise<number> {
  const { planToFly, sources, folders } = options;
  const hasOwnGround = folders.withoutPacks === true || planToFly.plan.isTraining;
  const ofPacks = await packHeightsFor(sources.terrain, hasOwnGround ? undefined : folders.data);
  if (ofPacks.length > 0) {
    const terrain = [...(sources.terrain ?? []), ...ofPacks];
    const flown = await fly({ ...options, sources: { ...sources, terrain }, hasPackHeights: true });
    if (flown !== "over-wrong-ground") return flown;
    print(
      "vigie fly: the aircraft is simulated: its ground is the scenario's, and heights of imported packs are left out",
    );
  }
  const flown = await fly({ ...options, hasPackHeights: false });
  return flown === "over-wrong-ground" ? EXIT_FAILED : flown;
}

/** Files of the imported packs in a data folder that are not given too; they are named. */
async function packHeightsFor(
  given: readonly string[] = [],
  dataFolder: string | undefined,
): Promise<readonly string[]> {
  const ofPacks = await usableGround("vigie fly", { terrain: undefined, maps: undefined }, dataFolder);
  const further = (ofPacks?.terrain ?? []).filter((file) => !given.includes(file));
  for (const file of further) print(`vigie fly: heights of an imported pack: ${file}`);
  return further;
}

async function readPlan(path: string): Promise<Result<Pick<PlanToFly, "plan" | "text">, string>> {
  const source = await readOrWhy(nodeIo, path);
  if ("why" in source) return err(source.why);
  const plan = readPlanFile(source.text, path);
  return plan.ok ? ok({ plan: plan.value, text: source.text }) : err(failureLine(plan.error));
}

/** A sortie is never written over another. */
async function folderProblem(folder: string | undefined): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  // A folder that does not exist counts as empty; one that cannot be read fails later, when the sortie is written.
  const names = await readdir(folder).catch(() => []);
  return names.length > 0 ? `${folder} is not empty` : undefined;
}

type FlyOptions = {
  readonly planToFly: PlanToFly;
  readonly aircraftSought: AircraftSought;
  readonly sources: FlightSources;
  /** Some of the heights are of imported packs. */
  readonly hasPackHeights: boolean;
  readonly folders: StationFolders;
  readonly isJson: boolean;
};

/** The exit status; "over-wrong-ground" with nothing armed or said, when it is to be flown again without the heights of packs. */
async function fly(options: FlyOptions): Promise<number | "over-wrong-ground"> {
  const { planToFly, aircraftSought, sources, hasPackHeights, folders } = options;
  const { plan } = planToFly;
  const station = createStation({
    inputs: { links: aircraftSought.links, ...sources, decoder: sources.video.length === 0 ? "none" : "napi" },
    folders,
    training: undefined,
    requireUiHeartbeat: false,
    host: { log: print },
  });
  const appearedUs = new Map<string, number>();
  const client = new StationClient(station, (message, known) => follow(message, known, appearedUs));
  const flight = new Flight({ client, planToFly, aircraftSought, hasPackHeights, print });
  const stopListening = onInterrupt(flight, () => station.dispose());
  const outcome = await flight.fly();
  if (outcome.isOverWrongGround) {
    stopListening();
    await station.dispose();
    return "over-wrong-ground";
  }
  await client.waitUntil(() => false, AFTERGLOW_MS);
  stopListening();
  const { contacts, recorder, vehicles } = client.known();
  const flownBy = vehicles.find(({ id }) => id === outcome.vehicle);
  await station.dispose();
  const folder = recorder?.folder ?? folders.sortie;
  const result = {
    ...summaryOf(outcome, plan),
    contacts: contacts.map((contact) => contactLine(contact, appearedUs.get(contact.id))),
    coverage: await coverageOf(folder),
    sortie: folder,
    findings: await findingsOf(plan, flownBy),
    ...(recorder?.state === "failed" ? { recorderProblem: recorder.because } : {}),
  };
  if (outcome.problem !== undefined) print(`vigie fly: ${outcome.problem}`);
  if (options.isJson) printJson(result);
  else printText(`${result.ok ? "done" : "failed"}: ${contacts.length} contacts, sortie ${folder ?? "not recorded"}`);
  return result.ok ? EXIT_DONE : EXIT_FAILED;
}

/** The findings that `vigie check` would print for this plan and aircraft. */
async function findingsOf(plan: Plan, vehicle: VehicleState | undefined) {
  const { mavType = plan.vehicleType, mavAutopilot = plan.firmwareType } = vehicle ?? {};
  const findings = await checkPlanFor(plan, { vehicle: { mavType, mavAutopilot } });
  return findings.ok ? findings.value.map(findingForJson) : [];
}

function follow(message: ToUi, known: Known, appearedUs: Map<string, number>): void {
  if (message.kind === "notice" && message.notice.severity !== "info") {
    print(noticeLine(message.notice));
  }
  if (message.kind !== "contacts") return;
  for (const contact of message.contacts) {
    if (appearedUs.has(contact.id)) continue;
    appearedUs.set(contact.id, known.stationUnixUs);
    print(`contact ${contact.id}: ${contact.class}, ${contact.lengthM.toFixed(1)} m, ±${contact.ce95M.toFixed(1)} m`);
  }
}

function summaryOf(outcome: FlightOutcome, plan: Plan) {
  return {
    ok: outcome.problem === undefined && outcome.isVerified,
    vehicle: outcome.vehicle,
    items: missionItemsOf(plan).length,
    verified: outcome.isVerified,
    startedUs: outcome.startedUs,
    landedUs: outcome.landedUs,
    ...(outcome.problem === undefined ? {} : { problem: outcome.problem }),
  };
}

const contactLine = (contact: Contact, appearedUs: number | undefined) => ({
  id: contact.id,
  class: contact.class,
  latitudeDeg: contact.position.latitudeDeg,
  longitudeDeg: contact.position.longitudeDeg,
  ce95M: contact.ce95M,
  lengthM: contact.lengthM,
  firstSeenUs: contact.firstSeenUnixUs,
  lastSeenUs: contact.lastSeenUnixUs,
  groundSpeedMps: contact.groundSpeedMps,
  courseDeg: contact.courseDeg,
  appearedUs,
});

/** The coverage that the recorder wrote as it sealed the sortie. */
async function coverageOf(folder: string | undefined): Promise<unknown> {
  const nothing = { areaM2: 0, seenPersonM2: 0, seenBoatM2: 0, onFlatGroundM2: 0 };
  if (folder === undefined) return nothing;
  // A flight without a camera leaves no coverage file.
  const text = await readFile(join(folder, SORTIE_FILES.coverage), "utf8").catch(() => undefined);
  const json = text === undefined ? undefined : parseBoundedJson(text, SMALL_FILE_LIMITS);
  return json?.ok === true ? json.value : nothing;
}

/**
 * First signal: the aircraft returns. Second: this program ends and the aircraft is left to its own failsafe; a pending
 * arm command is undone as the station closes. Third: exits at once.
 */
function onInterrupt(flight: Flight, close: () => Promise<void>): () => void {
  const presses = new StopPresses();
  let isLeaving = false;
  const end = (): never => process.exit(EXIT_FAILED);
  return onStopSignal((signal) => {
    const meaning = presses.press(signal, performance.now());
    if (meaning === "bring-back") flight.bringBack();
    if (meaning !== "leave") return;
    if (isLeaving) end();
    isLeaving = true;
    print(`vigie fly: ended by the pilot; ${flight.aircraft()}`);
    setTimeout(end, LEAVE_WITHIN_MS);
    void close().finally(end);
  });
}
