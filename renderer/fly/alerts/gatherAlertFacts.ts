import { isStationLost } from "../../app/stationLoss.js";
import type { StationStore } from "../../bridge/stationStore.js";
import type { AlertFacts } from "./flyAlerts.js";
import type { FlyViewStore } from "../flyViewStore.js";

/** What alerts are made of, as it is now. */
export function gatherAlertFacts(
  flyView: FlyViewStore,
  station: StationStore,
  dismissed: ReadonlySet<string>,
): AlertFacts {
  const { vehicle } = flyView.facts();
  return {
    vehicle,
    // A lost station says nothing of the aircraft any more, not even that they are lost: its own banner tells of it.
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
