import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { err, ok, type Result } from "../../core/result.js";

/** Packages that Electron needs to open a window. */
export const DESKTOP_PACKAGES: readonly string[] = [
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libatk-bridge2.0-0",
  "libcups2",
  "libdrm2",
  "libxkbcommon0",
  "libxcomposite1",
  "libxdamage1",
  "libxrandr2",
];
/** Further packages that the tests need: a display, a browser, and independent tools for video and for maps. */
export const TEST_PACKAGES: readonly string[] = [
  ...DESKTOP_PACKAGES,
  "xvfb",
  "chromium",
  "ffmpeg",
  "gdal-bin",
  "iproute2",
];

type PackageFailure =
  | { readonly kind: "not-debian"; readonly missing: readonly string[] }
  | { readonly kind: "not-allowed"; readonly missing: readonly string[]; readonly command: string }
  | { readonly kind: "apt-failed"; readonly missing: readonly string[]; readonly command: string };

const hasCommand = (name: string): boolean => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

// Ubuntu 24.04 and Debian 13 renamed some libraries for 64-bit time ("libgtk-3-0t64"): either name counts.
const isInstalled = (name: string): boolean =>
  [name, `${name}t64`].some((candidate) => {
    const query = spawnSync("dpkg-query", ["-W", "-f", "${Status}", candidate], { encoding: "utf8" });
    return query.status === 0 && query.stdout.includes("install ok installed");
  });

/** Names of those packages that are not installed; all of them where there is no dpkg to ask. */
export function missingPackages(wanted: readonly string[]): readonly string[] {
  if (!hasCommand("dpkg-query")) return wanted;
  return wanted.filter((name) => !isInstalled(name));
}

const nameForThisRelease = (name: string): string => {
  const shown = spawnSync("apt-cache", ["show", "--no-all-versions", `${name}t64`], { encoding: "utf8" });
  return shown.status === 0 && shown.stdout.includes("Package:") ? `${name}t64` : name;
};

/**
 * Installs missing packages where it can (as root, or with a sudo that needs no password), printing what it does.
 * Otherwise returns the packages and the command for a person to run.
 */
export function ensurePackages(wanted: readonly string[], print: (line: string) => void): Result<void, PackageFailure> {
  const missing = missingPackages(wanted);
  if (missing.length === 0) return ok(undefined);
  if (!existsSync("/etc/debian_version") || !hasCommand("apt-get")) return err({ kind: "not-debian", missing });
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const command = `${isRoot ? "" : "sudo "}apt-get update && ${isRoot ? "" : "sudo "}apt-get install -y ${missing.join(" ")}`;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return err({ kind: "not-allowed", missing, command });
  print(`Installing Debian packages: ${missing.join(" ")}`);
  const run = (args: readonly string[]): boolean => {
    const [program = "apt-get", ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", ...args];
    return spawnSync(program, rest, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  };
  run(["apt-get", "update", "-qq"]);
  const names = missing.map(nameForThisRelease);
  if (!run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...names])) {
    return err({ kind: "apt-failed", missing, command });
  }
  return ok(undefined);
}

/** One line for a person: what is missing and how to get it. */
export function packageFailureText(failure: PackageFailure): string {
  const names = failure.missing.join(" ");
  switch (failure.kind) {
    case "not-debian":
      return `Missing system libraries (Debian names): ${names}. Install them with your system's package manager.`;
    case "not-allowed":
      return `Missing Debian packages: ${names}. Run: ${failure.command}`;
    case "apt-failed":
      return `Could not install Debian packages: ${names}. Try by hand: ${failure.command}`;
  }
}
