import { spawn } from "node:child_process";
import { bundleFile } from "../station/installation.js";
import { EXIT_FAILED, say } from "./output.js";
import { onStopSignal, type StopSignal } from "./stopSignals.js";

export const simHelp = `vigie sim --scenario FILE [--seed N] [--autopilot ardupilot|px4] [--airframe copter|plane|vtol] [--count N]
          [--px4 1.14|1.15] [--mavlink udpout:HOST:PORT[+]|tcpin:PORT[+]]... [--video udp://HOST:PORT] [--truth FILE.jsonl]
          [--wire loss=0.1,delay=300,...] [--traffic] [--remote-id] [--speedup N]`;

/** The simulator is a process of its own that speaks only the real protocols; this passes the words on. */
export function runSim(argv: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [bundleFile("sim.cjs"), ...argv], { stdio: "inherit" });
  let asked: StopSignal | undefined;
  const stopPassing = onStopSignal((signal) => {
    asked = signal;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.once("error", (problem) => {
      say(`vigie sim: could not start the simulator: ${problem.message}`);
      resolve(EXIT_FAILED);
    });
    child.once("exit", (status, signal) => {
      stopPassing();
      // Ended because we were asked to end it: that is what was wanted.
      resolve(signal !== null && signal === asked ? 0 : (status ?? EXIT_FAILED));
    });
  });
}
