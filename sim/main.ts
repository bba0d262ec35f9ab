import { performance } from "node:perf_hooks";
import type { Aircraft } from "./aircraft.js";
import { openFleet, type Fleet } from "./aircraftFleet.js";
import { USAGE, argumentsOf, type SimArguments } from "./arguments.js";
import { startCamera } from "./camera/camera.js";
import type { SimCamera } from "./camera/cameraPort.js";
import { createPace } from "./pace.js";
import type { Scenario } from "./scenario.js";
import { loadScene, writeScene } from "./loadScene.js";
import { createFaultyLink } from "./wire/faultyLink.js";
import { openTcpLink } from "./wire/tcpLink.js";
import { openUdpLink } from "./wire/udpLink.js";
import type { Link, LinkAddress, LinkHandler } from "./wire/link.js";
import { groundOf } from "./world/ground.js";
import { openTruthWriter, type TruthWriter } from "./world/truthWriter.js";

/** Interval of the main loop. Physics catches up in whole steps, so it affects only the timing of telemetry. */
const LOOP_MS = 5;
/** Exposures later than this are skipped. */
const LATE_EXPOSURE_MS = 100;

type Outputs = { readonly camera: SimCamera | undefined; readonly truth: TruthWriter | undefined };

function openLink(address: LinkAddress, onMessage: LinkHandler): Promise<Link> {
  const open = address.kind === "tcpin" ? openTcpLink : openUdpLink;
  return open(address.host, address.port, onMessage);
}

const RANKS_APART = 100;

/** Opens the link of one vehicle (or of all): each with its own port, and its own random faults. */
function openerFor(args: SimArguments): (vehicle: number, onMessage: LinkHandler, rank: number) => Promise<Link> {
  const { mavlink, furtherPorts, faults } = args;
  return async (vehicle, onMessage, rank) => {
    const address = [mavlink, ...furtherPorts][rank] ?? mavlink;
    // Port 0 means any free port, for each link.
    const own = { ...address, port: address.port === 0 ? 0 : address.port + vehicle };
    if (!faults) return openLink(own, onMessage);
    const faulty = createFaultyLink({ ...faults, seed: faults.seed + vehicle + rank * RANKS_APART }, onMessage);
    return faulty.wrap(await openLink(own, faulty.onMessage));
  };
}

/** Resolves when the process is asked to end; further requests are ignored. */
function endAsked(exitWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      // An open stdin would keep this process alive, and a parent waiting for our exit would keep stdin open.
      if (exitWithParent) process.stdin.destroy();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
    // A closed output pipe (`| head`) must not end the flight.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
    if (!exitWithParent) return;
    for (const event of ["error", "close", "end"]) process.stdin.on(event, end);
    process.stdin.resume();
  });
}

type Flight = {
  readonly fleet: Fleet;
  readonly cameraAircraft: Aircraft;
  readonly scenario: Scenario;
  readonly speedup: number;
};

/** Flies in real time; vehicle 1 takes pictures at exact multiples of the frame interval. Returns a function to stop. */
function fly({ fleet, cameraAircraft, scenario, speedup }: Flight, { camera, truth }: Outputs): () => void {
  const pace = createPace(performance.now(), speedup);
  const frameMs = 1000 / scenario.camera.framesPerS;
  let frames = 0;
  const expose = (targetMs: number): void => {
    const exposure = cameraAircraft.exposure();
    truth?.tick(exposure);
    if ((targetMs - cameraAircraft.nowMs()) / speedup < LATE_EXPOSURE_MS) camera?.expose(exposure);
  };
  const loop = (): void => {
    const targetMs = pace.targetMs(performance.now());
    while (frames * frameMs <= targetMs) {
      cameraAircraft.advanceTo(frames * frameMs);
      expose(targetMs);
      frames++;
    }
    fleet.advanceTo(targetMs);
  };
  const timer = setInterval(loop, LOOP_MS);
  return () => {
    clearInterval(timer);
  };
}

type Ready = {
  readonly args: SimArguments;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly links: readonly Link[];
};

function printReady({ args, scenario, seed, links }: Ready): void {
  const { home, name } = scenario;
  const { autopilot, airframe } = args.flavour;
  const countOfPorts = 1 + args.furtherPorts.length;
  const names = links.map((link) => link.name);
  const portsOf = (vehicle: number): readonly string[] => {
    const first = args.hasPortEach ? vehicle * countOfPorts : 0;
    return names.slice(first, first + countOfPorts);
  };
  if (!args.isJson) {
    const what = `${args.count} ${autopilot} ${airframe}`;
    process.stderr.write(
      `vigie sim: "${name}", seed ${seed}, ${what}, MAVLink ${names.join(" ")}, video ${args.videoUri ?? "off"}\n`,
    );
    return;
  }
  const ready = {
    ready: true,
    scenario: name,
    seed,
    systemId: 1,
    mavlink: names[0],
    video: args.videoUri ?? null,
    truth: args.truthFile ?? null,
    home,
    autopilot,
    airframe,
    vehicles: Array.from({ length: args.count }, (_, i) => {
      const ports = portsOf(i);
      return { systemId: i + 1, mavlink: ports[0], ...(countOfPorts > 1 ? { ports } : {}) };
    }),
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function fleetFor(args: SimArguments, scenario: Scenario, seed: number): Promise<Fleet> {
  const ground = groundOf(scenario);
  return openFleet({
    site: {
      scenario,
      groundAboveHomeM: (eastM, northM) => ground.heightAmslM(eastM, northM) - scenario.home.altitudeAmslM,
    },
    vehicles: { count: args.count, flavour: args.flavour, seed },
    bootUnixUs: Math.round(Date.now() * 1000),
    speedup: args.speedup,
    services: {
      hasTraffic: args.hasTraffic,
      hasRemoteId: args.hasRemoteId,
      ...(args.faults?.bitsPerS === undefined ? {} : { linkBitsPerS: args.faults.bitsPerS }),
    },
    links: { open: openerFor(args), isOneEach: args.hasPortEach, countOfPorts: 1 + args.furtherPorts.length },
  });
}

async function run(args: SimArguments, scenario: Scenario): Promise<number> {
  const seed = args.seed ?? scenario.seed;
  let fleet: Fleet;
  try {
    fleet = await fleetFor(args, scenario, seed);
  } catch (error: unknown) {
    process.stderr.write(`vigie sim: MAVLink: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const [cameraAircraft] = fleet.aircraft;
  if (!cameraAircraft) throw new Error("Invariant: a fleet has at least one aircraft");
  const ended = endAsked(args.exitWithParent);
  const outputs: Outputs = {
    camera: args.videoUri === undefined ? undefined : startCamera({ scenario, seed, videoUri: args.videoUri }),
    truth: args.truthFile === undefined ? undefined : openTruthWriter(args.truthFile, scenario, seed),
  };
  const stop = fly({ fleet, cameraAircraft, scenario, speedup: args.speedup }, outputs);
  printReady({ args, scenario, seed, links: fleet.links });
  await ended;
  stop();
  await Promise.all([outputs.camera?.dispose(), outputs.truth?.close(), fleet.close()]);
  return 0;
}

/** `vigie sim`: flies the simulated aircraft until stopped. Exit status: 0 ended as asked, 1 could not run, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const args = argumentsOf(argv);
  if (!args.ok) {
    process.stderr.write(`vigie sim: ${args.error}\n${USAGE}\n`);
    return 2;
  }
  const fail = (problem: string): number => {
    process.stderr.write(`vigie sim: ${problem}\n`);
    return 1;
  };
  const scene = await loadScene(args.value);
  if (!scene.ok) return fail(scene.error);
  const writeTo = args.value.drawn?.writeTo;
  if (writeTo === undefined) return run(args.value, scene.value.scenario);
  const written = await writeScene(scene.value, writeTo);
  return written.ok ? 0 : fail(written.error);
}
