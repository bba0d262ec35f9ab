import { err } from "../../core/result.js";
import { startWorker, workerBeside } from "../workerThread.js";
import { type FromPackWorker, type PackJob, type PackOutcome, runPackJob, type ToPackWorker } from "./packJob.js";

type RunningJob = {
  /** Never rejects. */
  readonly outcome: Promise<PackOutcome>;
  readonly stop: () => void;
};
type JobProgress = { readonly onFile: (name: string) => void; readonly onBytes: (countOfBytes: number) => void };

/** A bundle has its worker beside it. From sources there is none, and the work is done on this thread. */
export function startPackJob(
  job: PackJob,
  progress: JobProgress,
  workerFile: string | undefined = workerBeside("packWorker.cjs"),
): RunningJob {
  return workerFile === undefined ? onThisThread(job, progress) : inWorker(job, progress, workerFile);
}

function onThisThread(job: PackJob, progress: JobProgress): RunningJob {
  let isStopped = false;
  return {
    outcome: runPackJob(job, { ...progress, shouldStop: () => isStopped }),
    stop: () => {
      isStopped = true;
    },
  };
}

function inWorker(job: PackJob, { onFile, onBytes }: JobProgress, workerFile: string): RunningJob {
  let resolve: (outcome: PackOutcome) => void = () => undefined;
  const outcome = new Promise<PackOutcome>((settle) => (resolve = settle));
  const onMessage = (message: FromPackWorker): void => {
    if (message.kind === "file") onFile(message.name);
    else if (message.kind === "bytes") onBytes(message.count);
    else resolve(message.outcome);
  };
  const worker = startWorker<FromPackWorker>(workerFile, job, {
    onMessage,
    // After an outcome this changes nothing.
    onExit: (because) => resolve(err({ kind: "io", operation: "work with a pack", code: because })),
  });
  return { outcome, stop: () => worker.postMessage("stop" satisfies ToPackWorker) };
}
