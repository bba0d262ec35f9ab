import { createAircraftFiles, createFileService } from "./files/fileService.js";
import { createLogService } from "./logs/logService.js";
import { logFiles, storedLogs } from "./logs/storedLogs.js";
import { createMetadata } from "./metadata/metadataService.js";
import { createArdupilotParams } from "./params/ardupilotParams.js";
import { createParamTable } from "./params/paramTable.js";
import { createPx4Params } from "./params/px4Params.js";
import type { ServicesOptions } from "./doors.js";
import type { Service } from "./service.js";

const NETWORK_BITS_PER_S = 460_800;

/**
 * Everything one simulated aircraft does besides flying, to be asked in this order before its autopilot:
 * for each heard message the first service whose `hear` gives an answer has claimed it.
 */
export function createServices({
  view,
  controls,
  linkBitsPerS = NETWORK_BITS_PER_S,
}: ServicesOptions): readonly Service[] {
  const table = createParamTable({ view, controls });
  const link = { systemId: view.systemId, linkBitsPerS, speedup: view.speedup };
  const isPx4 = view.flavour.autopilot === "px4";
  const logs = storedLogs(view);
  const metadata = isPx4 ? createMetadata(view) : undefined;
  const tree = createAircraftFiles(view, table, new Map([...logFiles(view, logs), ...(metadata?.files ?? [])]));
  return [
    isPx4 ? createPx4Params(table, link) : createArdupilotParams(table, link),
    createFileService(view, tree, link),
    createLogService(view, tree, logs, link),
    ...(metadata ? [metadata.service] : []),
  ];
}
