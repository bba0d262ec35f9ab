/**
 * Builds the Node bundles (`dist/node/*.cjs`) and the screens (`dist/renderer`). CommonJS, because the oldest Electron
 * we support loads neither its main script nor a utility process as a module. A build is skipped when its stamp, a hash
 * of the sources' names, sizes and times, is the one on disk; it is made aside and swapped in, so that a second process
 * never sees half of it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const NODE_ENTRIES = {
  cli: "src/cli/entry.ts",
  stationHost: "src/station/stationHost.ts",
  visionWorker: "src/station/sensors/visionWorker.ts",
  readingWorker: "src/station/reading/readingWorker.ts",
  terrainWorker: "src/station/terrain/terrainWorker.ts",
  packWorker: "src/station/packs/packWorker.ts",
  mapWorker: "src/station/maps/mapWorker.ts",
  recordingWorker: "src/station/recording/recordingWorker.ts",
  sim: "sim/entry.ts",
  simCameraWorker: "sim/camera/cameraWorker.ts",
  electronMain: "electron/main.ts",
  preload: "electron/preload.ts",
  bench: "sim/bench/main.ts",
};
// Binaries and hosts that cannot be bundled; the optional ones are looked for at run time.
const EXTERNAL = [
  /^node:/,
  "electron",
  "@napi-rs/webcodecs",
  "bufferutil",
  "utf-8-validate",
  "serialport",
  // Reads its program beside its own script.
  "node-sqlite3-wasm",
  "vite",
  "playwright-core",
];

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

function stampOf(root, folders) {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const full = path.join(root, folder);
    if (!existsSync(full)) continue;
    const files = statSync(full).isDirectory() ? [...filesUnder(full)].sort() : [full];
    for (const file of files) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

async function buildOnce({ root, name, folders, make }) {
  const target = path.join(root, "dist", name);
  const stampFile = path.join(root, "dist", `${name}.stamp`);
  const stamp = stampOf(root, folders);
  if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  mkdirSync(path.join(root, "dist"), { recursive: true });
  process.stderr.write(`vigie: building ${name}...\n`);
  const aside = path.join(root, "dist", `.${name}-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  await make(aside);
  const old = path.join(root, "dist", `.${name}-old-${process.pid}`);
  if (existsSync(target)) renameSync(target, old);
  renameSync(aside, target);
  rmSync(old, { recursive: true, force: true });
  writeFileSync(stampFile, stamp);
}

export async function buildNode(root) {
  const { rolldown } = await import("rolldown");
  await buildOnce({
    root,
    name: "node",
    folders: ["src", "sim", "electron", "package-lock.json"],
    make: async (folder) => {
      for (const [name, entry] of Object.entries(NODE_ENTRIES)) {
        const bundle = await rolldown({
          input: { [name]: path.join(root, entry) },
          platform: "node",
          external: EXTERNAL,
          resolve: { extensionAlias: { ".js": [".ts", ".tsx", ".js"] } },
          transform: { target: "node18", define: { "import.meta.url": "__vigieScriptUrl" } },
          checks: { eval: false, commonJsVariableInEsm: false },
        });
        // A sandboxed preload has no require("node:url"); it needs no path either.
        const banner =
          name === "preload" ? "" : 'const __vigieScriptUrl = require("node:url").pathToFileURL(__filename).href;';
        await bundle.write({
          dir: folder,
          format: "cjs",
          entryFileNames: "[name].cjs",
          chunkFileNames: `${name}-[hash].cjs`,
          codeSplitting: false,
          sourcemap: name !== "preload",
          banner,
        });
        await bundle.close();
      }
      writeFileSync(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
    },
  });
}

export async function buildRenderer(root) {
  await buildOnce({
    root,
    name: "renderer",
    folders: ["renderer", "src/core", "src/geo", "src/plan", "src/contract", "vite.config.ts", "package-lock.json"],
    make: async (folder) => {
      const { build } = await import("vite");
      // Vite takes NODE_ENV over its own mode: built by a test, the screens would hold React's development build, and keep
      // it for `npm start`.
      const before = process.env.NODE_ENV;
      process.env.NODE_ENV = "production";
      try {
        await build({
          root: path.join(root, "renderer"),
          configFile: path.join(root, "vite.config.ts"),
          build: { outDir: folder, emptyOutDir: true },
          logLevel: "warn",
        });
      } finally {
        if (before === undefined) delete process.env.NODE_ENV;
        else process.env.NODE_ENV = before;
      }
    },
  });
}
