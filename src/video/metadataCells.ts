/**
 * Metadata access unit cells of synchronous KLV (ISO/IEC 13818-1, 2.12.4.2): service id, sequence number, flags, 16-bit length,
 * data. A metadata unit is one cell or spread over several.
 */
const HEADER_LENGTH = 5;
const UNIT_MAX_BYTES = 1024 * 1024;

export type CellReader = {
  /** Takes the payload of one PES packet; returns the metadata units completed by it. */
  readonly push: (bytes: Uint8Array) => readonly Uint8Array[];
};

export function createCellReader(): CellReader {
  let parts: number[] = [];

  const push = (bytes: Uint8Array): readonly Uint8Array[] => {
    const units: Uint8Array[] = [];
    for (let at = 0; at + HEADER_LENGTH <= bytes.byteLength;) {
      const fragment = (bytes[at + 2] ?? 0) >> 6; // 3 whole, 2 first, 1 last, 0 middle
      const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);
      const body = bytes.subarray(at + HEADER_LENGTH, at + HEADER_LENGTH + length);
      if (body.byteLength < length) {
        parts = []; // cut short: half a unit is worth nothing
        return units;
      }
      if (fragment >= 2 || parts.length > UNIT_MAX_BYTES) parts = [];
      parts.push(...body);
      if (fragment === 3 || fragment === 1) {
        units.push(Uint8Array.from(parts));
        parts = [];
      }
      at += HEADER_LENGTH + length;
    }
    return units;
  };
  return { push };
}
