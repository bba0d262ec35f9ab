import { spawn } from "node:child_process";
import { bundleFile } from "../station/installation.js";
import { missionsFile } from "./missionsFile.js";
import { EXIT_FAILED, print } from "./output.js";
import { onStopSignal, type StopSignal } from "./stopSignals.js";

export const simHelp = `vigie sim --scenario FILE|--generate SEED [--write FOLDER] [--seed N] [--autopilot ardupilot|px4] [--airframe copter|plane|vtol] [--count N]
          [--px4 1.14|1.15] [--mavlink udpout:HOST:PORT[+]|tcpin:PORT[+]]... [--video udp://HOST:PORT] [--truth FILE.jsonl]
          [--wire loss=0.1,delay=300,...] [--traffic] [--remote-id] [--speedup N] [--json]`;

const isGiven = (argv: readonly string[], name: string): boolean =>
  argv.some((word) => word === name || word.startsWith(`${name}=`));

/** A generated scene uses the coast of this installation unless another is given. */
export const withCoast = (argv: readonly string[]): readonly string[] =>
  isGiven(argv, "--generate") && !isGiven(argv, "--coast")
    ? [...argv, "--coast", missionsFile("coast", "channel.json")]
    : argv;

/** The simulator is a separate process that speaks only the real protocols; this passes the arguments on. */
export function runSim(argv: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [bundleFile("sim.cjs"), ...withCoast(argv)], { stdio: "inherit" });
  let asked: StopSignal | undefined;
  const stopPassing = onStopSignal((signal) => {
    asked = signal;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.once("error", (problem) => {
      print(`vigie sim: could not start the simulator: ${problem.message}`);
      resolve(EXIT_FAILED);
    });
    child.once("exit", (status, signal) => {
      stopPassing();
      // Ended by the signal that we passed on: that counts as success.
      resolve(signal !== null && signal === asked ? 0 : (status ?? EXIT_FAILED));
    });
  });
}
