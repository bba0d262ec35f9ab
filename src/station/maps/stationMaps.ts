import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import { endWorker, startWorker, workerBeside } from "../workerThread.js";
import type { FromMaps, MapWorkerData, TileAsked, TileFound, ToMaps } from "./mapMessages.js";
import { mapLine, mapRemarkLine } from "./mapLine.js";
import { openMaps, type OpenMaps } from "./openMaps.js";

/** The maps that the operator named. */
export type MapService = {
  /** Those that could be opened. Resolves when all have been tried. */
  readonly maps: () => Promise<readonly MapDescription[]>;
  readonly tile: (asked: TileAsked) => Promise<TileFound>;
  readonly dispose: () => Promise<void>;
};

type MapServiceOptions = MapWorkerData & {
  /** One line for each map that cannot be opened. */
  readonly log: (line: string) => void;
  readonly workerFile?: string | undefined;
};

/** Begins to open the maps. A bundle has its worker beside it. From sources there is none, and maps are read on this thread. */
export function startMapService(options: MapServiceOptions): MapService {
  if (options.files.length === 0) return NO_MAPS;
  const workerFile = options.workerFile ?? workerBeside("mapWorker.cjs");
  return workerFile === undefined ? readOnThisThread(options) : readInWorker(options, workerFile);
}

const NOTHING: TileFound = { bytes: undefined, isLater: false };
const NO_MAPS: MapService = {
  maps: () => Promise.resolve([]),
  tile: () => Promise.resolve(NOTHING),
  dispose: () => Promise.resolve(),
};

function logOpened({ problems, remarks }: Pick<OpenMaps, "problems" | "remarks">, log: (line: string) => void): void {
  for (const { file, problem } of problems) log(`vigie: no map from ${mapLine(file, problem)}`);
  for (const { file, remark } of remarks) log(`vigie: ${mapRemarkLine(file, remark)}`);
}

function readOnThisThread({ files, cacheFolder, log }: MapServiceOptions): MapService {
  const opened = openMaps({ files, cacheFolder });
  void opened.then((all) => logOpened(all, log));
  return {
    maps: async () => (await opened).maps,
    tile: async (asked) => (await opened).tile(asked),
    dispose: async () => (await opened).close(),
  };
}

function readInWorker({ files, cacheFolder, log }: MapServiceOptions, workerFile: string): MapService {
  const waiting = new Map<number, (found: TileFound) => void>();
  let nextCallId = 1;
  let isRunning = true;
  let setMaps: (maps: readonly MapDescription[]) => void = () => undefined;
  const maps = new Promise<readonly MapDescription[]>((resolve) => (setMaps = resolve));
  const onMessage = (message: FromMaps): void => {
    if (message.kind === "opened") {
      logOpened(message, log);
      setMaps(message.maps);
      return;
    }
    const { callId, bytes, isLater } = message;
    waiting.get(callId)?.({ bytes, isLater });
    waiting.delete(callId);
  };
  const onExit = (because: string): void => {
    if (isRunning) log(`vigie: no more maps: ${because}`);
    isRunning = false;
    setMaps([]);
    for (const resolve of waiting.values()) resolve(NOTHING);
    waiting.clear();
  };
  const worker = startWorker<FromMaps>(workerFile, { files, cacheFolder } satisfies MapWorkerData, {
    onMessage,
    onExit,
  });
  worker.unref();
  return {
    maps: () => maps,
    tile: (asked) => {
      if (!isRunning) return Promise.resolve(NOTHING);
      const callId = nextCallId++;
      return new Promise((resolve) => {
        waiting.set(callId, resolve);
        worker.postMessage({ kind: "tile", callId, asked } satisfies ToMaps);
      });
    },
    dispose: async () => {
      if (!isRunning) return;
      isRunning = false;
      await endWorker(worker, { kind: "close" } satisfies ToMaps);
    },
  };
}
