/**
 * State shown after the station is lost: how old the last data is, and the station time to show. The station's clock
 * keeps running on the page so that data ages, but the clock on screen stops at the last data, or it would look live.
 */
import { useCallback } from "react";
import { Latest, useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import type { StationStore } from "../bridge/stationStore.js";
import type { ConnectionState } from "../bridge/transport.js";
import { useTick } from "./useTick.js";

const lastReceived = new WeakMap<StationStore, Latest<number | undefined>>();

/** Station time at its last telemetry batch; the station sends one at least once a second. */
function lastReceivedUnixUsOf(station: StationStore): Latest<number | undefined> {
  const known = lastReceived.get(station);
  if (known) return known;
  const hasReceived = station.links.get().length > 0 || station.vehicles.get().length > 0;
  const made = new Latest<number | undefined>(hasReceived ? station.clock.stationUnixUsNow() : undefined);
  station.links.onChange(() => made.set(station.clock.stationUnixUsNow()));
  lastReceived.set(station, made);
  return made;
}

/** Call once when the page starts, so that the age of the data is known at the first loss. */
export const trackStation = (station: StationStore): void => void lastReceivedUnixUsOf(station);

/** Nothing more can be received, because the station is gone or refuses this page. */
export const isLostState = (state: ConnectionState): boolean => state === "lost" || state === "no-key";
export const isStationLost = (station: StationStore): boolean => isLostState(station.connection.get());

/** True once the first telemetry batch was received: before that nothing is known of links and aircraft. */
export function useHasReceived(): boolean {
  return useLatest(lastReceivedUnixUsOf(useStation()), (unixUs) => unixUs !== undefined);
}

/** Station time now, or at the last data when the station is lost. */
export function shownUnixUs(station: StationStore): number {
  const lastReceivedUnixUs = lastReceivedUnixUsOf(station).get();
  const isFrozen = isStationLost(station) && lastReceivedUnixUs !== undefined;
  return isFrozen ? lastReceivedUnixUs : station.clock.stationUnixUsNow();
}

/**
 * Seconds since the last data of a lost station; undefined while it is connected, or when nothing was ever received.
 */
export function useStationAgeS(): number | undefined {
  const station = useStation();
  return useTick(
    useCallback(() => {
      const lastReceivedUnixUs = lastReceivedUnixUsOf(station).get();
      if (!isStationLost(station) || lastReceivedUnixUs === undefined) return undefined;
      return Math.round((station.clock.stationUnixUsNow() - lastReceivedUnixUs) / 1e6);
    }, [station]),
    2,
  );
}
