/**
 * MPEG transport stream in, coded pictures and KLV out (ISO/IEC 13818-1; MISB ST 1402 for the KLV).
 *
 *   bytes ─▶ packets ─▶ PAT ─▶ PMT ─▶ video PID ─▶ PES ─▶ access units
 *                                 └─▶ KLV PIDs  ─▶ PES ─▶ (cells) ─▶ KLV
 */
import { createCellReader, type CellReader } from "./metadataCells.js";
import { createPesReader, type PesReader, type PesUnit } from "./pes.js";
import { createSectionReader, parsePat, parsePmt, type PmtStream, type SectionReader } from "./psi.js";
import { splitAtDelimiters, unitFacts } from "./h264.js";
import { createPacketReader, type TsPacket } from "./tsPackets.js";
import { createPtsClock, type PtsClock } from "./ptsClock.js";
import type { TsDemuxer, TsEvent, TsStatus } from "./tsEvents.js";

const PAT_PID = 0;
const TYPE_H264 = 0x1b;
const TYPE_H265 = 0x24;
const TYPE_METADATA_PES = 0x15;
const TYPE_PRIVATE_PES = 0x06;
const OTHER_VIDEO_TYPES: readonly number[] = [0x01, 0x02, 0x10, 0x21, 0x33, 0xea];
const STREAM_ID_METADATA = 0xfc;

type Route =
  | { readonly kind: "sections"; readonly reader: SectionReader; readonly onSection: (section: Uint8Array) => void }
  | { readonly kind: "video"; readonly pes: PesReader }
  | { readonly kind: "klv"; readonly pes: PesReader; readonly cells: CellReader };

export const createTsDemuxer = (): TsDemuxer => new Demuxer();

class Demuxer implements TsDemuxer {
  readonly #packets = createPacketReader();
  readonly #clock = createPtsClock();
  readonly #routes = new Map<number, Route>();
  readonly #lastCounters = new Map<number, number>();
  #video: TsStatus["video"] = "none";
  #klv: TsStatus["klv"] = "none";
  #countOfContinuityErrors = 0;
  #mapKey = "";
  #events: TsEvent[] = [];

  constructor() {
    this.#routes.set(PAT_PID, { kind: "sections", reader: createSectionReader(), onSection: (s) => this.#onPat(s) });
  }

  push(bytes: Uint8Array): readonly TsEvent[] {
    this.#packets.push(bytes, (packet) => this.#onPacket(packet));
    return this.#taken();
  }

  flush(): readonly TsEvent[] {
    for (const route of this.#routes.values()) {
      if (route.kind !== "sections") for (const unit of route.pes.flush()) this.#onUnit(route, unit);
    }
    return this.#taken();
  }

  status(): TsStatus {
    const { packets, resyncs, garbageBytes } = this.#packets.counts;
    return {
      video: this.#video,
      klv: this.#klv,
      countOfPackets: packets,
      countOfContinuityErrors: this.#countOfContinuityErrors,
      countOfResyncs: resyncs,
      countOfGarbageBytes: garbageBytes,
      countOfBadSections: total(this.#routes, (route) => (route.kind === "sections" ? route.reader.countOfBad() : 0)),
      countOfDamagedUnits: total(this.#routes, (route) => (route.kind === "sections" ? 0 : route.pes.countOfDamaged())),
    };
  }

  #taken(): readonly TsEvent[] {
    const out = this.#events;
    this.#events = [];
    return out;
  }

  #onPacket(packet: TsPacket): void {
    const route = this.#routes.get(packet.pid);
    if (!route) return;
    const last = this.#lastCounters.get(packet.pid);
    this.#lastCounters.set(packet.pid, packet.continuityCounter);
    // A packet may be sent twice in a row (2.4.3.3): the second is not news.
    if (last === packet.continuityCounter && !packet.isDiscontinuity) return;
    const hasLost = last !== undefined && !packet.isDiscontinuity && packet.continuityCounter !== ((last + 1) & 15);
    if (hasLost) this.#countOfContinuityErrors++;
    if (route.kind === "sections") {
      if (hasLost) route.reader.reset();
      for (const section of route.reader.push(packet.payload, packet.isUnitStart)) route.onSection(section);
      return;
    }
    for (const unit of route.pes.push(packet, hasLost)) this.#onUnit(route, unit);
  }

  #onPat(section: Uint8Array): void {
    for (const pid of parsePat(section) ?? []) {
      if (this.#routes.get(pid)?.kind === "sections") continue;
      this.#routes.set(pid, { kind: "sections", reader: createSectionReader(), onSection: (s) => this.#onPmt(s) });
    }
  }

  #onPmt(section: Uint8Array): void {
    const streams = parsePmt(section);
    const key = JSON.stringify(streams);
    if (!streams || key === this.#mapKey) return;
    this.#mapKey = key;
    for (const [pid, route] of this.#routes) if (route.kind !== "sections") this.#routes.delete(pid);
    this.#video = videoOf(streams);
    // The first H.264 stream is the picture; a second one (picture in picture) is not ours.
    const picture = streams.find((stream) => stream.streamType === TYPE_H264);
    if (picture) this.#routes.set(picture.pid, { kind: "video", pes: createPesReader() });
    for (const { pid } of streams.filter(mayCarryKlv)) {
      this.#routes.set(pid, { kind: "klv", pes: createPesReader(), cells: createCellReader() });
    }
  }

  #onUnit(route: Route, unit: PesUnit): void {
    if (route.kind === "video") this.#events.push(...accessUnits(unit, this.#clock));
    else if (route.kind === "klv") this.#onKlvUnit(unit, route.cells);
  }

  #onKlvUnit(unit: PesUnit, cells: CellReader): void {
    // The stream id decides, not the declared stream type: streams in the wild mix the two.
    const isSynchronous = unit.streamId === STREAM_ID_METADATA;
    this.#klv = isSynchronous ? "synchronous" : "asynchronous";
    const ptsUs = unit.pts === undefined ? undefined : this.#clock.toUs(unit.pts);
    for (const bytes of isSynchronous ? cells.push(unit.bytes) : [unit.bytes]) {
      if (bytes.byteLength > 0) this.#events.push({ kind: "klv", ptsUs, bytes, isSynchronous });
    }
  }
}

const total = (routes: ReadonlyMap<number, Route>, of: (route: Route) => number): number =>
  [...routes.values()].reduce((sum, route) => sum + of(route), 0);

function videoOf(streams: readonly PmtStream[]): TsStatus["video"] {
  const types = streams.map((stream) => stream.streamType);
  if (types.includes(TYPE_H264)) return "h264";
  if (types.includes(TYPE_H265)) return "unsupported-h265";
  return types.some((type) => OTHER_VIDEO_TYPES.includes(type)) ? "unsupported-other" : "none";
}

/** 0x06 is also used for subtitles and AC-3: there the KLVA registration is asked for. */
const mayCarryKlv = (stream: PmtStream): boolean =>
  stream.streamType === TYPE_METADATA_PES || (stream.streamType === TYPE_PRIVATE_PES && stream.isKlva);

function accessUnits(unit: PesUnit, clock: PtsClock): readonly TsEvent[] {
  const ptsUs = unit.pts === undefined ? undefined : clock.toUs(unit.pts);
  return splitAtDelimiters(unit.bytes)
    .filter((bytes) => bytes.byteLength > 0)
    .map((bytes, index) => ({
      kind: "access-unit",
      // The time stamp belongs to the first picture that begins in the packet.
      ptsUs: index === 0 ? ptsUs : undefined,
      bytes,
      ...unitFacts(bytes),
      isAfterLoss: unit.isAfterLoss && index === 0,
    }));
}
