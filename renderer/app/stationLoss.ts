/**
 * State shown after the station is lost: how old the last data is, and the station time to show. The station's clock
 * keeps running on the page so that data ages, but the clock on screen stops at the last data, or it would look live.
 */
import { useCallback } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import type { StationStore } from "../bridge/stationStore.js";
import type { ConnectionState } from "../bridge/transport.js";
import { useTick } from "./useTick.js";

/** Nothing more can be received, because the station is gone or refuses this page. */
export const isLostState = (state: ConnectionState): boolean => state === "lost" || state === "no-key";
export const isStationLost = (station: StationStore): boolean => isLostState(station.connection.get());

/** True once the first telemetry batch was received: before that nothing is known of links and aircraft. */
export function useHasReceived(): boolean {
  return useLatest(useStation().lastBatchUnixUs, (unixUs) => unixUs !== undefined);
}

/** Station time now, or at the last data when the station is lost. */
export function shownUnixUs(station: StationStore): number {
  const lastBatchUnixUs = station.lastBatchUnixUs.get();
  const isFrozen = isStationLost(station) && lastBatchUnixUs !== undefined;
  return isFrozen ? lastBatchUnixUs : station.clock.stationUnixUsNow();
}

/**
 * Seconds since the last data of a lost station; undefined while it is connected, or when nothing was ever received.
 */
export function useStationAgeS(): number | undefined {
  const station = useStation();
  return useTick(
    useCallback(() => {
      const lastBatchUnixUs = station.lastBatchUnixUs.get();
      if (!isStationLost(station) || lastBatchUnixUs === undefined) return undefined;
      return Math.round((station.clock.stationUnixUsNow() - lastBatchUnixUs) / 1e6);
    }, [station]),
    2,
  );
}
