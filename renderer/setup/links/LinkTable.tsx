import { useCallback } from "react";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Panel } from "../../ui/Panel.js";
import { SureButton } from "../../ui/SureButton.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import { type LinkRow, linkRow } from "./linkRow.js";

/** Rates and ages change constantly; they are sampled twice a second. */
function useLinkRows(): readonly LinkRow[] {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const read = useCallback(() => {
    const nowMonoMs = station.clock.stationMonoMsNow();
    return station.links.get().map((link) => linkRow(t, format, link, nowMonoMs));
  }, [t, format, station]);
  return useTick(read, 2);
}

const COLUMNS = ["state", "address", "rate", "loss", "doubled", "errors", "round-trip", "heard", "signing"] as const;

function Row({
  row,
  onRemove,
  isBusy,
}: {
  readonly row: LinkRow;
  readonly onRemove: () => void;
  readonly isBusy: boolean;
}) {
  const t = useText();
  return (
    <tr data-testid={`link-${row.name}`} data-tone={row.tone}>
      <td>
        <b className="setup-tone" data-tone={row.tone}>
          <span aria-hidden="true">{row.sign}</span> {row.state}
        </b>
        {row.retry !== "" && <small data-testid="link-retry">{row.retry}</small>}
      </td>
      <th scope="row">
        <code title={row.uri}>{row.uri}</code>
        <small>{row.roleText}</small>
        {row.because !== "" && (
          <small className="setup-tone" data-tone="caution" title={row.because}>
            {row.because}
          </small>
        )}
      </th>
      <td className="setup-figure" title={row.rateTitle}>
        {row.rate}
        <small>{row.bytes}</small>
      </td>
      <td className="setup-figure setup-tone" data-tone={row.lossTone}>
        {row.loss}
        <small>{row.lost}</small>
      </td>
      <td className="setup-figure">{row.doubled}</td>
      <td className="setup-figure setup-tone" data-tone={row.errorsTone} title={row.errorsTitle}>
        {row.errors}
      </td>
      <td className="setup-figure">{row.roundTrip}</td>
      <td className="setup-figure setup-tone" data-tone={row.lastReceivedTone}>
        {row.lastReceived}
      </td>
      <td className="setup-signed">
        {row.signing}
        {row.refused !== "" && (
          <small className="setup-tone" data-tone="danger">
            ■ {row.refused}
          </small>
        )}
      </td>
      <td className="setup-do">
        <SureButton
          label={t("setup.links.remove")}
          sureLabel={t("setup.links.remove.sure", { name: row.uri })}
          onConfirm={onRemove}
          isBusy={isBusy}
          testId={`link-remove-${row.name}`}
        />
      </td>
    </tr>
  );
}

function FirstSteps() {
  const t = useText();
  return (
    <div className="setup-empty" data-testid="links-empty">
      <strong>{t("setup.links.empty")}</strong>
      <ul>
        <li>{t("setup.links.empty.udp")}</li>
        <li>{t("setup.links.empty.serial")}</li>
        <li>{t("setup.links.empty.tcp")}</li>
      </ul>
    </div>
  );
}

export function LinkTable() {
  const t = useText();
  const rows = useLinkRows();
  const { state, ask } = useAsk();
  return (
    <Panel title={t("setup.links.title")} isFlush testId="links">
      {rows.length === 0 ? (
        <FirstSteps />
      ) : (
        <table className="setup-table setup-table--links">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`setup.links.column.${column}`)}
                </th>
              ))}
              <th aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.name}
                row={row}
                isBusy={state.kind === "pending"}
                onRemove={() => void ask({ kind: "remove-link", linkName: row.name })}
              />
            ))}
          </tbody>
        </table>
      )}
      {state.kind === "failed" && <FailureToast failure={state.failure} />}
    </Panel>
  );
}
