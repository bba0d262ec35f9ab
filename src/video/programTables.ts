/**
 * The programs of a transport stream and the choice of the one to show: the first in the PAT that has H.264. A PMT describes only
 * its own program (ISO/IEC 13818-1, 2.4.4.8). Cameras with a visible and a thermal sensor send two programs.
 */
import { parsePat, parsePmt, type PatProgram, type PmtStream } from "./psi.js";
import { isAudio, otherVideoOf, TYPE_H264 } from "./streamTypes.js";
import type { TsStatus } from "./tsEvents.js";

type ProgramMap = { readonly streams: readonly PmtStream[]; readonly countOfSeen: number };
/** A larger PAT is treated as garbage. */
const PROGRAMS_MAX = 512;

export class ProgramTables {
  #version: number | undefined;
  readonly #sections = new Map<number, readonly PatProgram[]>();
  readonly #maps = new Map<number, ProgramMap>();
  #chosen: number | undefined;

  onPat(section: Uint8Array): void {
    const pat = parsePat(section);
    if (!pat) return;
    // A new version replaces all sections of the previous one.
    if (pat.version !== this.#version) this.#sections.clear();
    this.#version = pat.version;
    this.#sections.set(pat.sectionNumber, pat.programs);
    const listed = this.#programs().map(({ programNumber }) => programNumber);
    for (const programNumber of this.#maps.keys()) {
      if (!listed.includes(programNumber)) this.#maps.delete(programNumber);
    }
    this.#choose();
  }

  onPmt(section: Uint8Array, pid: number): void {
    const pmt = parsePmt(section);
    if (!pmt) return;
    const { programNumber, streams } = pmt;
    if (!this.#programs().some((program) => program.programNumber === programNumber && program.pid === pid)) return;
    const countOfSeen = 1 + (this.#maps.get(programNumber)?.countOfSeen ?? 0);
    this.#maps.set(programNumber, { streams, countOfSeen });
    this.#choose();
  }

  mapPids(): readonly number[] {
    return this.#programs().map(({ pid }) => pid);
  }

  chosenStreams(): readonly PmtStream[] {
    return (this.#chosen === undefined ? undefined : this.#maps.get(this.#chosen)?.streams) ?? [];
  }

  facts(): Pick<TsStatus, "video" | "codec" | "hasTables" | "hasAudio"> {
    const streams = [...this.#maps.values()].flatMap((map) => map.streams);
    const codec = streams.map(otherVideoOf).find((name) => name !== undefined);
    const video = this.#hasPictures() ? "h264" : codec === undefined ? "none" : "other";
    return { video, codec, hasTables: this.#maps.size > 0, hasAudio: streams.some(isAudio) };
  }

  #hasPictures(): boolean {
    return this.#chosen !== undefined && hasH264(this.#maps.get(this.#chosen));
  }

  #programs(): readonly PatProgram[] {
    return [...this.#sections.keys()]
      .sort((a, b) => a - b)
      .flatMap((section) => this.#sections.get(section) ?? [])
      .slice(0, PROGRAMS_MAX);
  }

  /**
   * Keeps the current program as long as it has H.264. A later program waits for the PMTs of the earlier ones, which may arrive
   * in any order; it stops waiting when its own PMT has come twice, since the others may not exist.
   */
  #choose(): void {
    if (this.#hasPictures()) return;
    // Until a program with video is chosen, the metadata of the first program without is used.
    this.#chosen = this.#programs().find(({ programNumber }) => {
      const map = this.#maps.get(programNumber);
      return map !== undefined && !hasH264(map);
    })?.programNumber;
    let isEarlierUnknown = false;
    for (const { programNumber } of this.#programs()) {
      const map = this.#maps.get(programNumber);
      if (hasH264(map) && (!isEarlierUnknown || (map?.countOfSeen ?? 0) > 1)) {
        this.#chosen = programNumber;
        return;
      }
      isEarlierUnknown ||= map === undefined;
    }
  }
}

const hasH264 = (map: ProgramMap | undefined): boolean =>
  map?.streams.some(({ streamType }) => streamType === TYPE_H264) === true;
