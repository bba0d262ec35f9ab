import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { ElectronBinary } from "./electronBinary.js";

/** How to start the application with an Electron binary: what to run and with which leading arguments. */
export type ElectronLaunch = { readonly executable: string; readonly args: readonly string[] };

/**
 * An Electron packed with another product has no `default_app` that would take our folder as an argument: it runs only
 * what lies in its `resources/app`. So each checkout gets a copy by hard links (a few kB) whose `resources/app` is a link
 * to the checkout; the shared cache stays untouched. The official binary takes the folder as an argument.
 */
export function electronLaunch(root: string, binary: ElectronBinary): ElectronLaunch {
  const folder = path.dirname(binary.executable);
  if (existsSync(path.join(folder, "resources", "default_app.asar"))) {
    return { executable: binary.executable, args: [root] };
  }
  if (binary.origin === "official") return { executable: binary.executable, args: [root] };
  const shell = path.join(root, "dist", "electron");
  if (!existsSync(path.join(shell, "electron"))) {
    mkdirSync(path.dirname(shell), { recursive: true });
    const isLinked = spawnSync("cp", ["-al", folder, shell], { stdio: "ignore" }).status === 0;
    if (!isLinked) {
      rmSync(shell, { recursive: true, force: true });
      spawnSync("cp", ["-a", folder, shell], { stdio: "inherit" });
    }
  }
  const app = path.join(shell, "resources", "app");
  if (!existsSync(app)) {
    mkdirSync(path.dirname(app), { recursive: true });
    symlinkSync(root, app, "dir");
  }
  return { executable: path.join(shell, path.basename(binary.executable)), args: [] };
}
