import path from "node:path";
import { mapLine } from "../../station/maps/mapLine.js";
import type { PackProblem, PackFileProblem } from "../../station/packs/packProblem.js";
import { failureLine } from "../failureLine.js";
import { terrainLine } from "../../station/terrain/terrainLine.js";

type ProblemOf<Kind extends PackProblem["kind"]> = Extract<PackProblem, { readonly kind: Kind }>;
type Lines = { readonly [Kind in PackProblem["kind"]]: (problem: ProblemOf<Kind>) => string };

const FORMS: Readonly<Record<ProblemOf<"form-not-read">["form"], string>> = {
  encrypted: "with a password",
  "64 bits": "as a ZIP of more than 4 GB (ZIP64)",
  "several disks": "as a ZIP in several parts",
  "another compression": "with a compression other than deflate",
};

const LINES: Lines = {
  "no-zip": () => "is no area pack (no ZIP)",
  "cut-off": () => "is cut off or damaged: copy it again",
  "bad-member-name": ({ name }) => `holds "${name}", which is no plain file name: nothing of it was unpacked`,
  "member-twice": ({ name }) => `holds ${name} twice`,
  "too-many-members": ({ max }) => `holds more than ${max} files`,
  "form-not-read": ({ form }) => `is packed ${FORMS[form]}, which is not read here`,
  "contradicts-itself": ({ name }) => `contradicts itself about ${name}: it is damaged, or made to deceive`,
  "member-damaged": ({ name }) => `${name} in it is damaged: copy it again`,
  "wrong-size": ({ name, statedBytes }) => `${name} in it does not unpack to the ${statedBytes} bytes that it states`,
  "no-manifest": () => "has no manifest.json: it is no area pack",
  "not-in-pack": ({ name }) => `${name} is missing from it`,
  "not-listed": ({ name }) => `holds ${name}, which its manifest does not list`,
  "not-used": ({ name }) => `holds ${name} beside a map, and no map in it is read with that`,
  "size-differs": ({ name, statedBytes, foundBytes }) =>
    `${name} in it has ${foundBytes} bytes instead of the ${statedBytes} of its manifest`,
  "hash-differs": ({ name }) => `${name} in it is not what was packed (its SHA-256 differs): copy it again`,
  unusable: ({ file, problem }) => fileLine(file, problem),
  "no-space": ({ neededBytes, freeBytes }) =>
    `unpacks to ${megabytes(neededBytes)}, and only ${megabytes(freeBytes)} are free`,
  "online-map": ({ file }) =>
    `${path.basename(file)} is the address of a tile server, which needs a network: a pack takes .pmtiles, .mbtiles, GeoTIFF, pictures with a world file, and drawings`,
  "same-name": ({ name }) =>
    `two files are named ${name}, or would be read together by that name (or one is manifest.json): a pack has no folders, rename one`,
  "no-such-pack": ({ name }) => `there is no pack "${name}"; \`vigie pack list\` shows those that there are`,
  "bad-file": ({ path: file, where, problem }) =>
    [file, where, problem].filter((words) => words !== undefined).join(": "),
  io: (problem) => failureLine(problem),
  member: ({ path: file, problem }) =>
    problem.kind === "io" ? `${file}: ${failureLine(problem)}` : mapLine(file, problem),
  "pack-too-large": ({ bytesMax }) => `would be larger than ${bytesMax / 1e9} GB: make two packs`,
  stopped: () => "stopped; nothing was changed",
  "not-there": () => "no such file",
  "not-readable": ({ reason }) => `cannot be read (${reason})`,
  "not-a-file": ({ what }) => `is a ${what}, not a file`,
};

/** Of an imported pack whose file was written or copied since. */
export const touchedLine = (pack: string, file: string): string =>
  `${file} was written since it was imported, and may be another: \`vigie pack check ${pack}\` reads all of it`;

/** Why a pack cannot be made or used, as one line of English. */
export const packLine = (problem: PackProblem): string =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  (LINES[problem.kind] as (problem: PackProblem) => string)(problem);

function fileLine(file: string, { kind, problem }: PackFileProblem): string {
  if (kind === "map") return mapLine(file, problem);
  if (kind === "terrain") return terrainLine(file, problem);
  return problem.kind === "io" ? `${file}: ${failureLine(problem)}` : packLine(problem);
}

/** Of 1,000,000 bytes, with a decimal below ten. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
