/**
 * The worker thread in which files of heights are read, one after another (each may be hundreds of megabytes), and in which
 * they are looked up for the screens; see `terrainMessages.ts`.
 */
import { parentPort, workerData } from "node:worker_threads";
import { heightGridBytes } from "../../geo/terrain/heightGrid.js";
import type { MeasuredRaster } from "../../geo/terrain/terrain.js";
import { OverGroundChecker } from "./overGround.js";
import { readTerrainFile, terrainModelOf } from "./readTerrainFile.js";
import type { FromTerrain, TerrainWorkerData, ToTerrain } from "./terrainMessages.js";

const port = parentPort;
if (!port) throw new Error("Invariant: the terrain worker runs as a worker thread");
const { files } = workerData as TerrainWorkerData;
const send = (message: FromTerrain, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function inSharedMemory(raster: MeasuredRaster): MeasuredRaster {
  const heightsM = new Float32Array(new SharedArrayBuffer(raster.heightsM.byteLength));
  heightsM.set(raster.heightsM);
  return { ...raster, heightsM };
}

async function readAll(): Promise<readonly MeasuredRaster[]> {
  const rasters: MeasuredRaster[] = [];
  for (const file of files) {
    const read = await readTerrainFile(file);
    if (read.ok) {
      const raster = inSharedMemory(read.value.raster);
      rasters.push(raster);
      send({ kind: "raster", raster });
    } else send({ kind: "not-read", file, problem: read.error });
  }
  send({ kind: "all-read" });
  return rasters;
}

const ground = readAll().then((rasters) => {
  const model = terrainModelOf(rasters);
  return { model, checker: new OverGroundChecker(model) };
});

port.on("message", (message: ToTerrain) => {
  void ground.then(({ model, checker }) => {
    const { callId } = message;
    if (message.kind === "over-ground") {
      send({ kind: "over-ground", callId, found: checker.check(message.asked) });
      return;
    }
    const bytes = model ? heightGridBytes(model, message.asked) : new Uint8Array();
    send({ kind: "heights", callId, bytes }, [bytes.buffer]);
  });
});
