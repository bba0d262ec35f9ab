import { assertNever, err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { GroundFile } from "../../contract/groundMessages.js";
import type { ReplyValue, UiRequest } from "../../contract/messages.js";
import type { FleetRequest } from "../../contract/fleetMessages.js";
import type { LinkRequest } from "../../contract/linkMessages.js";
import { PACK_REQUESTS, type PackRequest } from "../../contract/packMessages.js";
import { SERVICE_REQUESTS, type ServiceRequest } from "../../contract/serviceMessages.js";
import { sha256Hex } from "../../io/fileStore.js";
import { writePlanFile } from "../../plan/formats/planFile.js";
import { isWaypointsText } from "../../plan/formats/waypointsFile.js";
import type { Position } from "../../geo/position.js";
import { knownHeightAt } from "../../geo/terrain/knownHeight.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { CoastStore } from "../coastStore.js";
import type { PackService } from "../packs/packService.js";
import type { MapService } from "../maps/stationMaps.js";
import type { PlacesStore } from "../placesStore.js";
import type { PlanStore } from "../planStore.js";
import type { TideStore } from "../tideStore.js";
import type { ReadingService } from "../reading/readingService.js";
import type { TerrainService } from "../terrain/stationTerrain.js";
import type { RecordingService } from "../recording/recordingService.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";

export type RequestContext = {
  readonly vehicle: (id: VehicleId) => VehicleSession | undefined;
  readonly files: StationFiles;
  /** Requests that concern several vehicles. */
  readonly answerFleet: (request: FleetRequest) => Promise<Answer>;
  readonly answerLink: (request: LinkRequest) => Promise<Answer>;
  /** `onContactViewed`: false when there is no such contact. */
  readonly contacts: { readonly onContactViewed: (contactId: string) => boolean };
  /** `plan`: a plan was verified on an aircraft. */
  readonly recorder: { readonly plan: (planText: string) => void };
};

/** The files that the station stores and reads for its screens. */
type StationFiles = {
  readonly plans: PlanStore;
  readonly recordings: RecordingService;
  readonly coast: CoastStore;
  readonly places: PlacesStore;
  readonly tide: TideStore;
  readonly reading: ReadingService;
  readonly terrain: Pick<TerrainService, "isRead" | "terrain" | "heights" | "overGround">;
  readonly maps: Pick<MapService, "maps" | "tile">;
  readonly groundFiles: () => Promise<readonly GroundFile[]>;
  readonly packs: Pick<PackService, "answer" | "states">;
};

type Answer = Result<ReplyValue, StationFailure>;
const DONE: Answer = ok({ kind: "done" });

/** Answers every request of every screen. */
export const createRequestHandler =
  (context: RequestContext) =>
  (request: UiRequest): Promise<Answer> =>
    answerRequest(request, context);

/**
 * Answers one request; for a vehicle's command or transfer, when it has ended. Expected failures are replies, not
 * exceptions.
 */
export function answerRequest(request: UiRequest, context: RequestContext): Promise<Answer> {
  if (isOneOf(request, VEHICLE_KINDS)) return answerVehicleRequest(request, context);
  if (isOneOf(request, ["list-plans", "load-plan", "save-plan"]))
    return answerPlanRequest(request, context.files.plans);
  if (isOneOf(request, ["get-coast", "load-coast-line", "get-ground-files"]))
    return answerCoastRequest(request, context.files);
  if (isOneOf(request, ["get-places", "get-tide"])) return Promise.resolve(answerShipped(request, context.files));
  if (isOneOf(request, GROUND_KINDS)) return answerGroundRequest(request, context.files);
  if (isOneOf(request, SERVICE_REQUESTS)) return answerServiceRequest(request, context);
  if (isOneOf(request, LINK_KINDS)) return context.answerLink(request);
  if (isOneOf(request, FLEET_KINDS)) return context.answerFleet(request);
  if (request.kind === "contact-viewed") {
    const isKnown = context.contacts.onContactViewed(request.contactId);
    return Promise.resolve(isKnown ? DONE : err({ kind: "not-found", what: request.contactId }));
  }
  // The remaining kinds: a new kind of request that nobody answers does not compile.
  return answerRecordingRequest(request, context.files.recordings);
}

const MAP_KINDS = ["get-maps", "get-map-tile"] as const;
const TERRAIN_KINDS = ["get-heights", "get-height", "check-over-ground"] as const;
const GROUND_KINDS = [...MAP_KINDS, ...TERRAIN_KINDS, ...PACK_REQUESTS];
type GroundRequest =
  Extract<UiRequest, { kind: (typeof MAP_KINDS)[number] | (typeof TERRAIN_KINDS)[number] }> | PackRequest;

/** The files of the ground: maps, heights and packs. */
function answerGroundRequest(request: GroundRequest, files: StationFiles): Promise<Answer> {
  if (isOneOf(request, MAP_KINDS)) return answerMapRequest(request, files.maps);
  if (isOneOf(request, TERRAIN_KINDS)) return answerTerrainRequest(request, files);
  return files.packs.answer(request);
}

const LINK_KINDS: readonly LinkRequest["kind"][] = [
  "add-link",
  "remove-link",
  "list-serial-ports",
  "list-signing-keys",
  "add-signing-key",
  "remove-signing-key",
  "set-link-signing",
  "setup-vehicle-signing",
  "join-vehicles",
  "high-latency",
];
const FLEET_KINDS: readonly FleetRequest["kind"][] = ["fleet-command", "propose-hand-over"];

async function answerServiceRequest(request: ServiceRequest, context: RequestContext): Promise<Answer> {
  const vehicle = context.vehicle(request.vehicleId);
  return vehicle ? vehicle.answer(request) : err({ kind: "no-vehicle" });
}

function isOneOf<K extends UiRequest["kind"]>(
  request: UiRequest,
  kinds: readonly K[],
): request is Extract<UiRequest, { kind: K }> {
  return kinds.some((kind) => kind === request.kind);
}

async function answerPlanRequest(
  request: Extract<UiRequest, { kind: "list-plans" | "load-plan" | "save-plan" }>,
  plans: PlanStore,
): Promise<Answer> {
  switch (request.kind) {
    case "list-plans":
      return ok({ kind: "plans", names: await plans.list() });
    case "load-plan": {
      const text = await plans.load(request.name);
      return text.ok ? ok({ kind: "plan", name: request.name, planText: text.value }) : text;
    }
    case "save-plan": {
      const saved = await plans.save(request.name, request.planText);
      return saved.ok ? DONE : saved;
    }
    default:
      return assertNever(request);
  }
}

async function answerCoastRequest(
  request: Extract<UiRequest, { kind: "get-coast" | "load-coast-line" | "get-ground-files" }>,
  { coast, groundFiles, packs }: StationFiles,
): Promise<Answer> {
  if (request.kind === "get-ground-files")
    return ok({ kind: "ground-files", files: await groundFiles(), coast: coast.origin(), packs: await packs.states() });
  if (request.kind === "get-coast") {
    const documentJson = coast.documentJson();
    return documentJson === undefined ? err({ kind: "not-found", what: "coast" }) : ok({ kind: "coast", documentJson });
  }
  const replaced = await coast.replace(request.geojson);
  if (!replaced.ok) return replaced;
  return ok({ kind: "coast", documentJson: replaced.value });
}

/** What comes with the installation. */
const answerShipped = (
  request: Extract<UiRequest, { kind: "get-places" | "get-tide" }>,
  { places, tide }: StationFiles,
): Answer => (request.kind === "get-places" ? answerPlaces(places) : answerTide(request, tide));

function answerPlaces(places: PlacesStore): Answer {
  const documentJson = places.documentJson();
  return documentJson === undefined ? err({ kind: "not-found", what: "places" }) : ok({ kind: "places", documentJson });
}

function answerTide({ position, unixTimeMs }: Extract<UiRequest, { kind: "get-tide" }>, tide: TideStore): Answer {
  const answer = tide.tideAt(position, unixTimeMs);
  return answer ? ok(answer) : err({ kind: "not-found", what: "tide" });
}

function answerTerrainRequest(
  request: Extract<UiRequest, { kind: "get-heights" | "get-height" | "check-over-ground" }>,
  files: StationFiles,
): Promise<Answer> {
  switch (request.kind) {
    case "get-heights":
      return answerHeights(request, files.terrain);
    case "get-height":
      return answerHeight(request.position, files.terrain);
    case "check-over-ground":
      return answerOverGround(request, files);
    default:
      return assertNever(request);
  }
}

async function answerHeight(position: Position, terrain: StationFiles["terrain"]): Promise<Answer> {
  await terrain.isRead;
  return ok({ kind: "height", height: knownHeightAt(terrain.terrain().model, position) });
}

async function answerHeights(
  { middle, halfWidthM, countPerSide }: Extract<UiRequest, { kind: "get-heights" }>,
  terrain: StationFiles["terrain"],
): Promise<Answer> {
  const bytes = await terrain.heights({ middle, halfWidthM, countPerSide });
  return bytes ? ok({ kind: "heights", bytes }) : err({ kind: "not-found", what: "terrain" });
}

async function answerOverGround(
  { planText, wind, hasProfile }: Extract<UiRequest, { kind: "check-over-ground" }>,
  { terrain, coast }: StationFiles,
): Promise<Answer> {
  const found = await terrain.overGround({ planText, wind, hasProfile, coastJson: coast.documentJson() });
  if (!found) return err({ kind: "not-found", what: "terrain" });
  return found.ok
    ? ok({ kind: "over-ground", found: found.value, isPartMissing: terrain.terrain().isPartMissing })
    : found;
}

async function answerMapRequest(
  request: Extract<UiRequest, { kind: "get-maps" | "get-map-tile" }>,
  maps: StationFiles["maps"],
): Promise<Answer> {
  if (request.kind === "get-maps") return ok({ kind: "maps", maps: await maps.maps() });
  const { mapId, zoom, column, row } = request;
  const { bytes, isLater } = await maps.tile({ mapId, zoom, column, row });
  return ok({ kind: "map-tile", bytes, isLater });
}

const VEHICLE_KINDS = ["command", "upload-plan", "download-plan", "get-plan-aboard", "cancel-transfer"] as const;
type VehicleRequest = Extract<UiRequest, { kind: (typeof VEHICLE_KINDS)[number] }>;

async function answerVehicleRequest(request: VehicleRequest, context: RequestContext): Promise<Answer> {
  const vehicle = context.vehicle(request.vehicleId);
  if (!vehicle) return err({ kind: "no-vehicle" });
  switch (request.kind) {
    case "command": {
      const { commandId, command, isConfirmed } = request;
      const over = await vehicle.command({ commandId, command, isConfirmed });
      return over.ok ? DONE : err({ kind: "command", failure: over.error });
    }
    case "upload-plan":
      return uploadPlan(request, context);
    case "download-plan": {
      const held = await vehicle.downloadPlan();
      return held.ok
        ? ok({ kind: "aircraft-plan-text", planText: held.value })
        : err({ kind: "transfer", failure: held.error });
    }
    case "get-plan-aboard":
      return planAboard(vehicle);
    case "cancel-transfer":
      vehicle.cancelTransfer();
      return DONE;
    default:
      return assertNever(request);
  }
}

type UploadContext = Pick<RequestContext, "recorder"> & {
  readonly files: Pick<StationFiles, "reading" | "terrain">;
  readonly vehicle: (id: VehicleId) => Pick<VehicleSession, "upload"> | undefined;
};

/** Sends a plan, once it and the station's files of heights are read. */
export async function uploadPlan(
  { planText, vehicleId, overrideReason }: Extract<VehicleRequest, { kind: "upload-plan" }>,
  { files, vehicle, recorder }: UploadContext,
): Promise<Answer> {
  const plan = await files.reading.read({ kind: "plan", text: planText });
  if (!plan.ok) return plan;
  // A plan that is sent at once after the start is checked against the ground too.
  await files.terrain.isRead;
  // Reading may take seconds: the vehicle may be forgotten by now, or two may answer to its number.
  const present = vehicle(vehicleId);
  if (!present) return err({ kind: "no-vehicle" });
  const over = await present.upload({ plan: plan.value, planHash: sha256Hex(planText), overrideReason });
  if (!over.ok) return err({ kind: "transfer", failure: over.error });
  // The sortie stores its plan as a `.plan`, whatever format was uploaded.
  recorder.plan(isWaypointsText(planText) ? writePlanFile(plan.value) : planText);
  return DONE;
}

function planAboard(vehicle: VehicleSession): Answer {
  const plan = vehicle.verifiedPlan();
  const held = vehicle.aircraftPlan();
  if (!plan || !("planHash" in held)) return err({ kind: "not-found", what: "plan" });
  return ok({ kind: "plan-aboard", planText: writePlanFile(plan), planHash: held.planHash });
}

type RecordingRequest = Extract<UiRequest, { kind: `${string}recording${string}` }>;

async function answerRecordingRequest(request: RecordingRequest, recordings: RecordingService): Promise<Answer> {
  switch (request.kind) {
    case "list-recordings":
      return recordings.call({ kind: "list" });
    case "open-recording":
      return recordings.call({ kind: "open", path: request.path });
    case "open-recording-bytes":
      return recordings.call({ kind: "open-bytes", name: request.name, bytes: request.bytes });
    case "open-recording-part":
      return recordings.call({ ...request, kind: "open-part" });
    case "recording-frame":
      return recordings.call({ ...request, kind: "frame" });
    case "recording-state":
      return recordings.call({ ...request, kind: "state" });
    case "close-recording":
      recordings.close(request.recordingId);
      return DONE;
    default:
      return assertNever(request);
  }
}
