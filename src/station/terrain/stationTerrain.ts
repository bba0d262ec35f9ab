import { heightGridBytes, type HeightsAsked } from "../../geo/terrain/heightGrid.js";
import type { MeasuredRaster } from "../../geo/terrain/terrain.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { startWorker, workerBeside } from "../workerThread.js";
import { OverGroundChecker, type OverGroundAsked, type OverGroundFound } from "./overGround.js";
import { readTerrainFile, terrainModelOf, type TerrainFileProblem } from "./readTerrainFile.js";
import type { FromTerrain, TerrainWorkerData, ToTerrain } from "./terrainMessages.js";

/** The ground of the files that the operator named, against which plans are checked. */
export type StationTerrain = {
  /** Undefined without files. */
  readonly model: TerrainModel | undefined;
  /** Files were named, and not all of them are read: part of the ground is missing. */
  readonly isPartMissing: boolean;
};
export const NO_TERRAIN: StationTerrain = { model: undefined, isPartMissing: false };

/** The files of heights, read once for the whole station. */
export type TerrainService = {
  readonly terrain: () => StationTerrain;
  /** What has been read, for other threads. */
  readonly rasters: () => readonly MeasuredRaster[];
  /** Resolves when all files are read, or cannot be. */
  readonly isRead: Promise<void>;
  /** `heightGridBytes` of the ground; undefined without any. Waits until the files are read. */
  readonly heights: (asked: HeightsAsked) => Promise<Uint8Array | undefined>;
  /** A plan over that ground; undefined without any. Waits until the files are read. */
  readonly overGround: (asked: OverGroundAsked) => Promise<OverGroundFound | undefined>;
  readonly dispose: () => Promise<void>;
};

type TerrainServiceOptions = {
  readonly files: readonly string[];
  /** One line for each file that fails. */
  readonly log: (line: string) => void;
  /** All files are read, or cannot be. Not called without files. */
  readonly onRead: () => void;
  readonly workerFile?: string | undefined;
};

/** Begins to read. A bundle has its worker beside it. From sources there is none, and files are read on this thread. */
export function startTerrainService(options: TerrainServiceOptions): TerrainService {
  if (options.files.length === 0) return NO_FILES;
  const workerFile = options.workerFile ?? workerBeside("terrainWorker.cjs");
  return workerFile === undefined ? readOnThisThread(options) : readInWorker(options, workerFile);
}

const NO_FILES: TerrainService = {
  terrain: () => NO_TERRAIN,
  rasters: () => [],
  isRead: Promise.resolve(),
  heights: () => Promise.resolve(undefined),
  overGround: () => Promise.resolve(undefined),
  dispose: () => Promise.resolve(),
};

/** What is known of the files while they are read. */
class TerrainRead {
  readonly rasters: MeasuredRaster[] = [];
  readonly isRead: Promise<void>;
  terrain: StationTerrain = { model: undefined, isPartMissing: true };
  readonly #options: TerrainServiceOptions;
  #isPartMissing = false;
  #resolve: () => void = () => undefined;

  constructor(options: TerrainServiceOptions) {
    this.#options = options;
    this.isRead = new Promise((resolve) => (this.#resolve = resolve));
  }

  notRead(file: string, problem: TerrainFileProblem): void {
    this.#isPartMissing = true;
    this.#options.log(`vigie: ${file}: no heights from it (${problem.kind})`);
  }

  /** The reading itself broke off: what has been read stays, and nobody waits for the rest. */
  brokenOff(because: string | undefined): void {
    this.#isPartMissing = true;
    if (because !== undefined) this.#options.log(`vigie: no more heights: ${because}`);
    this.end();
  }

  end(): void {
    this.terrain = { model: terrainModelOf(this.rasters), isPartMissing: this.#isPartMissing };
    this.#resolve();
    this.#options.onRead();
  }
}

function readOnThisThread(options: TerrainServiceOptions): TerrainService {
  const read = new TerrainRead(options);
  const readAll = async (): Promise<void> => {
    for (const file of options.files) {
      const source = await readTerrainFile(file);
      if (source.ok) read.rasters.push(source.value.raster);
      else read.notRead(file, source.error);
    }
    read.end();
  };
  readAll().catch((problem: unknown) => read.brokenOff(String(problem)));
  return {
    terrain: () => read.terrain,
    rasters: () => read.rasters,
    isRead: read.isRead,
    heights: async (asked) => {
      await read.isRead;
      const { model } = read.terrain;
      return model && heightGridBytes(model, asked);
    },
    overGround: async (asked) => {
      await read.isRead;
      const { model } = read.terrain;
      return model && new OverGroundChecker(model).check(asked);
    },
    dispose: () => Promise.resolve(),
  };
}

type Answered = Extract<FromTerrain, { callId: number }>;

/** Questions to the worker that wait for their answer. */
class WorkerCalls {
  readonly #waiting = new Map<number, (answer: Answered | undefined) => void>();
  #nextId = 1;

  ask(post: (callId: number) => void): Promise<Answered | undefined> {
    const callId = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(callId, resolve);
      post(callId);
    });
  }

  answer(message: Answered): void {
    this.#waiting.get(message.callId)?.(message);
    this.#waiting.delete(message.callId);
  }

  /** Nobody waits for a worker that has ended. */
  end(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}

function readInWorker(options: TerrainServiceOptions, workerFile: string): TerrainService {
  const read = new TerrainRead(options);
  const calls = new WorkerCalls();
  let isRunning = true;
  let isAllRead = false;
  const onMessage = (message: FromTerrain): void => {
    switch (message.kind) {
      case "raster":
        read.rasters.push(message.raster);
        break;
      case "not-read":
        read.notRead(message.file, message.problem);
        break;
      case "all-read":
        isAllRead = true;
        read.end();
        break;
      case "heights":
      case "over-ground":
        calls.answer(message);
        break;
    }
  };
  const onExit = (because: string): void => {
    const isExpected = !isRunning;
    isRunning = false;
    if (!isAllRead) read.brokenOff(isExpected ? undefined : because);
    calls.end();
  };
  const workerData: TerrainWorkerData = { files: options.files };
  const worker = startWorker<FromTerrain>(workerFile, workerData, { onMessage, onExit });
  worker.unref();
  const call = async (question: (callId: number) => ToTerrain): Promise<Answered | undefined> => {
    await read.isRead;
    if (!isRunning || !read.terrain.model) return undefined;
    return calls.ask((callId) => worker.postMessage(question(callId)));
  };
  return {
    terrain: () => read.terrain,
    rasters: () => read.rasters,
    isRead: read.isRead,
    heights: async (asked) => {
      const answer = await call((callId) => ({ kind: "heights", callId, asked }));
      return answer?.kind === "heights" ? answer.bytes : undefined;
    },
    overGround: async (asked) => {
      const answer = await call((callId) => ({ kind: "over-ground", callId, asked }));
      return answer?.kind === "over-ground" ? answer.found : undefined;
    },
    dispose: async () => {
      isRunning = false;
      await worker.terminate();
    },
  };
}
