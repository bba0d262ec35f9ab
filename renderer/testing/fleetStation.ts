/** A real station (`vigie serve`) and a simulator with two aircraft, as processes of their own, on ports of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort } from "../../src/io/testing/freePort.js";

export type FleetStation = {
  readonly url: string;
  /** A UDP port nobody uses, for one link more. */
  readonly sparePort: number;
  /** Stops the station's process (SIGSTOP) until `thaw`, like a machine that hangs. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly stop: () => Promise<void>;
};

/** Factor of simulated time: boot, reminders and flights are waited for. */
const SPEEDUP = 4;

function startSimulator(linkPort: number): ChildProcess {
  return spawn(
    process.execPath,
    [
      path.resolve("dist/node/sim.cjs"),
      ...["--scenario", path.resolve("missions/scenarios/boulogne-night-1.json")],
      ...["--count", "2", "--traffic", "--remote-id", "--speedup", String(SPEEDUP)],
      ...["--mavlink", `udpout:127.0.0.1:${linkPort}`],
      "--exit-with-parent",
    ],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
}

function addressOf(station: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    station.stdout?.on("data", (text: Buffer) => {
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(text.toString())?.[0];
      if (url !== undefined) resolve(url);
    });
    station.once("exit", () => reject(new Error("vigie serve ended before it served")));
  });
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

/** Paths of files of heights and of maps. */
type GroundFiles = { readonly terrain?: readonly string[]; readonly maps?: readonly string[] };

export async function startFleetStation({ terrain = [], maps = [] }: GroundFiles = {}): Promise<FleetStation> {
  const [linkPort, videoPort, sparePort] = [await freePort(), await freePort(), await freePort()];
  const home = mkdtempSync(path.join(os.tmpdir(), "vigie-fleet-"));
  const station = spawn(
    process.execPath,
    [
      ...[path.resolve("src/cli/vigie.mjs"), "serve", "--port", "0", "--data", path.join(home, "data")],
      ...[
        "--link",
        `udp://:${linkPort}`,
        "--video",
        `udp://:${videoPort}`,
        ...terrain.flatMap((file) => ["--terrain", file]),
        ...maps.flatMap((file) => ["--map", file]),
      ],
    ],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, VIGIE_HOME: home } },
  );
  const url = await addressOf(station);
  const simulator = startSimulator(linkPort);
  return {
    url,
    sparePort,
    freeze: () => void station.kill("SIGSTOP"),
    thaw: () => void station.kill("SIGCONT"),
    stop: async () => {
      simulator.kill();
      station.kill();
      await Promise.all([ended(simulator), ended(station)]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
