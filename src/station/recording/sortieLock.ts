import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { readText } from "../../io/fileStore.js";
import { SORTIE_FILES } from "../../sortie/layout.js";

/** Process ids are reused: together with the process's start time and the boot id they are unique. */
type Writer = { readonly pid: number; readonly processStart: string; readonly bootId: string };

/** The text of the lock file in a sortie's folder while this process records it. */
export const lockText = (sinceUnixUs: number): string =>
  `${JSON.stringify({ format: "vigie-recording", version: 1, sinceUnixUs, ...thisWriter() })}\n`;

/**
 * Whether another process is recording the sortie now; false for this process itself. After a crash or a power cut the
 * lock file remains, but its process is gone.
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
    // The process exists but belongs to another user.
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Empty where the system has none: then only the process id counts. */
const bootIdNow = (): string => textOf("/proc/sys/kernel/random/boot_id").trim();

/**
 * Field 22 of /proc/PID/stat: the start time in ticks since boot. The process name before it may contain anything, even
 * brackets.
 */
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
