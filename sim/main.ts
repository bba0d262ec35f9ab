import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { createAircraft, type Aircraft } from "./aircraft.js";
import { USAGE, argumentsOf, type SimArguments } from "./arguments.js";
import { startCamera } from "./camera/camera.js";
import type { SimCamera } from "./camera/cameraPort.js";
import { createPace } from "./pace.js";
import type { Scenario } from "./scenario.js";
import { scenarioFailureText, scenarioFromText } from "./scenarioFile.js";
import { createEncoder, type HeardMessage } from "./wire/mavlinkCodec.js";
import { openTcpLink } from "./wire/tcpLink.js";
import { openUdpLink } from "./wire/udpLink.js";
import type { Link, LinkAddress, LinkHandler } from "./wire/link.js";
import { groundOf } from "./world/ground.js";
import { openTruthWriter, type TruthWriter } from "./world/truthWriter.js";

const SYSTEM_ID = 1;
/** How often the loop looks at the clock; physics catches up in whole steps, so this only shapes the telemetry's grain. */
const LOOP_MS = 5;
/** A picture later than this is not worth drawing any more. */
const LATE_EXPOSURE_MS = 100;

type Outputs = { readonly camera: SimCamera | undefined; readonly truth: TruthWriter | undefined };

function openLink(address: LinkAddress, onMessage: LinkHandler): Promise<Link> {
  const open = address.kind === "tcpin" ? openTcpLink : openUdpLink;
  return open(address.host, address.port, onMessage);
}

/** Resolves when somebody asks the process to end; a second asking changes nothing. */
function endAsked(exitWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      // An open pipe would keep us alive, and a parent that waits for our end keeps the pipe open.
      if (exitWithParent) process.stdin.destroy();
      resolve();
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
    if (!exitWithParent) return;
    for (const event of ["error", "close", "end"]) process.stdin.on(event, end);
    process.stdin.resume();
  });
}

/** Flies in real time; pictures are taken at exact multiples of the frame time. Returns the function that stops it. */
function fly(aircraft: Aircraft, scenario: Scenario, speedup: number, { camera, truth }: Outputs): () => void {
  const pace = createPace(performance.now(), speedup);
  const frameMs = 1000 / scenario.camera.framesPerS;
  let frames = 0;
  const expose = (targetMs: number): void => {
    const exposure = aircraft.exposure();
    truth?.tick(exposure);
    if ((targetMs - aircraft.nowMs()) / speedup < LATE_EXPOSURE_MS) camera?.expose(exposure);
  };
  const loop = (): void => {
    const targetMs = pace.targetMs(performance.now());
    while (frames * frameMs <= targetMs) {
      aircraft.advanceTo(frames * frameMs);
      expose(targetMs);
      frames++;
    }
    aircraft.advanceTo(targetMs);
  };
  const timer = setInterval(loop, LOOP_MS);
  return () => {
    clearInterval(timer);
  };
}

async function loadScenario(file: string): Promise<Scenario | string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error: unknown) {
    return `${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const scenario = scenarioFromText(text, file);
  return scenario.ok ? scenario.value : scenarioFailureText(scenario.error);
}

function tellReady(args: SimArguments, scenario: Scenario, seed: number, link: Link): void {
  const { home, name } = scenario;
  if (!args.isJson) {
    process.stderr.write(`vigie sim: "${name}", seed ${seed}, MAVLink ${link.name}, video ${args.videoUri ?? "off"}\n`);
    return;
  }
  const ready = {
    ready: true,
    scenario: name,
    seed,
    systemId: SYSTEM_ID,
    mavlink: link.name,
    video: args.videoUri ?? null,
    truth: args.truthFile ?? null,
    home,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

async function run(args: SimArguments, scenario: Scenario): Promise<number> {
  const seed = args.seed ?? scenario.seed;
  let onMessage = (_message: HeardMessage): void => undefined;
  let link: Link;
  try {
    link = await openLink(args.mavlink, (message) => {
      onMessage(message);
    });
  } catch (error: unknown) {
    process.stderr.write(`vigie sim: MAVLink: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const ended = endAsked(args.exitWithParent);
  const encode = createEncoder({ systemId: SYSTEM_ID, componentId: 1 });
  const ground = groundOf(scenario);
  const aircraft = createAircraft({
    scenario,
    seed,
    systemId: SYSTEM_ID,
    speedup: args.speedup,
    bootUnixUs: Math.round(Date.now() * 1000),
    groundAboveHomeM: (eastM, northM) => ground.heightAmslM(eastM, northM) - scenario.home.altitudeAmslM,
    say: (message) => {
      link.send(encode(message));
    },
  });
  onMessage = aircraft.hear;
  const outputs: Outputs = {
    camera: args.videoUri === undefined ? undefined : startCamera({ scenario, seed, videoUri: args.videoUri }),
    truth: args.truthFile === undefined ? undefined : openTruthWriter(args.truthFile, scenario, seed),
  };
  const stop = fly(aircraft, scenario, args.speedup, outputs);
  tellReady(args, scenario, seed, link);
  await ended;
  stop();
  await Promise.all([outputs.camera?.dispose(), outputs.truth?.close(), link.close()]);
  return 0;
}

/** `vigie sim`: flies one simulated aircraft until it is told to stop. 0 ended as asked, 1 could not run, 2 wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  const args = argumentsOf(argv);
  if (!args.ok) {
    process.stderr.write(`vigie sim: ${args.error}\n${USAGE}\n`);
    return 2;
  }
  const scenario = await loadScenario(args.value.scenarioFile);
  if (typeof scenario === "string") {
    process.stderr.write(`vigie sim: ${scenario}\n`);
    return 1;
  }
  return run(args.value, scenario);
}
