/**
 * Demultiplexes an MPEG transport stream into coded pictures and KLV (ISO/IEC 13818-1; MISB ST 1402 for the KLV).
 *
 *   bytes ─▶ packets ─▶ PAT ─▶ PMT ─▶ video PID ─▶ PES ─▶ access units
 *                                 └─▶ KLV PIDs  ─▶ PES ─▶ (cells) ─▶ KLV
 */
import { createCellReader, type CellReader } from "./metadataCells.js";
import { createPesReader, type PesReader, type PesUnit } from "./pes.js";
import { splitAtDelimiters, unitFacts, type RefusedSize } from "./h264.js";
import { ProgramTables } from "./programTables.js";
import { createSectionReader, type PmtStream, type SectionReader } from "./psi.js";
import { mayCarryKlv, TYPE_H264 } from "./streamTypes.js";
import { createPacketReader, type TsPacket } from "./tsPackets.js";
import { createPtsClock, type PtsClock } from "./ptsClock.js";
import type { AccessUnit, TsDemuxer, TsEvent, TsStatus } from "./tsEvents.js";

const PAT_PID = 0;
const STREAM_ID_METADATA = 0xfc;

/** An access unit, with the parameter set in it that must not reach the decoder, if any. */
type JudgedUnit = AccessUnit & { readonly refused: RefusedSize | undefined; readonly hasParameters: boolean };

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
  readonly #programs = new ProgramTables();
  #klv: TsStatus["klv"] = "none";
  #countOfContinuityErrors = 0;
  #countOfScrambled = 0;
  #countOfAccessUnits = 0;
  #countOfKeyframes = 0;
  #refused: RefusedSize | undefined;
  #isRefusing = false;
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
      ...this.#programs.facts(),
      countOfScrambled: this.#countOfScrambled,
      countOfAccessUnits: this.#countOfAccessUnits,
      countOfKeyframes: this.#countOfKeyframes,
      refused: this.#refused,
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
    if (packet.isScrambled) {
      if (route.kind === "video") this.#countOfScrambled++;
      return;
    }
    const last = this.#lastCounters.get(packet.pid);
    this.#lastCounters.set(packet.pid, packet.continuityCounter);
    // A packet may be sent twice in a row (2.4.3.3): the duplicate is ignored.
    if (last === packet.continuityCounter && !packet.isDiscontinuity) return;
    const hasLost = last !== undefined && !packet.isDiscontinuity && packet.continuityCounter !== ((last + 1) & 15);
    if (hasLost) this.#countOfContinuityErrors++;
    this.#onPayload(route, packet, hasLost);
  }

  #onPayload(route: Route, packet: TsPacket, hasLost: boolean): void {
    if (route.kind !== "sections") {
      for (const unit of route.pes.push(packet, hasLost)) this.#onUnit(route, unit);
      return;
    }
    if (hasLost) route.reader.reset();
    for (const section of route.reader.push(packet.payload, packet.isUnitStart)) route.onSection(section);
  }

  #onPat(section: Uint8Array): void {
    this.#programs.onPat(section);
    for (const pid of this.#programs.mapPids()) {
      if (this.#routes.get(pid)?.kind === "sections") continue;
      this.#routes.set(pid, { kind: "sections", reader: createSectionReader(), onSection: (s) => this.#onPmt(s, pid) });
    }
    this.#follow();
  }

  #onPmt(section: Uint8Array, pid: number): void {
    this.#programs.onPmt(section, pid);
    this.#follow();
  }

  /** Routes PIDs to the streams of the chosen program. Unchanged streams keep their partly read units. */
  #follow(): void {
    const wanted = new Map(wantedRoutes(this.#programs.chosenStreams()));
    const mapPids = [PAT_PID, ...this.#programs.mapPids()];
    for (const [pid, route] of this.#routes) {
      const isWanted = route.kind === "sections" ? mapPids.includes(pid) : wanted.get(pid) === route.kind;
      if (!isWanted) this.#routes.delete(pid);
    }
    for (const [pid, kind] of wanted) {
      if (this.#routes.has(pid)) continue;
      this.#lastCounters.delete(pid);
      const pes = createPesReader();
      this.#routes.set(pid, kind === "video" ? { kind, pes } : { kind, pes, cells: createCellReader() });
    }
  }

  #onUnit(route: Route, unit: PesUnit): void {
    if (route.kind === "klv") this.#onKlvUnit(unit, route.cells);
    if (route.kind !== "video") return;
    for (const { refused, hasParameters: _, ...accessUnit } of accessUnits(unit, this.#clock)) {
      this.#countOfAccessUnits++;
      if (refused !== undefined) {
        this.#refused = refused;
        this.#isRefusing = true;
      } else if (accessUnit.isKeyframe) {
        this.#countOfKeyframes++;
        this.#isRefusing = false;
      }
      // Pictures after a refused parameter set depend on it: they are dropped up to the next keyframe.
      if (!this.#isRefusing) this.#events.push(accessUnit);
    }
  }

  #onKlvUnit(unit: PesUnit, cells: CellReader): void {
    // Decided by the stream id, not by the declared stream type: real streams mix the two up.
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

/** The first H.264 stream is shown; a second one (picture in picture) is ignored. */
function* wantedRoutes(streams: readonly PmtStream[]): Iterable<readonly [number, "video" | "klv"]> {
  const picture = streams.find((stream) => stream.streamType === TYPE_H264);
  if (picture) yield [picture.pid, "video"];
  for (const stream of streams) if (mayCarryKlv(stream) && stream.pid !== picture?.pid) yield [stream.pid, "klv"];
}

function accessUnits(unit: PesUnit, clock: PtsClock): readonly JudgedUnit[] {
  const ptsUs = unit.pts === undefined ? undefined : clock.toUs(unit.pts);
  return splitAtDelimiters(unit.bytes)
    .filter((bytes) => bytes.byteLength > 0)
    .map((bytes, index) => ({
      kind: "access-unit" as const,
      // The PTS belongs to the first access unit that begins in the PES packet.
      ptsUs: index === 0 ? ptsUs : undefined,
      bytes,
      ...unitFacts(bytes),
      isAfterLoss: unit.isAfterLoss && index === 0,
    }));
}
