import { isStationLost } from "../../app/stationLoss.js";
import type { StationStore } from "../../bridge/stationStore.js";
import type { AlertFacts } from "./flyAlerts.js";
import type { FlyViewStore } from "../flyViewStore.js";

/** The current facts from which alerts are derived. */
export function gatherAlertFacts(
  flyView: FlyViewStore,
  station: StationStore,
  dismissed: ReadonlySet<string>,
): AlertFacts {
  const { vehicle } = flyView.facts();
  return {
    vehicle,
    // When the station is lost nothing is known of the aircraft, not even that they are lost: the frame's banner shows
    // the lost station.
    vehicles: isStationLost(station) ? [] : station.vehicles.get(),
    warnings: station.services.warnings.get(),
    nowMonoMs: station.clock.stationMonoMsNow(),
    nowUnixUs: station.clock.stationUnixUsNow(),
    lines: flyView.lines.get(),
    reports: station.commandReports.get().filter(({ vehicleId }) => vehicleId === vehicle?.id),
    notices: station.notices.get(),
    dismissed,
  };
}
