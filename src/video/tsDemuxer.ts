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
const NULL_PID = 0x1fff;
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

export function createTsDemuxer(): TsDemuxer {
  const packets = createPacketReader();
  const clock = createPtsClock();
  const routes = new Map<number, Route>();
  const lastCounters = new Map<number, number>();
  let video: TsStatus["video"] = "none";
  let klv: TsStatus["klv"] = "none";
  let countOfContinuityErrors = 0;
  let mapKey = "";
  let events: TsEvent[] = [];

  const onPat = (section: Uint8Array): void => {
    for (const pid of parsePat(section) ?? []) {
      if (routes.get(pid)?.kind === "sections") continue;
      routes.set(pid, { kind: "sections", reader: createSectionReader(), onSection: onPmt });
    }
  };
  const onPmt = (section: Uint8Array): void => {
    const streams = parsePmt(section);
    const key = JSON.stringify(streams);
    if (!streams || key === mapKey) return;
    mapKey = key;
    for (const [pid, route] of routes) if (route.kind !== "sections") routes.delete(pid);
    video = videoOf(streams);
    // The first H.264 stream is the picture; a second one (picture in picture) is not ours.
    const picture = streams.find((stream) => stream.streamType === TYPE_H264);
    if (picture) routes.set(picture.pid, { kind: "video", pes: createPesReader() });
    for (const { pid } of streams.filter(mayCarryKlv)) {
      routes.set(pid, { kind: "klv", pes: createPesReader(), cells: createCellReader() });
    }
  };
  routes.set(PAT_PID, { kind: "sections", reader: createSectionReader(), onSection: onPat });

  const onUnit = (route: Route, unit: PesUnit): void => {
    if (route.kind === "video") events.push(...accessUnits(unit, clock));
    else if (route.kind === "klv") onKlvUnit(unit, route.cells);
  };
  const onKlvUnit = (unit: PesUnit, cells: CellReader): void => {
    // The stream id decides, not the declared stream type: streams in the wild mix the two.
    const isSynchronous = unit.streamId === STREAM_ID_METADATA;
    klv = isSynchronous ? "synchronous" : "asynchronous";
    const ptsUs = unit.pts === undefined ? undefined : clock.toUs(unit.pts);
    for (const bytes of isSynchronous ? cells.push(unit.bytes) : [unit.bytes]) {
      if (bytes.byteLength > 0) events.push({ kind: "klv", ptsUs, bytes, isSynchronous });
    }
  };
  const onPacket = (packet: TsPacket): void => {
    const route = routes.get(packet.pid);
    if (!route || packet.pid === NULL_PID) return;
    const last = lastCounters.get(packet.pid);
    lastCounters.set(packet.pid, packet.continuityCounter);
    // A packet may be sent twice in a row (2.4.3.3): the second is not news.
    if (last === packet.continuityCounter && !packet.isDiscontinuity) return;
    const hasLost = last !== undefined && !packet.isDiscontinuity && packet.continuityCounter !== ((last + 1) & 15);
    if (hasLost) countOfContinuityErrors++;
    if (route.kind === "sections") {
      if (hasLost) route.reader.reset();
      for (const section of route.reader.push(packet.payload, packet.isUnitStart)) route.onSection(section);
      return;
    }
    for (const unit of route.pes.push(packet, hasLost)) onUnit(route, unit);
  };
  const taken = (): readonly TsEvent[] => {
    const out = events;
    events = [];
    return out;
  };
  return {
    push: (bytes) => {
      packets.push(bytes, onPacket);
      return taken();
    },
    flush: () => {
      for (const route of routes.values()) {
        if (route.kind !== "sections") for (const unit of route.pes.flush()) onUnit(route, unit);
      }
      return taken();
    },
    status: () => ({
      video,
      klv,
      countOfPackets: packets.counts.packets,
      countOfContinuityErrors,
      countOfResyncs: packets.counts.resyncs,
      countOfGarbageBytes: packets.counts.garbageBytes,
      countOfBadSections: total(routes, (route) => (route.kind === "sections" ? route.reader.countOfBad() : 0)),
      countOfDamagedUnits: total(routes, (route) => (route.kind === "sections" ? 0 : route.pes.countOfDamaged())),
    }),
  };
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
