import type { PackManifest } from "../../geo/pack/packManifest.js";
import { megabytes } from "./packLine.js";

const DAY_MS = 86_400_000;

/** What is in a pack, how old, how large and whose, a line each. */
export function packInside({ name, area, madeAtUnixMs, files }: PackManifest, nowUnixMs: number): readonly string[] {
  const { southDeg, westDeg, northDeg, eastDeg } = area;
  const corners = [southDeg, westDeg, northDeg, eastDeg].map((degrees) => degrees.toFixed(3));
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    `${name}: ${files.length} ${files.length === 1 ? "file" : "files"}, ${megabytes(totalBytes)}, made ${new Date(madeAtUnixMs).toISOString().slice(0, 10)} (${ageWords(nowUnixMs - madeAtUnixMs)})`,
    `area: south ${corners[0]}, west ${corners[1]}, north ${corners[2]}, east ${corners[3]} degrees`,
    ...files.map(
      ({ kind, path, sizeBytes, dataDate, attribution }) =>
        `${kind}: ${path}, ${megabytes(sizeBytes)}, data of ${dataDate ?? "an unknown date"}, ${attribution}`,
    ),
  ];
}

function ageWords(ageMs: number): string {
  const days = Math.floor(ageMs / DAY_MS);
  if (days < 0) return "by a clock ahead of this one";
  if (days === 0) return "less than a day ago";
  return days === 1 ? "1 day ago" : `${days} days ago`;
}
