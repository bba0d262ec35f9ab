import { checkHelp, runCheck } from "./checkCommand.js";
import { nodeIo } from "./commandIo.js";
import { userPaths } from "../station/installation.js";
import { detectHelp, runDetect } from "./detectCommand.js";
import { flyHelp, runFly } from "./flyCommand.js";
import { EXIT_DONE, EXIT_FAILED, EXIT_WRONG_USE, printText, print } from "./output.js";
import { packHelp, runPack } from "./packCommand.js";
import { planHelp, runPlan } from "./planCommand.js";
import { replayHelp, runReplay } from "./replayCommand.js";
import { runServe, serveHelp } from "./serveCommand.js";
import { runBench } from "./setup/benchCommand.js";
import { runDoctor } from "./setup/doctorCommand.js";
import { runStart, startHelp } from "./setup/startCommand.js";
import { runTest } from "./setup/testCommand.js";
import { runTrial, trialHelp } from "./setup/trialCommand.js";
import { runSim, simHelp } from "./simCommand.js";
import { runVerify, verifyHelp } from "./verifyCommand.js";
import { runWhere, whereHelp } from "./whereCommand.js";

type Command = {
  readonly summary: string;
  readonly help: string;
  readonly run: (argv: readonly string[]) => Promise<number>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    summary: "open the application, on the training sortie unless a link is named",
    help: startHelp,
    run: runStart,
  },
  sim: { summary: "a simulated aircraft with a thermal camera", help: simHelp, run: runSim },
  plan: { summary: "an area becomes a plan", help: planHelp, run: runPlan },
  check: {
    summary: "what is wrong with a plan",
    help: checkHelp,
    run: (argv) => runCheck(argv, nodeIo, userPaths().data),
  },
  fly: { summary: "upload a plan, fly it, record the sortie", help: flyHelp, run: runFly },
  detect: { summary: "find warm objects in pictures or a video", help: detectHelp, run: runDetect },
  replay: { summary: "what a recording contains", help: replayHelp, run: runReplay },
  verify: { summary: "is a sortie as it was recorded", help: verifyHelp, run: runVerify },
  where: {
    summary: "how high a place is, and whether it is land or sea",
    help: whereHelp,
    run: (argv) => runWhere(argv, nodeIo, Date.now(), userPaths().data),
  },
  pack: {
    summary: "maps, heights and a coast as one file, to carry on a stick",
    help: packHelp,
    run: (argv) => runPack(argv),
  },
  serve: { summary: "the application for a browser on this machine", help: serveHelp, run: runServe },
  doctor: {
    summary: "what is missing on this machine and how to get it",
    help: "vigie doctor [--json]",
    run: runDoctor,
  },
  test: {
    summary: "run every test",
    help: "vigie test [--only checks|unit|system|e2e] [VITEST ARGUMENT]...",
    run: runTest,
  },
  trial: { summary: "a pilot's whole day with real autopilots, as one table", help: trialHelp, run: runTrial },
  bench: { summary: "measure against named peers", help: "vigie bench [--quick] [--only NAME]", run: runBench },
};

const isHelpFlag = (word: string | undefined): boolean => word === "--help" || word === "-h";

/** Runs one command; the number is the exit status: 0 done, 1 the job failed, 2 wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || isHelpFlag(name)) {
    printText(overview());
    return name === undefined ? EXIT_WRONG_USE : EXIT_DONE;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    print(`vigie: there is no command "${name}"`);
    print(overview());
    return EXIT_WRONG_USE;
  }
  // Words after `--` (`vigie sim -- --help`) are for the command itself; a plain --help is answered here.
  if (rest.some(isHelpFlag)) {
    printText(`${command.help}\n\n${command.summary}`);
    return EXIT_DONE;
  }
  try {
    return await command.run(rest);
  } catch (cause: unknown) {
    // Expected failures are returned as values; what is thrown is a bug, and reported as one.
    print(`vigie ${name}: internal error`);
    print(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    return EXIT_FAILED;
  }
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return ["usage: vigie COMMAND ...   (vigie COMMAND --help)", "", ...lines].join("\n");
}
