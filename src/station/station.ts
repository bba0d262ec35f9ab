/**
 * The composition root: links, vehicles, video, recorder and screens, wired. Everything that flows is set up here and
 * ends in `dispose`.
 */
import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { err, type Result } from "../core/result.js";
import type { Cancel, Clock, Scheduler } from "../core/clock.js";
import { createPublisher, type Envelope } from "../contract/envelope.js";
import { CONTRACT_VERSION, type FromUi, type ToUi, type VideoFrame } from "../contract/messages.js";
import type { StationFailure } from "../contract/failures.js";
import type { FleetRequest } from "../contract/fleetMessages.js";
import type { LinkRequest } from "../contract/linkMessages.js";
import type { ReplyValue } from "../contract/messages.js";
import type { RecordingSummary } from "../contract/recordings.js";
import type { MessagePortLike } from "../io/messagePortLike.js";
import { openLink } from "../io/openLink.js";
import { realClock, realScheduler } from "../io/realClock.js";
import { realSortieDisk } from "../io/sortieDisk.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import type { CameraId } from "../track/sensorIds.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { createCoastStore } from "./coastStore.js";
import { Fleet } from "./fleet.js";
import { createFleetDesk, type FleetDesk } from "./fleetDesk.js";
import { FlightMemory } from "./flightMemory.js";
import { LinkDesk } from "./link/linkDesk.js";
import { answerLinkRequest } from "./link/linkRequests.js";
import { createNotices } from "./notices.js";
import { createPlanStore } from "./planStore.js";
import { startReadingService, type ReadingService } from "./reading/readingService.js";
import { createRecorder, type Recorder } from "./recording/recorder.js";
import { sayCameraClock, sayRecorderTrouble } from "./recording/recorderTrouble.js";
import { noteSealed } from "./recording/sealedJournal.js";
import { createStationKey } from "./recording/stationKey.js";
import { startRecordingService, type RecordingService } from "./recording/recordingService.js";
import { listRecordings } from "./recording/recordings.js";
import { createKeyRing, type KeyRing } from "./signing/keyRing.js";
import { createSortieLife } from "./sortieLife.js";
import type { Station, StationOptions, UiSession } from "./stationTypes.js";
import { STATION_VERSION } from "./stationVersion.js";
import { createTrafficBoard } from "./trafficBoard.js";
import { createUiConnection, type UiConnection } from "./ui/uiConnection.js";
import { answerRequest, type RequestContext } from "./ui/requests.js";
import { type Heartbeat, startHeartbeat } from "./ui/heartbeat.js";
import { createCameraOutput } from "./sensors/cameraOutput.js";
import { createDecoderWindow } from "./sensors/decoderWindow.js";
import { camerasOf, Sensors } from "./sensors/sensors.js";

const TICK_MS = 500;
/** Thirty telemetry batches a second: what a screen can show. */
const BATCH_MS = 33;
/** Link figures change even when nothing is heard: that is when they matter. */
const BATCH_IDLE_MS = 500;
export function createStation(options: StationOptions): Station {
  return new WiredStation(options);
}

class WiredStation implements Station {
  readonly #options: StationOptions;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #screens = new Set<UiConnection>();
  readonly #links: LinkDesk;
  readonly #cancels = new Map<string, Cancel>();
  readonly #heartbeat: Heartbeat;
  readonly #notices;
  readonly #recorder: Recorder;
  readonly #sortieLife;
  readonly #fleet: Fleet;
  readonly #fleetDesk: FleetDesk;
  readonly #coast;
  readonly #traffic;
  readonly #memory = new FlightMemory();
  readonly #decoderWindow = createDecoderWindow();
  readonly #recordings: RecordingService;
  readonly #reading: ReadingService;
  readonly #sensors: Sensors;
  readonly #requests: RequestContext;
  readonly #ready: Promise<void>;
  readonly #publisher = createPublisher(randomUUID());
  #isTelemetryDirty = true;
  #batchSaidAtMonoMs = Number.NEGATIVE_INFINITY;
  #countOfInvalid = 0;
  #isDisposed = false;

  constructor(options: StationOptions) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#scheduler = options.scheduler ?? realScheduler;
    const [clock, scheduler] = [this.#clock, this.#scheduler];
    const { dataFolder } = options;
    const sortiesFolder = join(dataFolder, "sorties");
    this.#notices = createNotices(clock, (notice) => this.#say({ kind: "notice", notice }));
    this.#recorder = this.#makeRecorder(sortiesFolder);
    this.#sortieLife = createSortieLife(this.#recorder, scheduler, () => this.#onNextFlight());
    this.#reading = startReadingService({ log: (line) => options.log?.(line) });
    this.#fleet = new Fleet({
      ...{ clock, scheduler },
      say: (message) => this.#say(message),
      notices: this.#notices,
      recorder: this.#recorder,
      contact: (contactId) => this.#memory.contact(contactId),
      ...{ dataFolder, reading: this.#reading },
      onVehicleHeard: (state) => this.#onVehicleHeard(state),
      onState: (state, before) => this.#onVehicleState(state, before),
    });
    this.#fleetDesk = createFleetDesk({
      clock,
      vehicle: (id) => this.#fleet.get(id),
      vehicles: () => this.#fleet.all(),
      say: (message) => this.#say(message),
      record: (kind, facts) => this.#recorder.event(kind, facts),
    });
    const keys = createKeyRing(dataFolder, options.shellSeal);
    this.#links = this.#openLinks(keys);
    this.#coast = createCoastStore({ dataFolder, reading: this.#reading, notices: this.#notices });
    this.#traffic = createTrafficBoard(clock);
    this.#sensors = this.#makeSensors();
    const openFolder = (): string | undefined => this.#recorder.status().folder;
    this.#recordings = startRecordingService({
      ...{ sortiesFolder, openFolder },
      decoderPort: options.decoder === "window" ? this.#decoderWindow.channel("replay") : undefined,
      coastJson: () => this.#coast.documentJson(),
      log: (line) => options.log?.(line),
    });
    this.#requests = {
      vehicle: (id) => this.#fleet.get(id),
      plans: createPlanStore(join(dataFolder, "plans")),
      recordings: this.#recordings,
      ...{ coast: this.#coast, reading: this.#reading },
      onCoastReplaced: () => this.#sensors.setGround(),
      answerFleet: (request) => this.#answerFleet(request, keys),
      onContactViewed: (contactId) => this.#onContactViewed(contactId),
      onPlanVerified: (planText) => this.#recorder.plan(planText),
    };
    this.#ready = Promise.all([this.#coast.load(), this.#links.start(options.links)]).then(async () => {
      if (!this.#isDisposed) this.#sensors.open();
      await this.#noticeUnsealed(() => listRecordings({ sortiesFolder, openFolder }));
    });
    this.#heartbeat = this.#startHeartbeat();
    this.#every("tick", TICK_MS, () => this.#tick());
    this.#every("batch", BATCH_MS, () => this.#sayTelemetry());
  }

  connectUi(toUi: (envelope: Envelope) => void): UiSession {
    const connection = createUiConnection({
      clock: this.#clock,
      toUi,
      publish: this.#publisher.publish,
      onAlive: this.#heartbeat.onAlive,
      onRequest: (request, reply) => void this.#answer(request, reply),
      onInvalid: (problem) => this.#onInvalid(problem),
      onClosed: () => {
        if (this.#screens.delete(connection)) this.#sayScreens();
      },
    });
    void this.#ready.then(() => {
      if (this.#isDisposed) return;
      this.#screens.add(connection);
      this.#welcome(connection);
      this.#sayScreens();
    });
    return connection;
  }

  connectDecoder(port: MessagePortLike): void {
    this.#decoderWindow.connect(port);
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const cancel of this.#cancels.values()) cancel();
    this.#heartbeat.dispose();
    this.#sortieLife.dispose();
    this.#fleet.dispose();
    await this.#ready;
    await this.#links.dispose();
    await this.#sensors.dispose();
    await this.#recorder.close("station-closed");
    await Promise.all([this.#recordings.dispose(), this.#reading.dispose()]);
    for (const screen of this.#screens) screen.close();
  }

  #startHeartbeat(): Heartbeat {
    return startHeartbeat({
      ...{ clock: this.#clock, scheduler: this.#scheduler, isRequired: this.#options.requireUiHeartbeat },
      ping: (pingId) => this.#say({ kind: "ping", pingId }),
      beat: () => this.#links.beat(),
    });
  }

  #makeSensors(): Sensors {
    const { video, decoder, openCamera } = this.#options;
    const isDecoding = decoder !== "none" || openCamera !== undefined;
    return new Sensors({
      cameras: camerasOf(video === undefined || !isDecoding ? [] : [video]),
      openCamera,
      decoderPort: ({ id }) => (decoder === "window" ? this.#decoderWindow.channel(id) : undefined),
      time: { clock: this.#clock, scheduler: this.#scheduler },
      environment: { vehicles: () => this.#fleet.states(), coastJson: () => this.#coast.documentJson() },
      outputs: {
        listener: (camera, isFirst) =>
          createCameraOutput(camera, isFirst, {
            ...{ recorder: this.#recorder, memory: this.#memory, notices: this.#notices },
            publish: (message) => this.#say(message),
            offerFrame: ({ id }, frame) => this.#offerFrame(id, frame),
            log: (line) => this.#options.log?.(line),
          }),
        onFirstClockMeasured: (measured) => {
          this.#recorder.cameraClock(measured);
          sayCameraClock(this.#notices, measured);
        },
      },
    });
  }

  #makeRecorder(sortiesFolder: string): Recorder {
    const { sortieFolder, training, dataFolder, shellSeal } = this.#options;
    return createRecorder({
      ...{ clock: this.#clock, scheduler: this.#scheduler, sortiesFolder, sortieFolder },
      label: training?.scenarioName ?? "sortie",
      onStatus: (status) => this.#say({ kind: "recorder-status", status }),
      disk: this.#options.sortieDisk ?? realSortieDisk,
      stationKey: createStationKey(dataFolder, shellSeal),
      onTrouble: (trouble) => sayRecorderTrouble(this.#notices, trouble),
      onSealed: (folder) => noteSealed(dataFolder, folder),
    });
  }

  #say(message: ToUi): void {
    for (const envelope of this.#publisher.publish(message)) for (const screen of this.#screens) screen.say(envelope);
  }

  #sayScreens(): void {
    const count = this.#screens.size;
    this.#recorder.event("screens", { count });
    this.#say({ kind: "screens", count });
  }

  /** Repeats until the station is disposed; a task that throws is a bug and stops the process. */
  #every(name: string, everyMs: number, task: () => void): void {
    const run = (): void => {
      this.#cancels.set(name, this.#scheduler.after(everyMs, run));
      task();
    };
    this.#cancels.set(name, this.#scheduler.after(everyMs, run));
  }

  #answerFleet(request: LinkRequest | FleetRequest, keys: KeyRing): ReturnType<RequestContext["answerFleet"]> {
    if (request.kind === "fleet-command" || request.kind === "propose-hand-over")
      return this.#fleetDesk.answer(request);
    const [desk, fleet, recorder, scheduler] = [this.#links, this.#fleet, this.#recorder, this.#scheduler];
    return answerLinkRequest(request, { desk, fleet, keys, recorder, scheduler });
  }

  /** `links` are what a person named when starting; those added later are kept, except by `vigie fly`. */
  #openLinks(keys: KeyRing): LinkDesk {
    const [clock, scheduler, fleet] = [this.#clock, this.#scheduler, this.#fleet];
    return new LinkDesk({
      ...{ clock, keys, notices: this.#notices, dataFolder: this.#options.dataFolder },
      isKeeping: this.#options.requireUiHeartbeat,
      openPort: this.#options.openLink ?? ((uri) => openLink(uri, { clock, scheduler })),
      log: (line) => this.#options.log?.(line),
      record: (bytes) => this.#recorder.telemetry(bytes),
      onFrame: (ear, frame, copyOf) => {
        fleet.onFrame(ear, frame, copyOf);
        if (copyOf === undefined) this.#overhear(frame);
        this.#isTelemetryDirty = true;
      },
      onLinkState: (link) => fleet.onLinkState(link),
      onRemoved: (link) => fleet.removeLink(link),
      addressesOf: (link, systemId) => fleet.addressesOf(link, systemId),
      isLossTold: (link) => fleet.isLossTold(link),
      speaksSparely: (link) => fleet.speaksSparely(link),
    });
  }

  /** Traffic reports, and mission transfers between a vehicle and another station. */
  #overhear(frame: MavlinkFrame): void {
    this.#traffic.onFrame(frame);
    if (frame.name?.startsWith("MISSION_") === true) {
      for (const session of this.#fleet.all()) session.onOthersFrame(frame);
    }
  }

  #tick(): void {
    this.#fleet.tick();
    this.#links.tick();
    this.#fleetDesk.tick();
    const targets = this.#traffic.news();
    if (targets) this.#say({ kind: "traffic", targets });
    const covered = this.#memory.coverageNews();
    if (covered) this.#say(covered);
    for (const message of this.#sensors.tick()) this.#say(message);
  }

  #sayTelemetry(): void {
    const nowMonoMs = this.#clock.monoMs();
    const isDue = this.#isTelemetryDirty || nowMonoMs - this.#batchSaidAtMonoMs >= BATCH_IDLE_MS;
    if (!isDue || this.#screens.size === 0) return;
    this.#publishTelemetry();
  }

  #publishTelemetry(): void {
    this.#isTelemetryDirty = false;
    this.#batchSaidAtMonoMs = this.#clock.monoMs();
    this.#say(this.#telemetry());
  }

  #offerFrame(cameraId: CameraId, frame: VideoFrame): void {
    for (const screen of this.#screens) screen.offerFrame(cameraId, frame);
  }

  #telemetry(): ToUi {
    return {
      kind: "telemetry-batch",
      stationMonoMs: this.#clock.monoMs(),
      stationUnixUs: this.#clock.unixUs(),
      vehicles: this.#fleet.states(),
      links: this.#links.statuses(),
      paths: this.#fleet.paths(),
    };
  }

  /** What a screen that joins late would otherwise never hear. */
  #welcome(screen: UiConnection): void {
    screen.publish({
      kind: "hello",
      contractVersion: CONTRACT_VERSION,
      stationVersion: STATION_VERSION,
      training: this.#options.training,
      hasCoast: this.#coast.documentJson() !== undefined,
    });
    for (const envelope of this.#publisher.snapshot(this.#fleet.states())) screen.say(envelope);
    // To every screen: the publisher sends details once, when they change, so all screens must receive this batch.
    this.#say(this.#telemetry());
    for (const message of this.#memory.whole()) screen.publish(message);
    screen.publish({ kind: "traffic", targets: this.#traffic.targets() });
    for (const message of this.#sensors.statuses()) screen.publish(message);
    screen.publish({ kind: "recorder-status", status: this.#recorder.status() });
    for (const session of this.#fleet.all()) for (const message of session.welcome()) screen.publish(message);
    for (const message of this.#fleetDesk.welcome()) screen.publish(message);
    for (const notice of this.#notices.all()) screen.publish({ kind: "notice", notice });
  }

  #onVehicleHeard(state: VehicleState): void {
    const { links, video, training } = this.#options;
    const facts = {
      stationVersion: STATION_VERSION,
      vehicleId: state.id,
      links,
      video,
      training: training?.scenarioName,
    };
    this.#sortieLife.onVehicleHeard(facts);
    // With one aircraft more it may no longer be known whose home the camera's is.
    this.#sensors.setGround();
  }

  #onVehicleState(state: VehicleState, before: VehicleState): void {
    if (state.home && state.home.value !== before.home?.value) this.#sensors.setGround();
    if (state.position && state.position !== before.position) {
      this.#memory.onVehicle(state);
      this.#sensors.onPosition(state);
    }
    if (state.heartbeat !== before.heartbeat) this.#sortieLife.onStates(this.#fleet.states());
  }

  #onNextFlight(): void {
    this.#sensors.startOver();
    for (const message of this.#memory.startOver()) this.#say(message);
  }

  #onContactViewed(contactId: string): boolean {
    const news = this.#memory.onContactViewed(contactId);
    if (!news) return false;
    this.#recorder.event("contact-viewed", { contactId });
    this.#say(news);
    return true;
  }

  #onInvalid(problem: string): void {
    this.#countOfInvalid++;
    // The first tells what is wrong; a flood of them must not become a flood of lines.
    if (this.#countOfInvalid === 1) this.#options.log?.(`vigie: a screen sent what is no message: ${problem}`);
  }

  async #answer(message: Extract<FromUi, { kind: "request" }>, reply: (message: ToUi) => void): Promise<void> {
    const { requestId, request } = message;
    let result: Result<ReplyValue, StationFailure>;
    try {
      result = await answerRequest(request, this.#requests);
    } catch (cause: unknown) {
      // A bug, caught at the border so that the request still gets its one reply.
      const reference = `${request.kind}-${requestId}`;
      this.#options.log?.(
        `vigie: internal error ${reference}: ${cause instanceof Error ? cause.stack : String(cause)}`,
      );
      result = err({ kind: "internal", reference });
    }
    // What the reply rests on comes before it: no screen decides on a state that is older than its reply.
    if (this.#isTelemetryDirty) this.#publishTelemetry();
    reply({ kind: "reply", requestId, result });
  }

  async #noticeUnsealed(list: () => Promise<readonly RecordingSummary[]>): Promise<void> {
    const broken = (await list()).findLast(
      ({ isSealed, kind, isBeingRecorded }) => !isSealed && kind === "sortie" && isBeingRecorded !== true,
    );
    if (!broken) return;
    const facts = { name: basename(broken.path), path: broken.path };
    this.#notices.say({ id: "unsealed", severity: "caution", key: "sortie-unsealed", facts });
  }
}
