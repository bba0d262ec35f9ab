/** Program tables (PAT, PMT) of a transport stream (ISO/IEC 13818-1, 2.4.4): which PIDs carry video and metadata. */

export type PmtStream = {
  readonly streamType: number;
  readonly pid: number;
  /** A registration (0x05) or metadata (0x26) descriptor names KLVA. */
  readonly isKlva: boolean;
  /** The four-character code of a registration descriptor. */
  readonly registration: string | undefined;
};

export type PatProgram = { readonly programNumber: number; readonly pid: number };
type Pat = {
  readonly version: number;
  readonly sectionNumber: number;
  readonly programs: readonly PatProgram[];
};
/** A PMT describes its own program only (2.4.4.8). */
type Pmt = { readonly programNumber: number; readonly streams: readonly PmtStream[] };

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80000000) !== 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** CRC-32/MPEG-2. Over a whole section including its CRC the result is 0. */
export function crc32Mpeg2(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}

export type SectionReader = {
  readonly push: (payload: Uint8Array, isUnitStart: boolean) => readonly Uint8Array[];
  /** Drops a partly read section, after packet loss. */
  readonly reset: () => void;
  readonly countOfBad: () => number;
};

const SECTION_MAX = 4096;

/** Assembles sections that span packets; only those with a valid CRC are returned. */
export function createSectionReader(): SectionReader {
  let pending: number[] | undefined;
  let countOfBad = 0;

  const complete = (into: Uint8Array[]): void => {
    while (pending && pending.length >= 3) {
      if (pending[0] === 0xff) {
        pending = undefined; // stuffing up to the end of the packet
        return;
      }
      const length = 3 + ((((pending[1] ?? 0) & 0x0f) << 8) | (pending[2] ?? 0));
      if (length > SECTION_MAX) {
        countOfBad++;
        pending = undefined;
        return;
      }
      if (pending.length < length) return;
      const section = Uint8Array.from(pending.slice(0, length));
      pending = pending.slice(length);
      if (crc32Mpeg2(section) === 0) into.push(section);
      else countOfBad++;
    }
  };
  const push = (payload: Uint8Array, isUnitStart: boolean): readonly Uint8Array[] => {
    const sections: Uint8Array[] = [];
    if (!isUnitStart) {
      pending?.push(...payload);
      complete(sections);
      return sections;
    }
    const pointer = payload[0] ?? 0;
    pending?.push(...payload.subarray(1, 1 + pointer));
    complete(sections);
    pending = [...payload.subarray(1 + pointer)];
    complete(sections);
    return sections;
  };
  const reset = (): void => {
    pending = undefined;
  };
  return { push, reset, countOfBad: () => countOfBad };
}

/** Program numbers with the PIDs of their PMTs; undefined when the section is not a current PAT. */
export function parsePat(section: Uint8Array): Pat | undefined {
  if (section[0] !== 0x00 || section.byteLength < 12 || ((section[5] ?? 0) & 1) === 0) return undefined;
  const programs: PatProgram[] = [];
  for (let at = 8; at + 4 <= section.byteLength - 4; at += 4) {
    const programNumber = u16(section, at);
    if (programNumber !== 0) programs.push({ programNumber, pid: u16(section, at + 2) & 0x1fff });
  }
  return { version: ((section[5] ?? 0) >> 1) & 31, sectionNumber: section[6] ?? 0, programs };
}

/** The elementary streams; undefined when the section is not a current PMT. Invalid lengths end the list early. */
export function parsePmt(section: Uint8Array): Pmt | undefined {
  if (section[0] !== 0x02 || section.byteLength < 16 || ((section[5] ?? 0) & 1) === 0) return undefined;
  const end = section.byteLength - 4;
  const streams: PmtStream[] = [];
  let at = 12 + (u16(section, 10) & 0x0fff);
  while (at + 5 <= end) {
    const infoLength = u16(section, at + 3) & 0x0fff;
    const info = section.subarray(at + 5, Math.min(end, at + 5 + infoLength));
    const [streamType, pid] = [section[at] ?? 0, u16(section, at + 1) & 0x1fff];
    streams.push({ streamType, pid, isKlva: hasKlva(info), registration: registrationOf(info) });
    at += 5 + infoLength;
  }
  return { programNumber: u16(section, 3), streams };
}

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function hasKlva(info: Uint8Array): boolean {
  for (let at = 0; at + 2 <= info.byteLength;) {
    const tag = info[at] ?? 0;
    const length = info[at + 1] ?? 0;
    // In the metadata descriptor the identifier follows the application format, so it is searched for.
    if ((tag === 0x05 || tag === 0x26) && containsKlva(info.subarray(at + 2, at + 2 + length))) return true;
    at += 2 + length;
  }
  return false;
}

function registrationOf(info: Uint8Array): string | undefined {
  for (let at = 0; at + 2 <= info.byteLength; at += 2 + (info[at + 1] ?? 0)) {
    if (info[at] === 0x05 && (info[at + 1] ?? 0) >= 4) return String.fromCharCode(...info.subarray(at + 2, at + 6));
  }
  return undefined;
}

function containsKlva(bytes: Uint8Array): boolean {
  for (let at = 0; at + 4 <= bytes.byteLength; at++) {
    if (bytes[at] === 0x4b && bytes[at + 1] === 0x4c && bytes[at + 2] === 0x56 && bytes[at + 3] === 0x41) return true;
  }
  return false;
}
