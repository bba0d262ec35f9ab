import { tlogFrom } from "../tlogWalk.js";
import { dataflashFrom, textLogFrom } from "./dataflash/dataflashLog.js";
import { isTextLog } from "./dataflash/textScan.js";
import type { Log } from "./logWalk.js";
import { ulogFrom } from "./ulog/ulogLog.js";
import { isUlog } from "./ulog/ulogScan.js";

type LogKind = "tlog" | "dataflash" | "dataflash-text" | "ulog";

const HEAD = [0xa3, 0x95];

/** The kind by the file's first bytes; when these are damaged, by the extension of its name. */
function kindOf(name: string, bytes: Uint8Array): LogKind {
  if (isUlog(bytes)) return "ulog";
  if (HEAD.every((byte, index) => bytes[index] === byte)) return "dataflash";
  if (isTextLog(bytes)) return "dataflash-text";
  if (/\.(?:bin|log)$/i.test(name)) return "dataflash";
  return /\.ulg$/i.test(name) ? "ulog" : "tlog";
}

/** Whether a file of that name may be a log that `openLog` can read. */
export const isLogName = (name: string): boolean => /\.(?:tlog|bin|ulg|log)$/i.test(name);

/** Opens a log of any kind; a file that is no log gives a log without records. */
export function openLog(name: string, bytes: Uint8Array): Log {
  switch (kindOf(name, bytes)) {
    case "ulog":
      return ulogFrom(bytes);
    case "dataflash":
      return dataflashFrom(bytes);
    case "dataflash-text":
      return textLogFrom(bytes);
    case "tlog":
      return tlogFrom(bytes);
  }
}
