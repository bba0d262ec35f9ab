/** The worker thread in which files are parsed and checked, one after another; see `readingCalls.ts`. */
import { parentPort } from "node:worker_threads";
import { answerReading } from "./readingCalls.js";
import type { FromReading, ToReading } from "./readingMessages.js";

const port = parentPort;
if (!port) throw new Error("Invariant: the reading worker runs as a worker thread");

port.on("message", ({ callId, call }: ToReading) => {
  const message: FromReading = { callId, answer: answerReading(call) };
  port.postMessage(message);
});
