/** One entry of a folder on the vehicle. `unixTimeS` exists only when the server supports opcode 16 and has a clock. */
export type FtpEntry =
  | {
      readonly kind: "file";
      readonly name: string;
      readonly sizeBytes: number;
      readonly unixTimeS: number | undefined;
    }
  | { readonly kind: "folder"; readonly name: string };

type FtpListing = {
  readonly entries: readonly FtpEntry[];
  /** Counts the entries that the server skipped ("S") too: the next request continues after them. */
  readonly countOfLines: number;
};

/**
 * "Fname\tsize\0Dname\0S\0", with a third column (time) in the newer form.
 * https://mavlink.io/en/services/ftp.html#list_directory
 */
export function listingFrom(data: Uint8Array): FtpListing {
  const text = Array.from(data, (byte) => String.fromCharCode(byte)).join("");
  // Some ArduPilot versions write two NULs after an entry: empty entries do not count.
  const lines = text.split("\0").filter((line) => line !== "");
  return { entries: lines.map(entryFrom).filter((entry) => entry !== undefined), countOfLines: lines.length };
}

/** A time after 2100 is invalid. */
const LATEST_UNIX_S = 4_102_444_800;

function entryFrom(line: string): FtpEntry | undefined {
  const [name = "", size, time] = line.slice(1).split("\t");
  if (name === "" || name === "." || name === "..") return undefined;
  if (line.startsWith("D")) return { kind: "folder", name };
  if (!line.startsWith("F")) return undefined;
  const seconds = Number(time);
  const unixTimeS = seconds > 0 && seconds < LATEST_UNIX_S ? seconds : undefined;
  const reported = Number(size);
  return { kind: "file", name, sizeBytes: Number.isSafeInteger(reported) && reported > 0 ? reported : 0, unixTimeS };
}
