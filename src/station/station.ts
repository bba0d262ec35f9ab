/**
 * The composition root: creates the parts of the station and connects them over the bus (`bus.ts`). It has no state and
 * makes no decisions; everything started here is ended by `dispose`.
 */
import { basename, join } from "node:path";
import { repeat } from "../core/clock.js";
import { CONTRACT_VERSION, type ToUi } from "../contract/messages.js";
import { realClock, realScheduler } from "../io/realClock.js";
import { StationBus } from "./bus.js";
import { createCoastStore } from "./coastStore.js";
import { createFleetService } from "./fleetService.js";
import { FlightMemory } from "./flightMemory.js";
import { createHighLatencyService } from "./mavlinkNetwork/highLatency.js";
import { answerLinkRequest } from "./mavlinkNetwork/linkRequests.js";
import { createMavlinkNetwork } from "./mavlinkNetwork/mavlinkNetwork.js";
import { createNotices } from "./notices.js";
import { createPlacesStore } from "./placesStore.js";
import { createPlanStore } from "./planStore.js";
import { startReadingService } from "./reading/readingService.js";
import { startRecordingService } from "./recording/recordingService.js";
import { createStationRecorder, noticeUnsealed } from "./recording/stationRecorder.js";
import { createDecoderWindow } from "./sensors/decoderWindow.js";
import { createStationSensors } from "./sensors/stationSensors.js";
import { createKeyRing } from "./signing/keyRing.js";
import { createSortieLife } from "./sortieLife.js";
import type { Station, StationOptions } from "./stationTypes.js";
import { STATION_VERSION } from "./stationVersion.js";
import { TelemetrySource } from "./telemetrySource.js";
import { createTideStore } from "./tideStore.js";
import { createTrafficBoard } from "./trafficBoard.js";
import { startStationGround } from "./stationGround.js";
import { startWatches } from "./watches.js";
import { createRequestHandler } from "./ui/requests.js";
import { startUiHeartbeat } from "./ui/heartbeat.js";
import { Screens } from "./ui/screens.js";

const TICK_MS = 500;
/** Thirty telemetry batches a second: as many as a screen can show. */
const BATCH_MS = 33;

export function createStation(options: StationOptions): Station {
  const { inputs, training, host = {}, io = {} } = options;
  const { time = { clock: realClock, scheduler: realScheduler } } = io;
  const { clock, scheduler } = time;
  const dataFolder = options.folders.data;
  const sortiesFolder = join(dataFolder, "sorties");
  const bus = new StationBus();
  bus.on("log", ({ line }) => host.log?.(line));
  const notices = createNotices(clock, bus);
  startWatches(bus, clock);
  const recorder = createStationRecorder(options, sortiesFolder, time, bus);
  const memory = new FlightMemory(bus);
  const reading = startReadingService({ log: bus.log });
  const coast = createCoastStore({ folders: options.folders, reading, bus });
  const places = createPlacesStore({ log: bus.log, folders: options.folders });
  const tide = createTideStore({ log: bus.log, clock, folders: options.folders });
  const keys = createKeyRing(dataFolder, host.shellSeal);
  const isRecording = (): boolean => recorder.status().state === "recording";
  const contact = (contactId: string) => memory.contact(contactId);
  const ground = startStationGround({ inputs, dataFolder, bus, clock, known: { coast, tide, places } });
  const { terrain, maps, packs, groundFiles } = ground;
  const environment = { contact, isRecording, dataFolder, reading, terrain: terrain.terrain };
  const { links, fleet } = createMavlinkNetwork({ openLink: io.openLink, time, bus, keys, environment });
  const vehicles = () => fleet.states();
  const fleetService = createFleetService({
    ...{ clock, bus, vehicle: (id) => fleet.get(id) },
    vehicles: () => fleet.all(),
  });
  const traffic = createTrafficBoard(clock, bus);
  const facts = { stationVersion: STATION_VERSION, links: inputs.links, video: inputs.video[0] };
  const sortieLife = createSortieLife({
    ...{ recorder, scheduler, bus, vehicles },
    facts: { ...facts, training: training?.scenarioName },
  });
  const decoderWindow = createDecoderWindow();
  const sensors = createStationSensors({
    ...{ options, time, bus, decoderWindow },
    outputs: { recorder, memory },
    environment: { vehicles, coast, terrain },
  });
  const folders = { sortiesFolder, openFolder: () => recorder.status().folder };
  const plans = createPlanStore(join(dataFolder, "plans"));
  const recordings = startRecordingService({
    ...folders,
    decoderPort: inputs.decoder === "window" ? decoderWindow.channel("replay") : undefined,
    coastJson: coast.documentJson,
    log: bus.log,
  });
  const telemetry = new TelemetrySource({
    ...{ clock, bus, vehicles },
    ...{ links: () => links.statuses(), paths: () => fleet.paths() },
  });
  const heartbeat = startUiHeartbeat({
    ...{ clock, scheduler, isRequired: options.requireUiHeartbeat },
    ...{ ping: (pingId) => bus.send({ kind: "ping", pingId }), sendHeartbeat: () => links.sendHeartbeat() },
  });
  const hello = (): ToUi => ({
    ...{ kind: "hello", contractVersion: CONTRACT_VERSION, stationVersion: STATION_VERSION, training },
    hasCoast: coast.documentJson() !== undefined,
    hasPlaces: places.documentJson() !== undefined,
    terrainFiles: (inputs.terrain ?? []).map((file) => basename(file)),
    hasMaps: (inputs.maps ?? []).length > 0,
  });
  const highLatency = createHighLatencyService(fleet, scheduler);
  const screens = new Screens({
    ...{ clock, bus, telemetry, onAlive: heartbeat.onAlive },
    snapshot: {
      hello,
      rest: () => [
        ...memory.snapshot(),
        traffic.snapshot(),
        ...sensors.statuses(),
        { kind: "recorder-status", status: recorder.status() },
        ...fleet.all().flatMap((session) => session.snapshot()),
        ...fleetService.snapshot(),
        packs.snapshot(),
        ...notices.all().map((notice): ToUi => ({ kind: "notice", notice })),
      ],
    },
    answer: createRequestHandler({
      ...{ recorder, contacts: memory, vehicle: (id) => fleet.get(id) },
      files: { plans, recordings, coast, places, tide, reading, terrain, maps, packs, groundFiles },
      answerFleet: fleetService.answer,
      answerLink: (asked) => answerLinkRequest(asked, { manager: links, fleet, keys, bus, highLatency }),
    }),
  });
  const closing = new AbortController();
  const shown = [coast.load(), places.load(), tide.load()];
  const opened = [...shown, links.start(inputs.links, { isKeeping: options.requireUiHeartbeat })];
  const ready = Promise.all(opened).then(() => noticeUnsealed(folders, bus));
  // Without the ground of its files a camera would place contacts on a slope tens of metres off.
  void Promise.all([...opened, terrain.isRead]).then(() => {
    if (!closing.signal.aborted) sensors.open();
  });
  const cancelTick = repeat(scheduler, TICK_MS, () => {
    for (const part of [fleet, links, fleetService, traffic, memory]) part.tick();
    for (const message of sensors.tick()) bus.send(message);
  });
  const cancelBatches = repeat(scheduler, BATCH_MS, () => screens.publishTelemetry());
  return {
    connectUi: (toUi) => screens.connect(toUi, ready),
    connectDecoder: decoderWindow.connect,
    dispose: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      cancelTick();
      cancelBatches();
      for (const part of [heartbeat, sortieLife, highLatency, fleet]) part.dispose();
      await ready;
      await links.dispose();
      await sensors.dispose();
      await recorder.close("station-closed");
      await Promise.all([recordings.dispose(), reading.dispose(), terrain.dispose(), maps.dispose(), packs.dispose()]);
      screens.close();
    },
  };
}
