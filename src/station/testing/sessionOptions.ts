import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeClock } from "../../core/fakeClock.js";
import { startReadingService } from "../reading/readingService.js";
import { NO_TERRAIN } from "../terrain/stationTerrain.js";
import type { VehicleEnvironment } from "../vehicle/vehicleService.js";
import type { VehicleSessionOptions, VehicleUpdates } from "../vehicle/vehicleSession.js";

const ignore = (): void => undefined;

/** A station with a folder of its own, which records and has no contacts. */
export const anEnvironment = (changes: Partial<VehicleEnvironment> = {}): VehicleEnvironment => ({
  contact: () => undefined,
  isRecording: () => true,
  dataFolder: changes.dataFolder ?? mkdtempSync(join(tmpdir(), "vigie-vehicle-")),
  reading: startReadingService({ log: ignore }),
  terrain: () => NO_TERRAIN,
  ...changes,
});

/** Nobody listens, but for what is given. */
export const updatesWith = (changes: Partial<VehicleUpdates>): VehicleUpdates => ({
  onState: ignore,
  onEvent: ignore,
  onPresence: ignore,
  onRestart: ignore,
  onCommand: ignore,
  onLateEffect: ignore,
  onTransfer: ignore,
  onAircraftPlan: ignore,
  onPlanNotice: ignore,
  ...changes,
});

/** A session of system 1 on virtual time, to which nobody listens. */
export const sessionOptions = (
  clock: FakeClock,
  { path, ...changes }: Partial<VehicleSessionOptions>,
): VehicleSessionOptions => ({
  address: { linkName: "test", systemId: 1, componentId: 1 },
  time: { clock, scheduler: clock },
  path: { send: ignore, roundTripMs: () => 20, ...path },
  environment: changes.environment ?? anEnvironment(),
  outputs: { publish: ignore, record: ignore },
  updates: updatesWith({}),
  ...changes,
});
