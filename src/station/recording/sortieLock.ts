import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { readText } from "../../io/fileStore.js";
import { SORTIE_FILES } from "../../sortie/layout.js";

/** Numbers of processes are given again: with when it began and which start of the machine, one is told for certain. */
type Writer = { readonly pid: number; readonly processStart: string; readonly bootId: string };

/** What lies in the folder of a sortie while this process writes it. */
export const lockText = (sinceUnixUs: number): string =>
  `${JSON.stringify({ format: "vigie-recording", version: 1, sinceUnixUs, ...thisWriter() })}\n`;

/**
 * Whether another process is writing the sortie now. After a crash or a power cut the lock is still there, but nobody
 * behind it. What this process itself writes it knows without asking.
 */
export async function isBeingRecordedElsewhere(folder: string): Promise<boolean> {
  const text = await readText(join(folder, SORTIE_FILES.lock), 10_000);
  const parsed = text.ok ? parseBoundedJson(text.value, SMALL_FILE_LIMITS) : text;
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null) return false;
  const { pid, processStart, bootId } = parsed.value as Partial<Record<keyof Writer, unknown>>;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  return bootId === bootIdNow() && isAlive(pid) && processStart === startOf(pid);
}

const thisWriter = (): Writer => ({
  pid: process.pid,
  processStart: startOf(process.pid),
  bootId: bootIdNow(),
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause: unknown) {
    // There, but another user's.
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Empty where the system has none: the number alone then tells. */
const bootIdNow = (): string => textOf("/proc/sys/kernel/random/boot_id").trim();

/** Field 22 of /proc/PID/stat, in ticks since the machine's start. The name before it may hold anything, also brackets. */
function startOf(pid: number): string {
  const text = textOf(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not Linux, or no such process.
    return "";
  }
}
