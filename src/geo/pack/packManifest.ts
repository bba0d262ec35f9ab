/**
 * The manifest of an area pack (`.vigiepack`, a ZIP): what the pack holds, whose it is, and the hash of every file in it.
 *
 * { "format": "vigiepack", "version": 1, "name": "…", "area": { southDeg, westDeg, northDeg, eastDeg }, "madeAt": "2026-12-01T12:00:00.000Z",
 *   "files": [{ "path": "calais.pmtiles", "kind": "map", "sizeBytes": 1, "sha256": "…", "attribution": "© …", "dataDate": "2026-10" }] }
 *
 * `dataDate` is absent where the age of the data is not known; members that are not named here are ignored.
 */
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import { COAST_FILE_BYTES_MAX } from "../coastLimits.js";
import { isObject, parseJsonObject } from "../jsonText.js";
import { PLACES_CHARS_MAX } from "../places/placesDocument.js";
import { TIDE_CHARS_MAX } from "../tide/tideDocument.js";
import { type GeoBounds, readBounds } from "../tiles/geoBounds.js";

export const MANIFEST_NAME = "manifest.json";
export const MANIFEST_CHARS_MAX = 500_000;
const VERSION = 1;
const LIMITS = { charsMax: MANIFEST_CHARS_MAX, depthMax: 4, valuesMax: 10_000 };
export const PACK_FILES_MAX = 500;
/** A ZIP without its 64-bit extension ends at 4 GiB; below it there is room for the directory. */
export const PACK_BYTES_MAX = 4_000_000_000;
const WORDS_CHARS_MAX = 300;

/** What a person puts into a pack. */
export const GROUND_KINDS = ["map", "terrain", "coast", "tide", "names"] as const;
export type GroundFileKind = (typeof GROUND_KINDS)[number];
/** `beside`: what a map of the same pack is read with, found by its name: a world file, the name of its system, a picture of a drawing. */
const PACK_KINDS = [...GROUND_KINDS, "beside"] as const;
export type PackFileKind = (typeof PACK_KINDS)[number];

/** Bytes; but for maps the limits of their readers. */
export const FILE_BYTES_MAX: Readonly<Record<PackFileKind, number>> = {
  map: PACK_BYTES_MAX,
  terrain: 1024 * 2 ** 20,
  coast: COAST_FILE_BYTES_MAX,
  tide: TIDE_CHARS_MAX,
  names: PLACES_CHARS_MAX,
  beside: 128 * 2 ** 20,
};

export type PackFile = {
  /** A plain file name: packs have no folders. */
  readonly path: string;
  readonly kind: PackFileKind;
  readonly sizeBytes: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Whose the data is and under which licence; "not stated" where nobody has said. */
  readonly attribution: string;
  /** A year, month or day: "2026", "2026-10", "2026-10-31". */
  readonly dataDate: string | undefined;
};

export type PackManifest = {
  /** Also the name of its folder, so a valid file name. */
  readonly name: string;
  readonly area: GeoBounds;
  readonly madeAtUnixMs: number;
  readonly files: readonly PackFile[];
};

type Wrong = { readonly where: string; readonly problem: string };
const wrong = (where: string, problem: string): Result<never, Wrong> => err({ where, problem });

/** `path` names the file in the error. Only text within the limits above is accepted. */
export function readPackManifest(text: string, path: string): Result<PackManifest, BadFile> {
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const read = manifestIn(parsed.value);
  return read.ok ? read : err({ kind: "bad-file", path, ...read.error });
}

/** The text that `readPackManifest` reads. */
export const packManifestText = ({ name, area, madeAtUnixMs, files }: PackManifest): string =>
  `${JSON.stringify({ format: "vigiepack", version: VERSION, name, area, madeAt: new Date(madeAtUnixMs).toISOString(), files }, undefined, 2)}\n`;

function manifestIn(found: Record<string, unknown>): Result<PackManifest, Wrong> {
  const { format, version, name, madeAt } = found;
  if (format !== "vigiepack") return wrong("format", 'this is no area pack: "vigiepack" was expected');
  if (version !== VERSION)
    return wrong("version", `only version ${VERSION} is read here: was it made by a newer Vigie?`);
  if (!isPlainName(name)) return wrong("name", "a name that can be a folder's was expected");
  const area = readBounds(found["area"]);
  if (!area) return wrong("area", "southDeg, westDeg, northDeg and eastDeg were expected");
  const madeAtUnixMs = typeof madeAt === "string" && ISO_TIME.test(madeAt) ? Date.parse(madeAt) : Number.NaN;
  if (Number.isNaN(madeAtUnixMs)) return wrong("madeAt", "a time such as 2026-12-01T12:00:00Z was expected");
  const files = filesIn(found["files"]);
  return files.ok ? ok({ name, area, madeAtUnixMs, files: files.value }) : files;
}

function filesIn(found: unknown): Result<readonly PackFile[], Wrong> {
  if (!Array.isArray(found) || found.length === 0 || found.length > PACK_FILES_MAX)
    return wrong("files", `a list of 1 to ${PACK_FILES_MAX} files was expected`);
  const files: PackFile[] = [];
  const names = new Set<string>([packNameKey(MANIFEST_NAME)]);
  let totalBytes = 0;
  for (const [i, each] of (found as readonly unknown[]).entries()) {
    const file = fileIn(each, `files[${i}]`);
    if (!file.ok) return file;
    const key = packNameKey(file.value.path);
    if (names.has(key)) return wrong(`files[${i}].path`, `${file.value.path} is there twice`);
    names.add(key);
    files.push(file.value);
    totalBytes += file.value.sizeBytes;
  }
  return totalBytes > PACK_BYTES_MAX ? wrong("files", `larger than ${PACK_BYTES_MAX / 1e9} GB together`) : ok(files);
}

function fileIn(found: unknown, at: string): Result<PackFile, Wrong> {
  if (!isObject(found)) return wrong(at, "an object was expected");
  const { path, kind, sizeBytes, sha256, attribution, dataDate } = found;
  if (!isPlainName(path)) return wrong(`${at}.path`, "a plain file name was expected, without folders");
  const known = PACK_KINDS.find((each) => each === kind);
  if (!known) return wrong(`${at}.kind`, `one of ${PACK_KINDS.join(", ")} was expected`);
  if (!isSize(sizeBytes, FILE_BYTES_MAX[known]))
    return wrong(`${at}.sizeBytes`, `a whole number from 1 to ${FILE_BYTES_MAX[known]} was expected`);
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))
    return wrong(`${at}.sha256`, "64 lower-case hexadecimal digits were expected");
  if (!isPackWords(attribution)) return wrong(`${at}.attribution`, "whose data it is was expected, on one line");
  if (dataDate !== undefined && !isDataDate(dataDate)) return wrong(`${at}.dataDate`, "YYYY-MM-DD was expected");
  return ok({ path, kind: known, sizeBytes, sha256, attribution, dataDate });
}

/** Two names with the same key would be one file on some system. */
export const packNameKey = (name: string): string => name.normalize("NFC").toLowerCase();

/** A year, a month or a day. */
export const isDataDate = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value) && !Number.isNaN(Date.parse(value));

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

const isPlainName = (value: unknown): value is string =>
  typeof value === "string" && fileNameProblem(value) === undefined;

/** One line without control characters, which a terminal might obey. */
export const isPackWords = (value: unknown): value is string =>
  typeof value === "string" &&
  value.trim() !== "" &&
  value.length <= WORDS_CHARS_MAX &&
  !/[\p{Cc}\p{Zl}\p{Zp}]|[\u202a-\u202e\u2066-\u2069]/u.test(value);

const isSize = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max;
