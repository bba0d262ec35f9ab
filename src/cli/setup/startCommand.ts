import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import type { StationHostOptions } from "../../station/hostProtocol.js";
import { userPaths } from "../../station/installation.js";
import { displayName } from "./displayName.js";
import { DESKTOP_PACKAGES, ensurePackages, packageFailureText } from "./debianPackages.js";
import { findElectron } from "./electronBinary.js";
import { electronLaunch, type ElectronLaunch } from "./electronShell.js";
import { EXIT_FAILED, wrongUse } from "../output.js";
import { fullPaths, MAP_OPTION, SOURCE_OPTIONS, sourcesOf } from "../sources.js";
import { onStopSignal } from "../stopSignals.js";
import { usableGround } from "../groundFiles.js";
import { projectRoot } from "./projectRoot.js";
import { startTrainingSortie, TRAINING_SCENARIO, type TrainingSortie } from "./trainingSortie.js";

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Chromium refuses its own sandbox as root; only then is it switched off. */
const sandboxArgs = (): readonly string[] => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** Either a desktop window to open, or one line of why the application opens in the browser instead. */
function desktop(root: string): { readonly launch: ElectronLaunch } | { readonly because: string } {
  if (process.platform === "linux") {
    if (displayName(process.env) === undefined) return { because: "there is no display" };
    const packages = ensurePackages(DESKTOP_PACKAGES, print);
    if (!packages.ok) return { because: packageFailureText(packages.error) };
  }
  const found = findElectron(root, { mayFetch: true, print });
  if (!found.ok) return { because: `no Electron could be had (tried ${found.error.tried.join(", ")})` };
  return { launch: electronLaunch(root, found.value) };
}

async function trainingFor(root: string, file: string): Promise<TrainingSortie | undefined> {
  const sortie = await startTrainingSortie(root, file);
  if (sortie.ok) return sortie.value;
  print(`The training sortie cannot start: ${sortie.error.kind} (${sortie.error.file}).`);
  return undefined;
}

/** For an application killed from outside: nothing else reports it, and the page only keeps waiting. */
const diedWords = (signal: NodeJS.Signals): readonly string[] => [
  `Vigie was ended from outside (${signal}); the aircraft were told nothing and go on with what they were doing.`,
  "Start it again with the same command and open the address that it then prints: the page that is open cannot reconnect.",
  "What was recorded until then is kept, unsealed: it opens in Review, and `vigie verify` says what it still proves.",
];

function run(executable: string, args: readonly string[], options: Partial<StationHostOptions>): Promise<number> {
  const child = spawn(executable, [...args], {
    stdio: "inherit",
    env: { ...process.env, VIGIE_STATION: JSON.stringify(options) },
  });
  let isPrintedToStop = false;
  onStopSignal((signal) => {
    isPrintedToStop = true;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.once("error", (problem) => {
      print(`Could not start ${path.basename(executable)}: ${problem.message}`);
      resolve(1);
    });
    child.once("exit", (status, signal) => {
      if (signal !== null && !isPrintedToStop) for (const line of diedWords(signal)) print(line);
      resolve(status ?? 1);
    });
  });
}

export const startHelp =
  "vigie start [--scenario FILE] [--link URI]... [--video URI]... [--terrain FILE]... [--map FILE]... [--browser]";

type Named = {
  readonly links: readonly string[] | undefined;
  readonly sources: Pick<Partial<StationHostOptions>, "video" | "sensors" | "detector" | "terrain" | "maps">;
};

/** Options from the command line override those of the training sortie. */
function stationOptions(named: Named, sortie: TrainingSortie | undefined): Partial<StationHostOptions> {
  return {
    links: named.links ?? (sortie ? [sortie.link] : []),
    ...(sortie === undefined ? {} : { video: [sortie.video] }),
    ...named.sources,
    ...(sortie === undefined ? {} : { training: sortie.training }),
  };
}

type Heights = { readonly given: readonly string[] | undefined; readonly withPacks: readonly string[] | undefined };

/**
 * The ground of a simulation is its scenario's: the true heights of an imported pack would place what its camera sees tens of metres
 * off. Those that a person names are used all the same.
 */
function heightsFor(sortie: TrainingSortie | undefined, { given, withPacks }: Heights): readonly string[] | undefined {
  if (!sortie) return withPacks;
  const used = given ?? sortie.terrain;
  if ((withPacks?.length ?? 0) > (given?.length ?? 0)) {
    print("The heights of imported packs are not used in a simulation: its ground is the scenario's.");
  }
  return used;
}

/**
 * Opens the application. Without `--link`, on the training sortie with a simulator of its own. Takes a desktop window
 * where it can, else serves the same application to a browser and says why.
 */
export async function runStart(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      scenario: { type: "string", default: TRAINING_SCENARIO },
      link: { type: "string", multiple: true },
      ...SOURCE_OPTIONS,
      ...MAP_OPTION,
      browser: { type: "boolean", default: false },
    },
  });
  const read = sourcesOf(values);
  if (!read.ok) return wrongUse(read.error, startHelp);
  const { terrain } = read.value;
  const ground = await usableGround("vigie", { terrain, maps: fullPaths(values.map) }, userPaths().data);
  if (!ground) return EXIT_FAILED;
  const root = projectRoot();
  const sortie = values.link === undefined ? await trainingFor(root, values.scenario) : undefined;
  if (values.link === undefined && sortie === undefined) return 1;
  const { video, ...further } = read.value;
  const heights = heightsFor(sortie, { given: terrain, withPacks: ground.terrain });
  const sources = { ...further, ...ground, terrain: heights, ...(video === undefined ? {} : { video }) };
  const options = stationOptions({ links: values.link, sources }, sortie);
  const choice = values.browser ? { because: "you asked for it" } : desktop(root);
  try {
    if ("launch" in choice) {
      const { executable, args } = choice.launch;
      return await run(executable, [...args, ...sandboxArgs()], options);
    }
    print(`Serving to a browser, because ${choice.because}.`);
    return await run(process.execPath, [path.join(root, "src/cli/vigie.mjs"), "serve"], options);
  } finally {
    sortie?.child.kill();
  }
}
