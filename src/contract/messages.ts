/**
 * All messages between station and screens. The station sends `ToUi`, each in an `Envelope` that puts it in order
 * (`envelope.ts`); screens send `FromUi`, which the station validates (`validate.ts`) because a renderer is not
 * trusted. Every request gets exactly one reply. Bytes travel as Uint8Array: transferred over a MessagePort, framed by
 * `wire.ts` over a WebSocket.
 */
import type { Wind } from "../plan/aircraft.js";
import type { VideoProblem } from "../core/mediaProblem.js";
import type { Result } from "../core/result.js";
import type { Position } from "../geo/position.js";
import type { KnownHeight } from "../geo/terrain/knownHeight.js";
import type { HeightsAsked } from "../geo/terrain/heightGrid.js";
import type { MapDescription } from "../geo/tiles/mapDescription.js";
import type { TerrainFindings } from "../plan/findings/terrain.js";
import type { TileAddress } from "../geo/tiles/webMercator.js";
import type { Tide } from "../geo/tide/tideModel.js";
import type { Contact } from "../track/contact.js";
import type { ErrorEllipse } from "../track/contact.js";
import type { CameraId } from "../track/sensorIds.js";
import type { ObjectClass } from "../detect/detection.js";
import type { CommandOrder, CommandStatus, VehicleCommand } from "../vehicle/commands.js";
import type { AircraftPlan, TransferStatus } from "../vehicle/transfers.js";
import type { GroundFiles } from "./groundMessages.js";
import type { FlightMemoryUpdate, FlightMemoryRequest } from "./flightMemory.js";
import type { FleetUpdate, FleetReply, FleetRequest } from "./fleetMessages.js";
import type { LinkReply, LinkRequest, LinkStatus, VehiclePaths } from "./linkMessages.js";
import type { PackReply, PackRequest, PackUpdate } from "./packMessages.js";
import type { ServiceUpdate, ServiceReply, ServiceRequest } from "./serviceMessages.js";
import type { VehicleId, VehicleState } from "../vehicle/vehicleState.js";
import type { RecordingDocument, RecordingSummary } from "./recordings.js";
import type { StationFailure } from "./failures.js";

export const CONTRACT_VERSION = 4;

export type VideoStatus = {
  readonly state: "none" | "waiting" | "live" | "stale" | "failed";
  /** Why there are no pictures, where that is known; the texts are in `mediaProblemTexts.ts`. */
  readonly because: VideoProblem | undefined;
  readonly uri: string | undefined;
  readonly framesPerS: number;
  readonly hasKlv: boolean;
  /** Video time minus telemetry time of the same instant; undefined unless both are received. */
  readonly skewMs: number | undefined;
  /** From the frame's KLV time to the end of its detection. */
  readonly latencyMs: number | undefined;
};

/** A detection as drawn in the picture, with its contact once there is one. */
export type FrameBox = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly class: ObjectClass;
  readonly score: number;
  readonly contactId: string | undefined;
};

/** A corner or centre of the picture on the ground. */
type GroundPoint = { readonly position: Position; readonly heightAmslM: number };

export type VideoFrame = {
  readonly frameId: number;
  readonly unixTimeUs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** One byte per pixel, row by row from the top left. */
  readonly luma: Uint8Array;
  readonly boxes: readonly FrameBox[];
  /** Undefined when the frame has no usable pose, or its view reaches above the horizon. */
  readonly ground: FrameGround | undefined;
};
export type FrameGround = {
  /** Upper left, upper right, lower right, lower left. */
  readonly corners: readonly [GroundPoint, GroundPoint, GroundPoint, GroundPoint];
  readonly centre: GroundPoint;
  readonly centreEllipse95: ErrorEllipse;
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  readonly depressionDeg: number;
  readonly azimuthDeg: number;
  readonly hfovDeg: number;
};

export type RecorderStatus = {
  readonly state: "idle" | "recording" | "failed";
  readonly folder: string | undefined;
  readonly because: string | undefined;
  readonly sinceUnixUs: number | undefined;
  readonly bytes: number;
  /** Free on the disk of the sortie; absent where the system does not say, and while nothing is recorded. */
  readonly freeBytes?: number | undefined;
  /** Until that disk is full, at the rate of the last minute. */
  readonly secondsLeft?: number | undefined;
  /** False when the video had to give way to telemetry and events. */
  readonly isVideoRecorded?: boolean | undefined;
};

/** Severity follows the colours of the screen: danger = act now, caution = attention. */
export type Notice = {
  readonly id: string;
  readonly severity: "info" | "caution" | "danger";
  readonly unixTimeUs: number;
  /** A key of the screens' dictionary; the facts fill its placeholders. Every key has a text in both languages. */
  readonly key: string;
  readonly facts: Readonly<Record<string, string | number>>;
};

export type Hello = {
  readonly kind: "hello";
  readonly contractVersion: number;
  readonly stationVersion: string;
  /** Set when the station was started on a training sortie. */
  readonly training:
    { readonly scenarioName: string; readonly seed: number; readonly planText: string | undefined } | undefined;
  /** The coast layer as GeoJSON-free geometry: see `CoastDocument` in geo; fetched by `get-coast`. */
  readonly hasCoast: boolean;
  /** Names of places, fetched by `get-places`; a station without them goes on without. */
  readonly hasPlaces: boolean;
  /** Names of the files of heights that the station was started with; what they hold is fetched by `get-heights`. */
  readonly terrainFiles: readonly string[];
  /** Maps of the ground, described by `get-maps`. */
  readonly hasMaps: boolean;
};

export type ToUi =
  | Hello
  | {
      readonly kind: "telemetry-batch";
      readonly stationMonoMs: number;
      readonly stationUnixUs: number;
      readonly vehicles: readonly VehicleState[];
      readonly links: readonly LinkStatus[];
      readonly paths: readonly VehiclePaths[];
    }
  | { readonly kind: "contacts"; readonly contacts: readonly Contact[] }
  | {
      readonly kind: "contact-picture";
      readonly contactId: string;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly luma: Uint8Array;
    }
  | { readonly kind: "video-frame"; readonly cameraId: CameraId; readonly frame: VideoFrame }
  /** Also published by a station without cameras, under the id that its first camera would have. */
  | { readonly kind: "video-status"; readonly cameraId: CameraId; readonly status: VideoStatus }
  | {
      readonly kind: "command-status";
      readonly vehicleId: VehicleId;
      readonly commandId: string;
      readonly command: VehicleCommand;
      readonly status: CommandStatus;
    }
  | { readonly kind: "transfer-status"; readonly vehicleId: VehicleId; readonly status: TransferStatus }
  | { readonly kind: "aircraft-plan"; readonly vehicleId: VehicleId; readonly plan: AircraftPlan }
  | FlightMemoryUpdate
  | FleetUpdate
  | ServiceUpdate
  | PackUpdate
  | { readonly kind: "recorder-status"; readonly status: RecorderStatus }
  | { readonly kind: "notice"; readonly notice: Notice }
  /**
   * Asks whether the page is responsive; its main thread answers with `ui-alive`. Sent as a message because browsers
   * throttle the timers of a hidden page, but deliver its messages.
   */
  | { readonly kind: "ping"; readonly pingId: number }
  /** How many screens are connected, this one included: with two or more, somebody else may send commands too. */
  | { readonly kind: "screens"; readonly count: number }
  | { readonly kind: "reply"; readonly requestId: number; readonly result: Result<ReplyValue, StationFailure> };

export type UiRequest =
  | (CommandOrder & { readonly kind: "command"; readonly vehicleId: VehicleId })
  /** `planText` is a `.plan` file: the station reads it with the same strict reader as a file from disk. */
  /** `overrideReason`: the operator's reason for uploading a plan despite blocking findings; kept in the event log. */
  | {
      readonly kind: "upload-plan";
      readonly vehicleId: VehicleId;
      readonly planText: string;
      readonly overrideReason: string | undefined;
    }
  /**
   * Downloads mission, fence and rally points from the aircraft, as a `.plan` text. Does not replace any plan in the
   * station.
   */
  | { readonly kind: "download-plan"; readonly vehicleId: VehicleId }
  /**
   * The plan that the station verified on the aircraft, from the station's own memory: nothing is requested from the
   * aircraft.
   */
  | { readonly kind: "get-plan-aboard"; readonly vehicleId: VehicleId }
  | { readonly kind: "cancel-transfer"; readonly vehicleId: VehicleId }
  | { readonly kind: "list-plans" }
  | { readonly kind: "load-plan"; readonly name: string }
  | { readonly kind: "save-plan"; readonly name: string; readonly planText: string }
  | { readonly kind: "get-coast" }
  | { readonly kind: "get-places" }
  /** The bytes of a GeoJSON file, at most `COAST_FILE_BYTES_MAX`: as text inside a message it would be parsed twice. */
  | { readonly kind: "load-coast-line"; readonly geojson: Uint8Array }
  /** Heights of the ground in a square: see `heightGrid.ts` in geo. Answered when the station's files are read. */
  | ({ readonly kind: "get-heights" } & HeightsAsked)
  /** The ground's height at one place, with its error. Answered when the station's files are read. */
  | { readonly kind: "get-height"; readonly position: Position }
  /**
   * `planText` as in `upload-plan`. Judged from the plan's own home: the upload judges from that of the aircraft too. With a wind,
   * and an aircraft in the plan, the flight's time and energy over the ground are answered too; with `hasProfile` the heights along
   * its way, in 400 places at most.
   */
  | {
      readonly kind: "check-over-ground";
      readonly planText: string;
      readonly wind?: Wind | undefined;
      readonly hasProfile?: boolean | undefined;
    }
  | { readonly kind: "get-ground-files" }
  | { readonly kind: "get-maps" }
  /** One tile of a map: the picture or the vector tile as it is in the file. */
  | ({ readonly kind: "get-map-tile"; readonly mapId: string } & TileAddress)
  /** The tide at a place: at that time (1970 to 2100), else now by the station's clock. */
  | { readonly kind: "get-tide"; readonly position: Position; readonly unixTimeMs?: number | undefined }
  | { readonly kind: "list-recordings" }
  | { readonly kind: "open-recording"; readonly path: string }
  /** A recording as bytes, for screens that cannot give a path (browsers). `name` ends in ".tlog". */
  | { readonly kind: "open-recording-bytes"; readonly name: string; readonly bytes: Uint8Array }
  /**
   * The same in parts of a few megabytes, in order: one message of hundreds of megabytes would delay the station's
   * heartbeat. Every part but the last is answered by "done", the last like `open-recording-bytes`. `uploadId` tells
   * uploads apart.
   */
  | {
      readonly kind: "open-recording-part";
      readonly uploadId: string;
      readonly name: string;
      readonly totalBytes: number;
      readonly offsetBytes: number;
      readonly bytes: Uint8Array;
    }
  /** The frame shown at that instant of an open recording: the last one at or before it. */
  | { readonly kind: "recording-frame"; readonly recordingId: string; readonly unixTimeUs: number }
  /** Every vehicle exactly as it was known at that instant. */
  | { readonly kind: "recording-state"; readonly recordingId: string; readonly unixTimeUs: number }
  | { readonly kind: "close-recording"; readonly recordingId: string }
  | FlightMemoryRequest
  | LinkRequest
  | ServiceRequest
  | PackRequest
  | FleetRequest;

export type TideReply = {
  readonly kind: "tide";
  /** "unknown" away from the ports. */
  readonly tide: Tide;
  /** What every screen with this tide has to say. */
  readonly attribution: string;
};

type OverGround = {
  readonly kind: "over-ground";
  readonly found: TerrainFindings;
  /** Not all files of heights could be read. */
  readonly isPartMissing: boolean;
};

export type ReplyValue =
  | { readonly kind: "done" }
  | { readonly kind: "plans"; readonly names: readonly string[] }
  | { readonly kind: "plan"; readonly name: string; readonly planText: string }
  | { readonly kind: "coast"; readonly documentJson: string }
  /** A `PlacesDocument` that the station has checked. */
  | { readonly kind: "places"; readonly documentJson: string }
  /** As `heightGridOf` reads them. */
  | { readonly kind: "heights"; readonly bytes: Uint8Array }
  /** Undefined where no file knows the ground. */
  | { readonly kind: "height"; readonly height: KnownHeight | undefined }
  | OverGround
  | GroundFiles
  | { readonly kind: "maps"; readonly maps: readonly MapDescription[] }
  /** Without bytes the map has no such tile; `isLater`: it may have one, but its server did not give it now. */
  | { readonly kind: "map-tile"; readonly bytes: Uint8Array | undefined; readonly isLater: boolean }
  | TideReply
  | { readonly kind: "recordings"; readonly recordings: readonly RecordingSummary[] }
  | { readonly kind: "recording"; readonly document: RecordingDocument }
  /** The same as JSON in UTF-8: made on a worker thread and passed on unparsed. The bridge in the screen parses it. */
  | { readonly kind: "recording-json"; readonly json: Uint8Array }
  | { readonly kind: "frame"; readonly frame: VideoFrame | undefined }
  | { readonly kind: "recording-state"; readonly vehicles: readonly VehicleState[] }
  | { readonly kind: "aircraft-plan-text"; readonly planText: string }
  /** `planHash` is the hash given in `AircraftPlan`. */
  | { readonly kind: "plan-aboard"; readonly planText: string; readonly planHash: string }
  | LinkReply
  | ServiceReply
  | PackReply
  | FleetReply;

export type FromUi =
  /**
   * The answer to `ping`; feeds the watchdog: a frozen page does not answer, and the station then stops its heartbeat.
   */
  | { readonly kind: "ui-alive" }
  /** Flow control: the station sends no further `video-frame` of that camera until the last one was painted. */
  | { readonly kind: "frame-shown"; readonly cameraId: CameraId; readonly frameId: number }
  | { readonly kind: "request"; readonly requestId: number; readonly request: UiRequest };
