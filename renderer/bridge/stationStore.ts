/**
 * What the screens know of the station: one `Latest` a stream, filled here and nowhere else. React reads rounded
 * primitives out of them (`useLatest`), the scene reads them every frame.
 */
import { createEnvelopeReader, type Envelope } from "../../src/contract/envelope.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { PlacesDocument } from "../../src/geo/places/placesDocument.js";
import type { GreyImage } from "../../src/detect/detection.js";
import type { Contact } from "../../src/track/contact.js";
import type { CommandStatus, VehicleCommand } from "../../src/vehicle/commands.js";
import type { AircraftPlan, TransferStatus } from "../../src/vehicle/transfers.js";
import type { ShownPlan } from "../../src/vehicle/selectors/planAboard.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type {
  FromUi,
  Hello,
  Notice,
  RecorderStatus,
  ToUi,
  UiRequest,
  VideoFrame,
  VideoStatus,
} from "../../src/contract/messages.js";
import type { FlightMemoryUpdate } from "../../src/contract/flightMemory.js";
import type { FleetUpdate } from "../../src/contract/fleetMessages.js";
import type { PackWork } from "../../src/contract/packMessages.js";
import type { LinkStatus, VehiclePaths } from "../../src/contract/linkMessages.js";
import type { ServiceUpdate } from "../../src/contract/serviceMessages.js";
import type { Plan } from "../../src/plan/plan.js";
import { assertNever } from "../../src/core/result.js";
import { CameraPictures } from "./cameraPictures.js";
import { CoverageMap } from "./coverageMap.js";
import { Latest } from "./latest.js";
import {
  applyServiceUpdate,
  emptyServiceStreams,
  resetServices,
  isServiceUpdate,
  type ServiceStreams,
} from "./serviceStreams.js";
import { createStationMaps, type StationMaps } from "./stationMaps.js";
import { createStationGround, type StationTerrain } from "./stationGround.js";
import { createStationTide, type StationTide } from "./stationTide.js";
import { trackPlans, type PlanOfAircraft } from "./planComparison.js";
import { type Reply, Requests } from "./requests.js";
import { type PageClock, LearntClock, type StationClock } from "./stationClock.js";
import { TrailRecord } from "./trailRecord.js";
import type { ConnectionState, OpenTransport } from "./transport.js";

/** The latest status of a command. */
export type CommandReport = {
  readonly vehicleId: VehicleId;
  readonly commandId: string;
  readonly command: VehicleCommand;
  readonly status: CommandStatus;
  /** Station monotonic time of its first and of its latest status. */
  readonly sinceMonoMs: number;
  readonly receivedMonoMs: number;
};

export type StationStore = {
  readonly connection: Latest<ConnectionState>;
  /** Id of the station's latest ping; `uiHeartbeat.ts` replies to it. */
  readonly ping: Latest<number | undefined>;
  /** How many screens are connected to the station, this one included; undefined until the station says so. */
  readonly countOfScreens: Latest<number | undefined>;
  readonly hello: Latest<Hello | undefined>;
  readonly vehicles: Latest<readonly VehicleState[]>;
  readonly links: Latest<readonly LinkStatus[]>;
  /** Station time at its last telemetry batch, which it sends at least once a second. */
  readonly lastBatchUnixUs: Latest<number | undefined>;
  /** The vehicle that commands go to. Set to the first vehicle received; after that only `setTarget` changes it. */
  readonly target: Latest<VehicleId | undefined>;
  readonly setTarget: (vehicleId: VehicleId) => void;
  readonly contacts: Latest<readonly Contact[]>;
  /** By contact id. */
  readonly contactPictures: Latest<ReadonlyMap<string, GreyImage>>;
  readonly coverage: CoverageMap;
  readonly trail: TrailRecord;
  /** Contacts that were selected on any screen. */
  readonly viewedContactIds: Latest<ReadonlySet<string>>;
  readonly cameras: CameraPictures;
  /** Picture and status of the camera that is shown. */
  readonly frame: Latest<VideoFrame | undefined>;
  readonly videoStatus: Latest<VideoStatus | undefined>;
  /** What became of each command to each vehicle; oldest first, at most 100. */
  readonly commandReports: Latest<readonly CommandReport[]>;
  readonly transfer: Latest<ReadonlyMap<VehicleId, TransferStatus>>;
  readonly aircraftPlan: Latest<ReadonlyMap<VehicleId, AircraftPlan>>;
  /** Parameters, logs, payload, checklist, fence and what is possible now: by vehicle. */
  readonly services: ServiceStreams;
  readonly paths: Latest<readonly VehiclePaths[]>;
  /** What goes on with an area pack; undefined when nothing does. */
  readonly packWork: Latest<PackWork | undefined>;
  readonly recorder: Latest<RecorderStatus | undefined>;
  /** Newest last, at most 200. */
  readonly notices: Latest<readonly Notice[]>;
  readonly coast: Latest<CoastDocument | undefined>;
  /** Undefined until they are fetched, and with a station that has none. */
  readonly places: Latest<PlacesDocument | undefined>;
  /** The ground of the station's files of heights. */
  readonly terrain: StationTerrain;
  /** Maps of the ground. */
  readonly maps: StationMaps;
  readonly tide: StationTide;
  /** The plan being drawn: Plan edits it, Fly and Review show it. */
  readonly planOnScreen: Latest<Plan | undefined>;
  /** How that plan compares with those on board; undefined while no plan is on screen. */
  readonly shownPlan: Latest<ShownPlan | undefined>;
  /** The plans that are verified on board, as far as the station has given them to this page. */
  readonly plansAboard: Latest<ReadonlyMap<VehicleId, PlanOfAircraft>>;
  readonly clock: StationClock;
  readonly request: (request: UiRequest) => Promise<Reply>;
  /** Sends a message without a reply; used by the UI heartbeat and by the video painter. */
  readonly send: (message: FromUi) => void;
  /**
   * Call a few times a second: a station that sent nothing for `SILENT_AFTER_MS` counts as lost until its next message.
   */
  readonly checkSilence: () => void;
  readonly dispose: () => void;
};

const NOTICES_KEPT = 200;
const REPORTS_KEPT = 100;
// The station sends at least one message a second, with or without vehicles.
const SILENT_AFTER_MS = 4000;

/**
 * The report to show on a command button: the pending command of that kind if there is one, else the last; undefined
 * when none was given. A refused second press does not hide that the first is still pending.
 */
export function commandReportOf(
  reports: readonly CommandReport[],
  vehicleId: VehicleId | undefined,
  kind: VehicleCommand["kind"],
): CommandReport | undefined {
  const same = reports.filter((report) => report.vehicleId === vehicleId && report.command.kind === kind);
  return same.findLast(({ status }) => status.phase === "pending") ?? same.at(-1);
}

function withReport(reports: readonly CommandReport[], report: CommandReport): readonly CommandReport[] {
  const at = reports.findIndex(
    ({ vehicleId, commandId }) => vehicleId === report.vehicleId && commandId === report.commandId,
  );
  const known = reports[at];
  if (known === undefined) return [...reports, report].slice(-REPORTS_KEPT);
  return reports.with(at, { ...report, sinceMonoMs: known.sinceMonoMs });
}

const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value);

type Streams = Omit<
  StationStore,
  "terrain" | "maps" | "tide" | "setTarget" | "clock" | "request" | "send" | "checkSilence" | "dispose"
>;

const emptyStreams = (cameras = new CameraPictures()): Streams => ({
  cameras,
  connection: new Latest<ConnectionState>("connecting"),
  ping: new Latest<number | undefined>(undefined),
  countOfScreens: new Latest<number | undefined>(undefined),
  hello: new Latest<Hello | undefined>(undefined),
  vehicles: new Latest<readonly VehicleState[]>([]),
  links: new Latest<readonly LinkStatus[]>([]),
  lastBatchUnixUs: new Latest<number | undefined>(undefined),
  target: new Latest<VehicleId | undefined>(undefined),
  contacts: new Latest<readonly Contact[]>([]),
  contactPictures: new Latest<ReadonlyMap<string, GreyImage>>(new Map()),
  coverage: new CoverageMap(),
  trail: new TrailRecord(),
  viewedContactIds: new Latest<ReadonlySet<string>>(new Set()),
  frame: cameras.frame,
  videoStatus: cameras.status,
  commandReports: new Latest<readonly CommandReport[]>([]),
  transfer: new Latest<ReadonlyMap<VehicleId, TransferStatus>>(new Map()),
  aircraftPlan: new Latest<ReadonlyMap<VehicleId, AircraftPlan>>(new Map()),
  services: emptyServiceStreams(),
  paths: new Latest<readonly VehiclePaths[]>([]),
  packWork: new Latest<PackWork | undefined>(undefined),
  recorder: new Latest<RecorderStatus | undefined>(undefined),
  notices: new Latest<readonly Notice[]>([]),
  coast: new Latest<CoastDocument | undefined>(undefined),
  places: new Latest<PlacesDocument | undefined>(undefined),
  planOnScreen: new Latest<Plan | undefined>(undefined),
  shownPlan: new Latest<ShownPlan | undefined>(undefined),
  plansAboard: new Latest<ReadonlyMap<VehicleId, PlanOfAircraft>>(new Map()),
});

export function createStationStore(open: OpenTransport, page: PageClock): StationStore {
  const streams = emptyStreams();
  const clock = new LearntClock(page);
  let isLost = false;
  const requests = new Requests(() => (isLost ? undefined : transport.send));
  let receivedMs: number | undefined;

  const ground = createStationGround(streams, requests.ask);
  const { maps, load: loadMaps } = createStationMaps(streams.hello, requests.ask);
  const read = createEnvelopeReader();
  const onMessage = (envelope: Envelope): void => {
    receivedMs = page.monoMs();
    const message = read(envelope);
    if (message) onRead(message);
  };
  const onRead = (message: ToUi): void => {
    const wasSilent = streams.connection.get() === "lost";
    if (!isLost) streams.connection.set("open");
    if (message.kind === "hello") {
      clock.forget();
      resetSession(streams);
    }
    if (message.kind === "telemetry-batch") clock.learn(message.stationMonoMs, message.stationUnixUs);
    if (message.kind === "reply") requests.answer(message.requestId, message.result);
    else applyMessage(streams, message, clock);
    if (message.kind !== "hello" && !wasSilent) return;
    ground.load();
    loadMaps();
  };
  const onConnection = (state: ConnectionState): void => {
    isLost = state === "lost" || state === "no-key";
    receivedMs = undefined;
    if (isLost) requests.loseAll();
    streams.connection.set(state);
  };
  const transport = open({ onMessage, onConnection });
  trackPlans(streams, requests.ask);

  return {
    ...streams,
    terrain: ground.terrain,
    maps,
    tide: createStationTide(requests.ask),
    clock,
    request: requests.ask,
    setTarget: (vehicleId) => streams.target.set(vehicleId),
    send: transport.send,
    checkSilence: () => {
      if (receivedMs === undefined || page.monoMs() - receivedMs <= SILENT_AFTER_MS) return;
      streams.connection.set("lost");
      requests.loseAll();
    },
    dispose: transport.dispose,
  };
}

/** After a hello the station may be another: commands and transfers of the old one will never be reported again. */
function resetSession(streams: Streams): void {
  streams.cameras.forget();
  streams.contactPictures.set(new Map());
  streams.commandReports.set([]);
  streams.transfer.set(new Map());
  streams.aircraftPlan.set(new Map());
  resetServices(streams.services);
}

function applyMessage(streams: Streams, message: Exclude<ToUi, { kind: "reply" }>, clock: StationClock): void {
  if (isServiceUpdate(message)) applyServiceUpdate(streams.services, message);
  else if (message.kind === "ping") streams.ping.set(message.pingId);
  else if (message.kind === "pack-work") streams.packWork.set(message.work);
  else if (message.kind === "screens") streams.countOfScreens.set(message.count);
  else if (isFlightUpdate(message)) applyFlightUpdate(streams, message);
  else applyStationUpdate(streams, message, clock);
}

type FlightUpdate = FlightMemoryUpdate | Extract<ToUi, { kind: "contacts" | "contact-picture" }>;
const FLIGHT_UPDATES: readonly ToUi["kind"][] = [
  "coverage",
  "trails",
  "viewed-contacts",
  "contacts",
  "contact-picture",
];
const isFlightUpdate = (message: ToUi): message is FlightUpdate => FLIGHT_UPDATES.includes(message.kind);

/** What the station remembers of the flight. */
function applyFlightUpdate(streams: Streams, message: FlightUpdate): void {
  switch (message.kind) {
    case "coverage":
      streams.coverage.apply(message);
      return;
    case "trails":
      streams.trail.replace(message.tracks);
      return;
    case "viewed-contacts":
      streams.viewedContactIds.set(new Set(message.contactIds));
      return;
    case "contacts":
      streams.contacts.set(message.contacts);
      // Another sortie begins: its contacts are numbered anew, and must not get the pictures of the last ones.
      if (message.contacts.length === 0) streams.contactPictures.set(new Map());
      return;
    case "contact-picture": {
      const { contactId, widthPx, heightPx, luma } = message;
      streams.contactPictures.set(withEntry(streams.contactPictures.get(), contactId, { widthPx, heightPx, luma }));
      return;
    }
    default:
      return assertNever(message);
  }
}

type StationUpdate = Exclude<
  ToUi,
  { kind: "reply" | "ping" | "screens" | "pack-work" } | ServiceUpdate | FleetUpdate | FlightUpdate
>;

function applyStationUpdate(streams: Streams, message: StationUpdate, clock: StationClock): void {
  switch (message.kind) {
    case "hello":
      streams.hello.set(message);
      return;
    case "telemetry-batch":
      for (const { id, position } of message.vehicles) if (position) streams.trail.add(id, position.value);
      onTelemetry(streams, message.vehicles, message.links);
      streams.lastBatchUnixUs.set(clock.stationUnixUsNow());
      streams.paths.set(message.paths);
      return;
    case "video-frame":
    case "video-status":
      streams.cameras.apply(message);
      return;
    case "recorder-status":
      streams.recorder.set(message.status);
      return;
    case "notice":
      onNotice(streams, message.notice);
      return;
    case "command-status":
    case "transfer-status":
    case "aircraft-plan":
      onVehicleUpdate(streams, message, clock);
      return;
    default:
      return assertNever(message);
  }
}

type VehicleUpdate = Extract<ToUi, { kind: "command-status" | "transfer-status" | "aircraft-plan" }>;

function onVehicleUpdate(streams: Streams, message: VehicleUpdate, clock: StationClock): void {
  switch (message.kind) {
    case "command-status": {
      const { vehicleId, commandId, command, status } = message;
      const receivedMonoMs = clock.stationMonoMsNow();
      const report = { vehicleId, commandId, command, status, sinceMonoMs: receivedMonoMs, receivedMonoMs };
      streams.commandReports.set(withReport(streams.commandReports.get(), report));
      return;
    }
    case "transfer-status":
      streams.transfer.set(withEntry(streams.transfer.get(), message.vehicleId, message.status));
      return;
    case "aircraft-plan":
      streams.aircraftPlan.set(withEntry(streams.aircraftPlan.get(), message.vehicleId, message.plan));
      return;
    default:
      return assertNever(message);
  }
}

function onTelemetry(streams: Streams, vehicles: readonly VehicleState[], links: readonly LinkStatus[]): void {
  streams.vehicles.set(vehicles);
  streams.links.set(links);
  const first = vehicles[0];
  if (first && streams.target.get() === undefined) streams.target.set(first.id);
}

function onNotice(streams: Streams, notice: Notice): void {
  const others = streams.notices.get().filter(({ id }) => id !== notice.id);
  streams.notices.set([...others, notice].slice(-NOTICES_KEPT));
}
