import type { VehicleEvent, VehicleHappening } from "../../../vehicle/events.js";
import { EventDescriber } from "../../events/eventDescriber.js";
import type { Log, LogWalk, LogWriter, WalkSummary } from "../logWalk.js";
import { FRESH_MEMORY, meaningOf, type TopicMemory, type TrackTopic } from "./topicMeaning.js";
import type { TopicReader } from "./topicLayout.js";
import { type KnownTopics, type UlogRecord, UlogScan } from "./ulogScan.js";

const MAV_AUTOPILOT_PX4 = 12;
const FIX_3D = 3;
const TEXT_NAME = "logged_message";
/** What a whole replay needs; a log without one of them says so. */
const WANTED = ["vehicle_status", "vehicle_attitude", "battery_status", "home_position"];

type Preamble = {
  readonly writer: LogWriter;
  readonly bootUnixUs: number | undefined;
  readonly trackTopic: TrackTopic;
  readonly missing: readonly string[];
};

/** Never fails: a file that is no such log has no records, and its problems say so. */
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

const isAllSeen = (seen: ReadonlySet<string>): boolean =>
  seen.has("vehicle_global_position") && WANTED.every((topic) => seen.has(topic));

/** The log read as far as needed for what must be known before its first message can be told. */
function readPreamble(bytes: Uint8Array): Preamble {
  const scan = new UlogScan(bytes);
  const seen = new Set<string>();
  let bootUnixUs: number | undefined;
  let writer: LogWriter = { systemId: 1, componentId: 1, mavType: 0, mavAutopilot: MAV_AUTOPILOT_PX4 };
  for (let record = scan.next(); record; record = scan.next()) {
    if (record.kind !== "data" || record.multiId !== 0) continue;
    const { topic } = record;
    if (topic.name === "vehicle_status" && !seen.has(topic.name)) writer = writerFrom(topic, writer);
    if (bootUnixUs === undefined && topic.name === "vehicle_gps_position") bootUnixUs = bootTimeFrom(topic);
    seen.add(topic.name);
    if (bootUnixUs !== undefined && isAllSeen(seen)) break;
  }
  const trackTopic = trackTopicOf(seen);
  const hasTrack = trackTopic !== "gps" || seen.has("vehicle_gps_position");
  const missing = WANTED.filter((topic) => !seen.has(topic));
  return { writer, bootUnixUs, trackTopic, missing: hasTrack ? missing : ["position", ...missing] };
}

function trackTopicOf(seen: ReadonlySet<string>): TrackTopic {
  if (seen.has("vehicle_global_position")) return "vehicle_global_position";
  return seen.has("vehicle_local_position") ? "vehicle_local_position" : "gps";
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
  #happenings: readonly VehicleHappening[] = [];

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
    this.#happenings = this.#understand(record);
    return true;
  };

  readonly events = (): readonly VehicleEvent[] => {
    const { systemId, componentId } = this.#preamble.writer;
    const { unixTimeUs } = this;
    const stamp = { systemId, componentId, receivedAtMonoMs: unixTimeUs / 1000, unixTimeUs };
    return this.#happenings.map((happening) => ({ ...stamp, ...happening }));
  };

  /** PX4 does not log the items of its mission, only how far it came. */
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

  #understand(record: UlogRecord): readonly VehicleHappening[] {
    if (record.kind === "text")
      return [{ kind: "text", severity: record.severity, text: record.text, chunk: undefined }];
    if (record.multiId !== 0) return [];
    const { writer, trackTopic } = this.#preamble;
    const { memory, happenings } = meaningOf(record.topic, { memory: this.#memory, writer, trackTopic });
    this.#memory = memory;
    return happenings;
  }
}
