import path from "node:path";
import { MessageChannelMain, utilityProcess, type BrowserWindow, type UtilityProcess } from "electron";
import type { StationHostOptions, StationToShell } from "../src/station/hostProtocol.js";
import { answerSeal } from "./keychain.js";
import { whenStationDies } from "./stationTrouble.js";

export type StationProcess = {
  /** Gives the window a new MessagePort to the station, at its first load and after each reload. */
  readonly connectWindow: (window: BrowserWindow) => void;
  readonly connectDecoder: (window: BrowserWindow) => void;
  readonly stop: () => Promise<void>;
};

type Wanted = { window: BrowserWindow | undefined; decoder: BrowserWindow | undefined };

/** Runs the station in a utility process and restarts it if it dies; all connected windows are then reconnected. */
export function startStationProcess(scriptFolder: string, options: StationHostOptions): StationProcess {
  const wanted: Wanted = { window: undefined, decoder: undefined };
  let isStopping = false;
  let isSpawned = false;
  const onDeath = whenStationDies(() => {
    if (!isStopping) child = fork();
  });
  let child = fork();

  function fork(): UtilityProcess {
    const started = utilityProcess.fork(path.join(scriptFolder, "stationHost.cjs"), [], {
      serviceName: "vigie-station",
      stdio: "inherit",
    });
    // Messages posted before the process has spawned are lost.
    started.once("spawn", () => {
      isSpawned = true;
      started.postMessage({ kind: "init", options });
      connect("window");
      connect("decoder");
    });
    started.on("message", (asked: StationToShell) => started.postMessage(answerSeal(asked)));
    started.once("exit", (code) => {
      isSpawned = false;
      if (!isStopping) onDeath(code);
    });
    return started;
  }

  function connect(role: keyof Wanted): void {
    const window = wanted[role];
    if (!isSpawned || !window || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: role === "window" ? "window-port" : "decoder-port" }, [port1]);
    window.webContents.postMessage("vigie-port", undefined, [port2]);
  }

  return {
    connectWindow: (window) => {
      wanted.window = window;
      connect("window");
    },
    connectDecoder: (window) => {
      wanted.decoder = window;
      connect("decoder");
    },
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        child.once("exit", () => resolve());
        // It is already dead; there is nothing to wait for.
        if (child.pid === undefined) resolve();
        // The station closes the sortie's files before it exits. If it hangs, it is killed after 5 s, so the application can quit.
        setTimeout(() => child.kill(), 5000).unref();
        child.postMessage({ kind: "stop" });
      }),
  };
}
