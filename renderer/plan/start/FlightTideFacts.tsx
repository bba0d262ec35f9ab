import { tidePortsText, tideTimeText } from "../../../src/contract/tideTexts.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useIsSeaSimulated } from "../../panels/ground/useIsSeaSimulated.js";
import type { FlightTide } from "./flightTide.js";
import { useFlightTide } from "./useFlightTide.js";

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
