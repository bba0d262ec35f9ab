import type { AircraftView } from "../../aircraftView.js";
import type { ServiceLink } from "../allowance.js";
import type { ParamTable } from "../params/paramTable.js";
import type { Service } from "../service.js";
import { createFileTree, type FileTree } from "./fileTree.js";
import { ARDUPILOT_FTP, PX4_FTP, createFtpServer } from "./ftpServer.js";
import { ardupilotVirtualFiles } from "./virtualFiles.js";

export type StoredFiles = ReadonlyMap<string, () => Uint8Array>;

/** The files of an aircraft: the `stored` ones by path (logs, metadata) and, on ArduPilot, the virtual files. */
export function createAircraftFiles(view: AircraftView, table: ParamTable, stored: StoredFiles): FileTree {
  const isPx4 = view.flavour.autopilot === "px4";
  return createFileTree({
    files: stored,
    made: isPx4 ? new Map() : ardupilotVirtualFiles(view, table),
    writable: isPx4 ? "/fs/microsd/" : "/APM/",
  });
}

/** MAVFTP access to them, with the autopilot's own behaviour. */
export function createFileService(view: AircraftView, tree: FileTree, link: ServiceLink): Service {
  return createFtpServer(tree, view.flavour.autopilot === "px4" ? PX4_FTP : ARDUPILOT_FTP, link);
}
