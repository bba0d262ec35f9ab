import { useCallback } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { type StatusItem, linkStatus, recorderStatus, videoStatus } from "./statusItems.js";
import { shownUnixUs } from "./stationLoss.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";
import { useTick } from "./useTick.js";

/** Link and video numbers change many times a second; they are sampled twice a second. */
const useStatus = (read: () => StatusItem): StatusItem => useTick(read, 2);

function Status({ status, testId }: { readonly status: StatusItem; readonly testId: string }) {
  return (
    <span className="app-status" data-tone={status.tone} title={status.title} data-testid={testId}>
      {status.label} <b>{status.value}</b>
    </span>
  );
}

export function StatusLine() {
  const station = useStation();
  const t = useText();
  const format = useFormat();
  const link = useStatus(useCallback(() => linkStatus(t, format, station.links.get()), [t, format, station]));
  const video = useStatus(useCallback(() => videoStatus(t, format, station.videoStatus.get()), [t, format, station]));
  const readRecorder = useCallback(
    () => recorderStatus(t, format, { recorder: station.recorder.get(), nowUnixUs: shownUnixUs(station) }),
    [t, format, station],
  );
  const recorder = useStatus(readRecorder);
  // Every connected screen can send commands, so each must show that there are others.
  const countOfScreens = useLatest(station.countOfScreens, (count) => count) ?? 1;
  return (
    <>
      {countOfScreens > 1 && (
        <span className="app-status" data-tone="caution" title={t("app.screens.title")} data-testid="status-screens">
          ▲ <b>{t("app.screens", { count: countOfScreens })}</b>
        </span>
      )}
      <Status status={link} testId="status-link" />
      <Status status={video} testId="status-video" />
      <Status status={recorder} testId="status-recorder" />
    </>
  );
}
