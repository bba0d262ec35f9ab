import { useCallback, useEffect } from "react";
import type { LogDownload, LogEntry } from "../../../src/contract/serviceMessages.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { shownWorkspace } from "../../app/workspace.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { openRecording, reviewStore } from "../../review/reviewStore.js";
import { Button } from "../../ui/Button.js";
import { Meter } from "../../ui/Meter.js";
import { Panel } from "../../ui/Panel.js";
import { Toast } from "../../ui/Toast.js";
import { FailureToast } from "../FailureToast.js";
import { setupStore } from "../setupStore.js";
import { useAsk } from "../useAsk.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";

const isRunning = (download: LogDownload | undefined): boolean =>
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
      ✓ {log.fileBytes === undefined || download ? t("setup.logs.have") : t("setup.logs.grew")}
    </span>
  );
}

function LogAction({ log, download, blockedBecause, onDownload, onCancel, onOpen }: RowProps) {
  const t = useText();
  const file = download?.file ?? log.file;
  if (isRunning(download)) {
    return <Button label={t("setup.logs.cancel")} tone="caution" onPress={onCancel} testId="log-cancel" />;
  }
  if (file !== undefined) {
    const hasGrown = log.fileBytes !== undefined && !download;
    return (
      <>
        <Button
          label={t("setup.logs.open")}
          tone="select"
          onPress={() => onOpen(file)}
          testId={`log-open-${log.logId}`}
        />
        {hasGrown && (
          <Button
            label={t("setup.logs.download")}
            onPress={onDownload}
            disabledBecause={blockedBecause}
            testId={`log-download-${log.logId}`}
          />
        )}
      </>
    );
  }
  const isBroken = download?.phase === "failed" || download?.phase === "cancelled";
  return (
    <Button
      label={t(isBroken ? "setup.logs.resume" : "setup.logs.download")}
      onPress={onDownload}
      disabledBecause={blockedBecause}
      testId={`log-download-${log.logId}`}
    />
  );
}

function Row(props: RowProps) {
  const { log, download } = props;
  const t = useText();
  const format = useFormat();
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
        <LogAction {...props} />
      </td>
    </tr>
  );
}

/** Newest first; logs without a date by name, last. */
const sorted = (logs: readonly LogEntry[]): readonly LogEntry[] =>
  [...logs].sort(
    (a, b) => (b.unixTimeUs ?? 0) - (a.unixTimeUs ?? 0) || b.name.localeCompare(a.name, "en", { numeric: true }),
  );

const COLUMNS = ["name", "date", "size", "state"] as const;

function useLogList(vehicle: VehicleFacts) {
  const setup = useStore(setupStore);
  const { state, ask } = useAsk();
  const { id } = vehicle;
  const list = useCallback(async () => {
    const reply = await ask({ kind: "list-logs", vehicleId: id });
    if (reply.ok && reply.value.kind === "logs") setup.logs.set(new Map(setup.logs.get()).set(id, reply.value.logs));
  }, [ask, setup, id]);
  const logs = useWhole(setup.logs).get(id);
  return { state, list, logs };
}

type LogTableProps = {
  readonly vehicle: VehicleFacts;
  readonly logs: readonly LogEntry[];
  readonly blockedBecause: string | undefined;
  readonly onListed: () => void;
};

function LogTable({ vehicle, logs, blockedBecause, onListed }: LogTableProps) {
  const t = useText();
  const station = useStation();
  const review = useStore(reviewStore);
  const workspace = useStore(shownWorkspace);
  const { state, ask } = useAsk();
  const { id } = vehicle;
  const download = useWhole(station.services.logDownloads).get(id);
  // A failed download is shown in its row.
  const isShownInRow = download?.failure !== undefined;
  // Review shows the progress and the reason of a failure.
  const open = (name: string, path: string): void => {
    void openRecording(review, { name, path });
    workspace.set("review");
  };
  const start = async (logId: string): Promise<void> => {
    const reply = await ask({ kind: "download-log", vehicleId: id, logId });
    // The list keeps the file's path; the download state is replaced by the next download.
    if (reply.ok) onListed();
  };
  return (
    <>
      {state.kind === "failed" && !isShownInRow && <FailureToast failure={state.failure} testId="log-refused" />}
      <table className="setup-table">
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
              blockedBecause={blockedBecause ?? (isRunning(download) ? t("setup.logs.because.other") : undefined)}
              onDownload={() => void start(log.logId)}
              onCancel={() => void station.request({ kind: "cancel-log", vehicleId: id })}
              onOpen={(path) => open(log.name, path)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Logs on board the aircraft: listed, downloaded, opened in Review. */
export function LogsPage({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const { state, list, logs } = useLogList(vehicle);
  const unreachable = useUnreachable(vehicle);
  const { name, isArmed } = vehicle;
  const isListed = logs !== undefined;
  const blockedBy = unreachable ?? (isArmed ? "setup.because.armed" : undefined);
  // The list is loaded on the first visit, once the aircraft may be asked.
  useEffect(() => {
    if (!isListed && blockedBy === undefined) void list();
  }, [isListed, blockedBy, list]);
  const blockedBecause = blockedBy && t(blockedBy);
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
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="logs-failure" />}
      {state.kind === "pending" && !isListed && <p className="setup-none">{t("setup.logs.listing", { name })}</p>}
      {isListed && logs.length === 0 && <p className="setup-none">{t("setup.logs.empty", { name })}</p>}
      {isListed && logs.length > 0 && (
        <LogTable vehicle={vehicle} logs={logs} blockedBecause={blockedBecause} onListed={() => void list()} />
      )}
    </Panel>
  );
}
