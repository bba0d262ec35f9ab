import { useCallback } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import { type StatusWord, linkWord, recorderWord, videoWord } from "./statusWords.js";
import { shownUnixUs } from "./stationLoss.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";
import { useTick } from "./useTick.js";

/** Numbers of links and video change many times a second and are read once a second: a tick reads them. */
function useWord(read: () => StatusWord): StatusWord {
  const packed = useTick(
    useCallback(() => JSON.stringify(read()), [read]),
    2,
  );
  return JSON.parse(packed) as StatusWord;
}

function Word({ word, testId }: { readonly word: StatusWord; readonly testId: string }) {
  return (
    <span className="app-status" data-tone={word.tone} title={word.title} data-testid={testId}>
      {word.label} <b>{word.value}</b>
    </span>
  );
}

export function StatusWords() {
  const station = useStation();
  const t = useText();
  const format = useFormat();
  const link = useWord(useCallback(() => linkWord(t, format, station.links.get()), [t, format, station]));
  const video = useWord(useCallback(() => videoWord(t, format, station.videoStatus.get()), [t, format, station]));
  const readRecorder = useCallback(
    () => recorderWord(t, format, { recorder: station.recorder.get(), nowUnixUs: shownUnixUs(station) }),
    [t, format, station],
  );
  const recorder = useWord(readRecorder);
  // Two screens command alike: each must know of the other.
  const countOfScreens = useLatest(station.countOfScreens, (count) => count) ?? 1;
  return (
    <>
      {countOfScreens > 1 && (
        <span className="app-status" data-tone="caution" title={t("app.screens.title")} data-testid="status-screens">
          ▲ <b>{t("app.screens", { count: countOfScreens })}</b>
        </span>
      )}
      <Word word={link} testId="status-link" />
      <Word word={video} testId="status-video" />
      <Word word={recorder} testId="status-recorder" />
    </>
  );
}
