import type { AircraftView } from "../aircraftView.js";
import { isRecentPx4 } from "../flavour.js";
import type { ServicesOptions } from "./servicesOptions.js";
import { createAircraftFiles, createFileService } from "./files/fileService.js";
import { createLogService } from "./logs/logService.js";
import { growingLog, logFiles, storedLogs } from "./logs/storedLogs.js";
import { createMetadata } from "./metadata/metadataService.js";
import { createArdupilotParams } from "./params/ardupilotParams.js";
import { createParamTable } from "./params/paramTable.js";
import { createPx4Params } from "./params/px4Params.js";
import { createCameraService } from "./payload/cameraService.js";
import { createGimbalManager } from "./payload/gimbalManager.js";
import type { Service } from "./service.js";
import { createEventService } from "./system/eventService.js";
import { createFenceService } from "./system/fenceService.js";
import { createHighLatency } from "./system/highLatency.js";
import { createLongCommands } from "./system/longCommands.js";
import { createModesService } from "./system/modesService.js";
import { createRemoteId } from "./system/remoteId.js";
import { createSigningService } from "./system/signingService.js";
import { createTraffic } from "./system/traffic.js";

const NETWORK_BITS_PER_S = 460_800;

/** A transfer: its data is sent to whoever requested it. */
const withRepliesToSender = (service: Service): Service => ({ ...service, repliesToSender: true });

/** Parameters, files and logs: data with transfer protocols. */
function storageServices({ view, controls, linkBitsPerS = NETWORK_BITS_PER_S }: ServicesOptions): readonly Service[] {
  const isPx4 = view.flavour.autopilot === "px4";
  const table = createParamTable({ view, controls });
  controls.setParam(isPx4 ? "MAV_SYS_ID" : "MAV_SYSID", view.systemId);
  const link = { systemId: view.systemId, linkBitsPerS, speedup: view.speedup };
  const logs = [...storedLogs(view), ...(isPx4 ? [growingLog(view)] : [])];
  const metadata = isPx4 ? createMetadata(view) : undefined;
  const tree = createAircraftFiles(view, table, new Map([...logFiles(view, logs), ...(metadata?.files ?? [])]));
  return [
    withRepliesToSender(isPx4 ? createPx4Params(table, link) : createArdupilotParams(table, link)),
    withRepliesToSender(createFileService(view, tree, link)),
    withRepliesToSender(createLogService(view, tree, logs, link)),
    ...(metadata ? [metadata.service] : []),
  ];
}

/** Only the first vehicle receives traffic (ADS-B, AIS): twenty vehicles would report the same. */
const receivesTraffic = ({ systemId }: AircraftView): boolean => systemId === 1;

/**
 * All services of one simulated aircraft, in the order in which they get a message, before the autopilot: the first whose `receive`
 * returns an answer has claimed it.
 */
export function createServices(options: ServicesOptions): readonly Service[] {
  const { view, controls, signing, hasRemoteId = false, hasTraffic = false } = options;
  const isPx4 = view.flavour.autopilot === "px4";
  return [
    ...(signing ? [createSigningService(view, signing)] : []),
    createHighLatency(view),
    ...(hasRemoteId ? [createRemoteId(view)] : []),
    ...storageServices(options),
    ...(isPx4 ? [createEventService(view)] : []),
    ...(isPx4 && !isRecentPx4(view.flavour) ? [] : [createModesService(view, controls)]),
    createLongCommands(view),
    ...(view.flavour.autopilot === "ardupilot" ? [createFenceService(view, controls)] : []),
    createGimbalManager(view, controls),
    createCameraService(view),
    ...(hasTraffic && receivesTraffic(view) ? [createTraffic(view)] : []),
  ];
}
