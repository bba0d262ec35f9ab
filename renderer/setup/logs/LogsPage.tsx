import { useCallback, useEffect, useState } from "react";
import type { StationFailure } from "../../../src/contract/failures.js";
import type { LogDownload, LogEntry } from "../../../src/contract/serviceMessages.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { workspace } from "../../app/workspace.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StationContext.js";
import { openRecording } from "../../review/review.js";
import { Button } from "../../ui/Button.js";
import { Meter } from "../../ui/Meter.js";
import { Panel } from "../../ui/Panel.js";
import { Toast } from "../../ui/Toast.js";
import { FailureToast } from "../FailureToast.js";
import { setupDeskOf } from "../setupDesk.js";
import { useAsk } from "../useAsk.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";

const isUnderWay = (download: LogDownload | undefined): boolean =>
  download?.phase === "running" || download?.phase === "waiting";

function progressWords(t: Translate, format: Format, download: LogDownload): string {
  const { bytesDone, bytesTotal, bytesPerS, phase } = download;
  const facts = { done: format.bytesText(bytesDone), total: format.bytesText(bytesTotal) };
  if (phase === "waiting") return t("setup.logs.waiting", facts);
  if (phase !== "running") return t("setup.logs.part", facts);
  if (bytesPerS < 1) return t("setup.logs.running.no-rate", facts);
  const left = format.spanText((bytesTotal - bytesDone) / bytesPerS);
  return t("setup.logs.running", { ...facts, rate: format.bytesText(Math.round(bytesPerS)), left });
}

type RowProps = {
  readonly log: LogEntry;
  /** Of this log. */
  readonly download: LogDownload | undefined;
  readonly blockedBecause: string | undefined;
  readonly onDownload: () => void;
  readonly onCancel: () => void;
  readonly onOpen: (file: string) => void;
};

function LogState({ log, download }: Pick<RowProps, "log" | "download">) {
  const t = useText();
  const format = useFormat();
  const file = download?.file ?? log.file;
  if (download && download.phase !== "done") {
    const words = progressWords(t, format, download);
    return (
      <>
        <span>{words}</span>
        <Meter label={words} fraction={download.bytesDone / Math.max(1, download.bytesTotal)} />
        <small>{t(`setup.logs.way.${download.way}`)}</small>
        {download.failure && <FailureToast failure={{ kind: "log", failure: download.failure }} testId="log-failure" />}
      </>
    );
  }
  return file === undefined ? (
    <span className="setup-dim">{t("setup.logs.not-here")}</span>
  ) : (
    <span className="setup-tone" data-tone="good" title={file}>
      ✓ {t("setup.logs.have")}
    </span>
  );
}

function Row(props: RowProps) {
  const { log, download, blockedBecause, onDownload, onCancel, onOpen } = props;
  const t = useText();
  const format = useFormat();
  const file = download?.file ?? log.file;
  const isBroken = download?.phase === "failed" || download?.phase === "cancelled";
  return (
    <tr data-testid={`log-${log.logId}`}>
      <th scope="row">
        <code>{log.name}</code>
      </th>
      <td>
        {log.unixTimeUs === undefined ? (
          <span className="setup-dim">{t("setup.logs.no-clock")}</span>
        ) : (
          <span className="ui-number">
            {format.utcDateText(log.unixTimeUs)} {format.utcText(log.unixTimeUs)}
          </span>
        )}
      </td>
      <td className="setup-figure">{format.bytesText(log.sizeBytes)}</td>
      <td className="setup-log-state">
        <LogState log={log} download={download} />
      </td>
      <td className="setup-do">
        {isUnderWay(download) && (
          <Button label={t("setup.logs.cancel")} tone="caution" onPress={onCancel} testId="log-cancel" />
        )}
        {!isUnderWay(download) && file !== undefined && (
          <Button
            label={t("setup.logs.open")}
            tone="select"
            onPress={() => onOpen(file)}
            testId={`log-open-${log.logId}`}
          />
        )}
        {!isUnderWay(download) && file === undefined && (
          <Button
            label={t(isBroken ? "setup.logs.resume" : "setup.logs.download")}
            onPress={onDownload}
            disabledBecause={blockedBecause}
            testId={`log-download-${log.logId}`}
          />
        )}
      </td>
    </tr>
  );
}

/** Newest first; those without a clock by their name, last. */
const sorted = (logs: readonly LogEntry[]): readonly LogEntry[] =>
  [...logs].sort(
    (a, b) => (b.unixTimeUs ?? 0) - (a.unixTimeUs ?? 0) || b.name.localeCompare(a.name, "en", { numeric: true }),
  );

const COLUMNS = ["name", "date", "size", "state"] as const;

function useLogList(vehicle: VehicleFacts) {
  const desk = setupDeskOf(useStation());
  const { state, ask } = useAsk();
  const { id } = vehicle;
  const list = useCallback(async () => {
    const reply = await ask({ kind: "list-logs", vehicleId: id });
    if (reply.ok && reply.value.kind === "logs") desk.logs.set(new Map(desk.logs.get()).set(id, reply.value.logs));
  }, [ask, desk, id]);
  const logs = useWhole(desk.logs).get(id);
  return { state, list, logs };
}

/** Opens in Review and goes there; says why not and stays otherwise. */
function useOpening() {
  const station = useStation();
  const [opening, setOpening] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState<StationFailure | undefined>(undefined);
  const open = async (name: string, file: string): Promise<void> => {
    setOpening(name);
    setFailure(undefined);
    const opened = await openRecording(station, file);
    setOpening(undefined);
    if (opened.ok) workspace.set("review");
    else setFailure(opened.error);
  };
  return { opening, failure, open };
}

export function LogsPage({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const station = useStation();
  const { state, list, logs } = useLogList(vehicle);
  const { opening, failure, open } = useOpening();
  const download = useWhole(station.services.logDownloads).get(vehicle.id);
  const { state: asked, ask } = useAsk();
  const unreachable = useUnreachable(vehicle);
  const { name, id, isArmed } = vehicle;
  const isListed = logs !== undefined;
  // The first look asks by itself, once it may.
  useEffect(() => {
    if (!isListed && !isArmed && unreachable === undefined) void list();
  }, [isListed, isArmed, unreachable, list]);

  const because = (): string | undefined => {
    if (unreachable !== undefined) return t(unreachable);
    if (isArmed) return t("setup.because.armed");
    return isUnderWay(download) ? t("setup.logs.because.other") : undefined;
  };
  const blockedBecause = because();
  // A download that fails is told in its row.
  const isToldInRow = asked.kind === "failed" && asked.failure.kind === "log" && download?.failure !== undefined;
  return (
    <Panel
      title={t("setup.logs.title", { name })}
      isFlush
      testId="logs"
      aside={
        <Button
          label={t("setup.logs.refresh")}
          onPress={() => void list()}
          disabledBecause={blockedBecause}
          isBusy={state.kind === "pending"}
          testId="logs-refresh"
        />
      }
    >
      {isArmed && <Toast tone="caution" title={t("setup.logs.armed", { name })} testId="logs-armed" />}
      {opening !== undefined && <Toast tone="info" title={t("setup.logs.opening", { name: opening })} />}
      {failure && <FailureToast failure={failure} testId="log-open-failure" />}
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="logs-failure" />}
      {asked.kind === "failed" && !isToldInRow && <FailureToast failure={asked.failure} />}
      {state.kind === "pending" && logs === undefined && (
        <p className="setup-none">{t("setup.logs.listing", { name })}</p>
      )}
      {logs?.length === 0 && <p className="setup-none">{t("setup.logs.empty", { name })}</p>}
      {logs !== undefined && logs.length > 0 && (
        <table className="setup-table setup-table--logs">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`setup.logs.column.${column}`)}
                </th>
              ))}
              <th aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {sorted(logs).map((log) => (
              <Row
                key={log.logId}
                log={log}
                download={download?.logId === log.logId ? download : undefined}
                blockedBecause={blockedBecause}
                onDownload={() => {
                  // The list then knows the file also when the next download has taken its place in the news.
                  void ask({ kind: "download-log", vehicleId: id, logId: log.logId }).then((reply) => {
                    if (reply.ok) void list();
                  });
                }}
                onCancel={() => void station.request({ kind: "cancel-log", vehicleId: id })}
                onOpen={(file) => void open(log.name, file)}
              />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
