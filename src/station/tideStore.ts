import { basename, join } from "node:path";
import type { TideReply } from "../contract/messages.js";
import type { Clock } from "../core/clock.js";
import type { Position } from "../geo/position.js";
import { portsNear } from "../geo/tide/portsNear.js";
import { readTide, TIDE_CHARS_MAX } from "../geo/tide/tideDocument.js";
import { createTideModel, type Tide, type TideModel } from "../geo/tide/tideModel.js";
import { usedPackFiles } from "./packs/packGround.js";
import type { StationFolders } from "./stationTypes.js";
import { installRoot } from "../io/appPaths.js";
import { readText } from "../io/fileStore.js";
import { realClock } from "../io/realClock.js";

/** A file of constituents that was read. */
export type TideFile = {
  readonly file: string;
  readonly name: string;
  readonly attribution: string;
  readonly model: TideModel;
  /** Whether its ports say anything of a place. */
  readonly reaches: (position: Position) => boolean;
};

export type TideStore = {
  /** At `unixTimeMs`, else now by the station's clock; undefined when this installation has no tide that can be read. */
  readonly tideAt: (position: Position, unixTimeMs: number | undefined) => TideReply | undefined;
  readonly known: () => readonly TideFile[];
  readonly load: () => Promise<void>;
};

const BUILT_IN = join("missions", "tide", "channel.json");

type TideStoreOptions = {
  readonly log: (line: string) => void;
  readonly clock?: Clock;
  /** Whose imported packs may have further files; none without. */
  readonly folders?: StationFolders | undefined;
  readonly root?: string;
};

/** Nothing that flies depends on the tide: without a file the station goes on, with one line. */
export function createTideStore({
  log,
  clock = realClock,
  folders,
  root = installRoot(),
}: TideStoreOptions): TideStore {
  let known: readonly TideFile[] = [];
  return {
    tideAt: (position, unixTimeMs = clock.unixUs() / 1000) => {
      const found = tideOf(known, position, unixTimeMs);
      return found && { kind: "tide", tide: found.tide, attribution: found.from.attribution };
    },
    known: () => known,
    load: async () => {
      known = await readTideFiles([...(await usedPackFiles(folders, "tide")), join(root, BUILT_IN)], (file, why) =>
        log(`no tide: ${file}: ${why}`),
      );
    },
  };
}

/** Of the first file whose ports reach the place, else unknown by the last one; undefined without files. */
export function tideOf(
  known: readonly TideFile[],
  position: Position,
  unixTimeMs: number,
): { readonly tide: Tide; readonly from: TideFile } | undefined {
  const from = known.find(({ reaches }) => reaches(position)) ?? known.at(-1);
  return from && { tide: from.model.tideAt(position, unixTimeMs), from };
}

/** Those that can be read; why the others cannot goes to `onProblem`. */
async function readTideFiles(
  files: readonly string[],
  onProblem: (file: string, why: string) => void,
): Promise<readonly TideFile[]> {
  const known: TideFile[] = [];
  for (const file of files) {
    const text = await readText(file, TIDE_CHARS_MAX);
    const read = text.ok ? readTide(text.value, file) : text;
    if (!read.ok) {
      const { error } = read;
      const words = error.kind === "io" ? [error.code] : [error.where, error.problem];
      onProblem(file, words.filter((word) => word !== undefined).join(": "));
      continue;
    }
    const document = read.value;
    known.push({
      ...{ file, name: basename(file), attribution: document.attribution, model: createTideModel(document) },
      reaches: (position) => portsNear(document, position) !== undefined,
    });
  }
  return known;
}
