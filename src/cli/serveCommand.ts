import type { StationHostOptions } from "../station/hostProtocol.js";
import { pagesFolder, userPaths } from "../station/installation.js";
import { openWebServer } from "../station/server/webServer.js";
import { linkProblem } from "../station/linkProblem.js";
import { createStation } from "../station/station.js";
import { readArguments } from "./arguments.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, printText, print, wrongUse } from "./output.js";
import { fullPaths, MAP_OPTION, SOURCE_OPTIONS, type Sources, sourcesOf } from "./sources.js";
import { onStopSignal } from "./stopSignals.js";
import { usableGround } from "./groundFiles.js";

export const serveHelp = `vigie serve [--port N] [--link URI]... [--video URI]... [--terrain FILE]... [--map FILE]... [--data DIR]
          links: udp://:PORT, udp://HOST:PORT, tcp://HOST:PORT, tcpin://:PORT, serial:DEVICE:BAUD`;

/** Serves the application to browsers of this machine until a stop signal, then seals the sortie. */
export async function runServe(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, {
    port: { type: "string", default: "0" },
    link: { type: "string", multiple: true },
    ...SOURCE_OPTIONS,
    ...MAP_OPTION,
    data: { type: "string" },
  });
  if (!parsed.ok) return wrongUse(parsed.error, serveHelp);
  const { values } = parsed.value;
  const port = Number(values.port);
  const problem = portProblem(port) ?? linkProblem(values.link ?? []);
  if (problem !== undefined) return wrongUse(problem, serveHelp);
  const maps = fullPaths(values.map);
  const sources = sourcesOf(values);
  if (!sources.ok) return wrongUse(sources.error, serveHelp);
  const given = givenOptions(process.env);
  const dataFolder = values.data ?? given.dataFolder ?? userPaths().data;
  const ground = await usableGround("vigie serve", { terrain: sources.value.terrain, maps }, packsOf(dataFolder));
  if (!ground) return EXIT_FAILED;
  const station = createStation({
    inputs: {
      links: values.link ?? given.links ?? ["udp://:14550"],
      ...withGiven({ ...sources.value, ...ground }, given),
      decoder: "napi",
    },
    folders: { data: dataFolder },
    training: given.training,
    requireUiHeartbeat: true,
    host: { log: print },
  });
  const server = await openWebServer({ station, pagesFolder: pagesFolder(), port });
  if (!server.ok) {
    print(`vigie serve: ${failureLine(server.error)}`);
    await station.dispose();
    return EXIT_FAILED;
  }
  printText(server.value.address);
  print("Open the address above in a browser on this machine; it holds the key. Ctrl-C stops.");
  await untilPrintedToStop();
  await server.value.close();
  await station.dispose();
  return EXIT_DONE;
}

type Named = Sources & { readonly maps: readonly string[] | undefined };

/** The command line's own sources, else those given by `vigie start`. */
const withGiven = ({ video, sensors, detector, terrain, maps }: Named, given: Partial<StationHostOptions>) => ({
  video: video ?? given.video ?? ["udp://:5600"],
  sensors: sensors ?? given.sensors,
  detector: detector ?? given.detector,
  terrain: terrain ?? given.terrain,
  maps: maps ?? given.maps,
});

const portProblem = (port: number): string | undefined =>
  Number.isInteger(port) && port >= 0 && port <= 65_535 ? undefined : "--port is a number from 0 to 65535";

/** `vigie start` has added the files of packs to what it passes. */
const packsOf = (dataFolder: string): string | undefined =>
  process.env["VIGIE_STATION"] === undefined ? dataFolder : undefined;

/** `vigie start` passes its options in the environment; see `electron/launchOptions.ts`. */
function givenOptions(environment: NodeJS.ProcessEnv): Partial<StationHostOptions> {
  const text = environment["VIGIE_STATION"];
  return text === undefined ? {} : (JSON.parse(text) as Partial<StationHostOptions>);
}

/**
 * The handlers stay installed: a terminal's Ctrl-C reaches both `vigie start` and this process, and `start` forwards
 * it, so it arrives twice. The second must not interrupt the sealing of the sortie.
 */
function untilPrintedToStop(): Promise<void> {
  return new Promise((resolve) => {
    onStopSignal(() => resolve());
  });
}
