/**
 * The programs of a transport stream, and the one that is shown: the first of the table that has H.264. Each map speaks for
 * its own program only (ISO/IEC 13818-1, 2.4.4.8). Cameras with a visible and a thermal eye send two.
 */
import { parsePat, parsePmt, type PatProgram, type PmtStream } from "./psi.js";
import { isAudio, otherVideoOf, TYPE_H264 } from "./streamTypes.js";
import type { TsStatus } from "./tsEvents.js";

type ProgramMap = { readonly streams: readonly PmtStream[]; readonly countOfSeen: number };
/** A table of more than some hundred programs is none. */
const PROGRAMS_MAX = 512;

export class ProgramTables {
  #version: number | undefined;
  readonly #sections = new Map<number, readonly PatProgram[]>();
  readonly #maps = new Map<number, ProgramMap>();
  #chosen: number | undefined;

  onPat(section: Uint8Array): void {
    const pat = parsePat(section);
    if (!pat) return;
    // Another version replaces all sections of the one before.
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
   * Stays with the one that is shown as long as it has H.264. A later program of the table waits for the maps of those before
   * it, which may come in any order; a map that came twice meanwhile waits no longer, for the others may not exist.
   */
  #choose(): void {
    if (this.#hasPictures()) return;
    // Until one with pictures is chosen, the metadata of the first without.
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
