import { useEffect, useMemo } from "react";
import { tidePortsText, tideTimeText } from "../../../src/contract/tideTexts.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { useIsSeaSimulated } from "../../panels/ground/useIsSeaSimulated.js";
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

function useFlightTide(): Latest<FlightTide> {
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

/** The tide from the flight's start to its end, the next high and low water, and what the figures do not know. */
export function FlightTideFacts() {
  const t = useText();
  const tide = useWhole(useFlightTide());
  const isSeaSimulated = useIsSeaSimulated();
  return (
    <div className="plan-tide" data-testid="plan-tide" data-kind={tide.kind} role="group" aria-label={t("plan.tide")}>
      {tide.kind === "known" ? <KnownFacts tide={tide} /> : <p>{t(`plan.tide.${tide.kind}`)}</p>}
      {isSeaSimulated && <p>{t("plan.tide.simulated")}</p>}
    </div>
  );
}

function KnownFacts({ tide }: { readonly tide: Extract<FlightTide, { kind: "known" }> }) {
  const t = useText();
  const format = useFormat();
  const { start, end, turns } = tide;
  const height = (valueM: number): string => format.lengthText(valueM, 1);
  const moments = [{ key: "start", tide: start } as const, ...(end ? [{ key: "end", tide: end } as const] : [])];
  return (
    <>
      <p>{t("plan.tide.above", { port: tidePortsText(start.ports, format.language) })}</p>
      <table>
        <tbody>
          {moments.map(({ key, tide: at }) => (
            <tr key={key} data-testid={`plan-tide-${key}`}>
              <th scope="row">{t(`plan.tide.${key}`)}</th>
              <td>{tideTimeText(at)}</td>
              <td>{height(at.heightChartDatumM)}</td>
              <td>{t(`tide.trend.${at.trend}`)}</td>
            </tr>
          ))}
          {turns.map((turn) => (
            <tr key={turn.kind} data-testid={`plan-tide-${turn.kind}`}>
              <th scope="row">{t(`plan.tide.${turn.kind}`)}</th>
              <td>{tideTimeText(turn)}</td>
              <td>{height(turn.heightChartDatumM)}</td>
              <td>{turn.isInFlight ? t("plan.tide.in-flight") : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("plan.tide.source", { error: height(start.sigma.chartDatumM) })}</p>
    </>
  );
}
