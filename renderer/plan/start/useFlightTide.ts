import { useEffect, useMemo } from "react";
import type { Latest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import type { PlanEditorStore } from "../planEditorStore.js";
import { usePlanEditor } from "../PlanEditorContext.js";
import { type FlightTide, type FlightTideAsked, FlightTideWatch } from "./flightTide.js";
import { planHourMs, tidePlaceOf } from "./planHour.js";

const TICK_MS = 1000;

/** From the start over the time that the plan's figures give. */
function flightOf(
  startUnixMs: number | undefined,
  { state, figures }: PlanEditorStore,
): FlightTideAsked | "no-place" | undefined {
  const place = tidePlaceOf(state.get().history.present);
  if (!place) return "no-place";
  if (startUnixMs === undefined) return undefined;
  const { countOfItems, flight } = figures.get();
  const isTimed = countOfItems > 0 && flight.isFlyable && Number.isFinite(flight.timeS);
  return { place, startUnixMs, endUnixMs: isTimed ? startUnixMs + flight.timeS * 1000 : undefined };
}

/** The tide of the plan on screen; asked for as long as something shows it. */
export function useFlightTide(): Latest<FlightTide> {
  const station = useStation();
  const editor = usePlanEditor();
  const watch = useMemo(
    () => new FlightTideWatch(station.tide.tideAt, () => flightOf(planHourMs(station, editor), editor)),
    [station, editor],
  );
  useEffect(() => {
    const tick = (): void => watch.tick();
    tick();
    const stops = [editor.state, editor.figures].map((source) => source.onChange(tick));
    const timer = setInterval(tick, TICK_MS);
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [watch, editor]);
  return watch.shown;
}
