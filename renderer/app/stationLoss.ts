/**
 * What a lost station leaves on the screen is as old as its last word: how old, and where its clocks stood then. They go on
 * running meanwhile, so that data ages; what is shown of them does not, or it would look alive.
 */
import { useCallback } from "react";
import { Latest, useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import type { StationStore } from "../bridge/stationStore.js";
import type { ConnectionState } from "../bridge/transport.js";
import { useTick } from "./useTick.js";

const lastReceived = new WeakMap<StationStore, Latest<number | undefined>>();

/** The station's clock at its last batch of telemetry: it sends one at least once a second. */
function lastReceivedUnixUsOf(station: StationStore): Latest<number | undefined> {
  const known = lastReceived.get(station);
  if (known) return known;
  const hasReceived = station.links.get().length > 0 || station.vehicles.get().length > 0;
  const made = new Latest<number | undefined>(hasReceived ? station.clock.stationUnixUsNow() : undefined);
  station.links.onChange(() => made.set(station.clock.stationUnixUsNow()));
  lastReceived.set(station, made);
  return made;
}

/** Call once when the page starts, so that the first loss has its age. */
export const trackStation = (station: StationStore): void => void lastReceivedUnixUsOf(station);

/** No word of it can come any more, whether it is gone or does not let this page in. */
export const isLostState = (state: ConnectionState): boolean => state === "lost" || state === "no-key";
export const isStationLost = (station: StationStore): boolean => isLostState(station.connection.get());

/** Its first batch has come: before that nothing is known of links and aircraft. */
export function useHasReceived(): boolean {
  return useLatest(lastReceivedUnixUsOf(useStation()), (unixUs) => unixUs !== undefined);
}

/** The station's clock now, or where it stood when it was lost. */
export function shownUnixUs(station: StationStore): number {
  const lastReceivedUnixUs = lastReceivedUnixUsOf(station).get();
  const isFrozen = isStationLost(station) && lastReceivedUnixUs !== undefined;
  return isFrozen ? lastReceivedUnixUs : station.clock.stationUnixUsNow();
}

/** Seconds since a lost station's last word; undefined while it is connected, or where it never spoke. */
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
