import type { VehicleEvent, VehicleEventBody } from "../../../vehicle/events.js";
import { EventDescriber } from "../../events/eventDescriber.js";
import type { Log, LogWalk, LogWriter, WalkSummary } from "../logWalk.js";
import {
  FRESH_MEMORY,
  hasGlobalPlace,
  hasLocalPlace,
  hasReceiverPlace,
  meaningOf,
  type TopicMemory,
  type TrackTopic,
} from "./topicMeaning.js";
import type { TopicReader } from "./topicLayout.js";
import { type KnownTopics, type UlogRecord, UlogScan } from "./ulogScan.js";

const MAV_AUTOPILOT_PX4 = 12;
const FIX_3D = 3;
/** The position that PX4 blends from its receivers, and the position of each receiver. */
const GPS_TOPICS: ReadonlySet<string> = new Set(["vehicle_gps_position", "sensor_gps"]);
type GpsTopic = { readonly name: string; readonly multiId: number };
const TEXT_NAME = "logged_message";
/** Topics needed for a complete replay; a missing one is reported as a problem. */
const WANTED = ["vehicle_status", "vehicle_attitude", "battery_status", "home_position"];

type Preamble = {
  readonly writer: LogWriter;
  readonly bootUnixUs: number | undefined;
  readonly trackTopic: TrackTopic;
  /** The receiver whose fixes are used: the first one that had a fix. */
  readonly gps: GpsTopic;
  readonly missing: readonly string[];
};

/** Never fails: a file that is no ULog has no records, and its problems say so. */
export function ulogFrom(bytes: Uint8Array): Log {
  const preamble = readPreamble(bytes);
  const problems = preamble.missing.map((topic) => `this log has no ${topic}`);
  if (preamble.bootUnixUs === undefined) problems.push("no GPS time in this log: its clock starts at boot, in 1970");
  return {
    countOfBytes: bytes.length,
    walk: () => new UlogWalk(bytes, preamble, { scan: new UlogScan(bytes), memory: FRESH_MEMORY, sinceBootUs: 0 }),
    writer: preamble.writer,
    problems,
    events: new EventDescriber(),
  };
}

/** Reads as far as needed for what must be known before the first message can be interpreted. */
function readPreamble(bytes: Uint8Array): Preamble {
  const scan = new UlogScan(bytes);
  const reader = new PreambleReader();
  for (let record = scan.next(); record && !reader.isComplete; record = scan.next())
    if (record.kind === "data") reader.onRecord(record.topic, record.multiId);
  return reader.preamble();
}

class PreambleReader {
  readonly #seen = new Set<string>();
  /** Topics that had a valid position: a topic without any is no source for the track. */
  readonly #placed = new Set<TrackTopic>();
  #gps: GpsTopic | undefined;
  #bootUnixUs: number | undefined;
  #writer: LogWriter = { systemId: 1, componentId: 1, mavType: 0, mavAutopilot: MAV_AUTOPILOT_PX4 };

  get isComplete(): boolean {
    const isAllSeen = this.#placed.has("vehicle_global_position") && WANTED.every((topic) => this.#seen.has(topic));
    return this.#bootUnixUs !== undefined && isAllSeen;
  }

  onRecord(topic: TopicReader, multiId: number): void {
    const { name } = topic;
    if (GPS_TOPICS.has(name)) this.#onGps(topic, multiId);
    if (multiId !== 0) return;
    if (name === "vehicle_status" && !this.#seen.has(name)) this.#writer = writerFrom(topic, this.#writer);
    if (name === "vehicle_global_position" && hasGlobalPlace(topic)) this.#placed.add(name);
    if (name === "vehicle_local_position" && hasLocalPlace(topic)) this.#placed.add(name);
    this.#seen.add(name);
  }

  preamble(): Preamble {
    const tracks: readonly TrackTopic[] = ["vehicle_global_position", "vehicle_local_position", "gps"];
    const trackTopic = tracks.find((topic) => this.#placed.has(topic));
    const missing = WANTED.filter((topic) => !this.#seen.has(topic));
    return {
      writer: this.#writer,
      bootUnixUs: this.#bootUnixUs,
      trackTopic: trackTopic ?? "gps",
      gps: this.#gps ?? { name: "vehicle_gps_position", multiId: 0 },
      missing: trackTopic ? missing : ["position", ...missing],
    };
  }

  #onGps(topic: TopicReader, multiId: number): void {
    this.#bootUnixUs ??= bootTimeFrom(topic);
    if (this.#gps?.name === "vehicle_gps_position" || !hasReceiverPlace(topic)) return;
    this.#placed.add("gps");
    // Of the receivers' own topics the first with a fix; vehicle_gps_position, which PX4 blends from them, is
    // preferred.
    if (!this.#gps || topic.name === "vehicle_gps_position") this.#gps = { name: topic.name, multiId };
  }
}

const writerFrom = (status: TopicReader, otherwise: LogWriter): LogWriter => ({
  ...otherwise,
  systemId: status.number("system_id") ?? otherwise.systemId,
  componentId: status.number("component_id") ?? otherwise.componentId,
  mavType: status.number("system_type") ?? otherwise.mavType,
});

function bootTimeFrom(gps: TopicReader): number | undefined {
  const utcUs = gps.number("time_utc_usec");
  const hasFix = (gps.number("fix_type") ?? 0) >= FIX_3D;
  return utcUs && hasFix ? utcUs - gps.sinceBootUs : undefined;
}

type Place = { readonly scan: UlogScan; readonly memory: TopicMemory; readonly sinceBootUs: number };

class UlogWalk implements LogWalk {
  readonly #bytes: Uint8Array;
  readonly #preamble: Preamble;
  readonly #scan: UlogScan;
  #record: UlogRecord | undefined;
  #memory: TopicMemory;
  #sinceBootUs: number;
  #events: readonly VehicleEventBody[] = [];

  constructor(bytes: Uint8Array, preamble: Preamble, { scan, memory, sinceBootUs }: Place) {
    this.#bytes = bytes;
    this.#preamble = preamble;
    this.#scan = scan;
    this.#memory = memory;
    this.#sinceBootUs = sinceBootUs;
  }

  get at(): number {
    return this.#scan.at;
  }

  get unixTimeUs(): number {
    return (this.#preamble.bootUnixUs ?? 0) + this.#sinceBootUs;
  }

  get name(): string {
    return this.#record?.kind === "data" ? this.#record.topic.name : TEXT_NAME;
  }

  readonly next = (): boolean => {
    const record = this.#scan.next();
    this.#record = record;
    if (!record) return false;
    this.#sinceBootUs = record.kind === "data" ? record.topic.sinceBootUs : record.sinceBootUs;
    this.#events = this.#understand(record);
    return true;
  };

  readonly events = (): readonly VehicleEvent[] => {
    const { systemId, componentId } = this.#preamble.writer;
    const { unixTimeUs } = this;
    const stamp = { systemId, componentId, receivedAtMonoMs: unixTimeUs / 1000, unixTimeUs };
    return this.#events.map((body) => ({ ...stamp, ...body }));
  };

  /** PX4 logs only the current item of its mission, not the items. */
  readonly missionPart = (): undefined => undefined;

  readonly bookmark = (): (() => LogWalk) => {
    const { at, topics } = this.#scan;
    const [memory, sinceBootUs] = [this.#memory, this.#sinceBootUs];
    const place = (known: KnownTopics): Place => ({ scan: new UlogScan(this.#bytes, at, known), memory, sinceBootUs });
    return () => new UlogWalk(this.#bytes, this.#preamble, place(topics));
  };

  readonly summary = (): WalkSummary => {
    const { problems, unknownMessages, droppedMs } = this.#scan;
    const dropped = droppedMs === 0 ? [] : [`the logger lost ${droppedMs} ms in all`];
    return { badChecksums: 0, unknownMessages, problems: [...problems, ...dropped] };
  };

  #understand(record: UlogRecord): readonly VehicleEventBody[] {
    if (record.kind === "text")
      return [{ kind: "text", severity: record.severity, text: record.text, chunk: undefined }];
    const { writer, trackTopic, gps } = this.#preamble;
    const isGps = GPS_TOPICS.has(record.topic.name);
    const isMeant = isGps ? gps.name === record.topic.name && gps.multiId === record.multiId : record.multiId === 0;
    if (!isMeant) return [];
    const { memory, events } = meaningOf(record.topic, { memory: this.#memory, writer, trackTopic });
    this.#memory = memory;
    return events;
  }
}
