import { type ChangeEvent, useCallback, useEffect, useRef, useState } from "react";
import type { RecordingSummary } from "../../src/contract/recordings.js";
import { failureText } from "../app/failureText.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { Panel } from "../ui/Panel.js";
import { Toast } from "../ui/Toast.js";
import {
  LOG_ENDINGS,
  openedFraction,
  type Opening,
  openRecording,
  openRecordingFile,
  reviewStore,
  stopOpening,
} from "./reviewStore.js";

const PROGRESS_EVERY_MS = 500;

/** Undefined until the station replied: only then is it known whether there are any. */
function useRecordings(): { readonly list: readonly RecordingSummary[] | undefined; readonly refresh: () => void } {
  const station = useStation();
  const [list, setList] = useState<readonly RecordingSummary[] | undefined>(undefined);
  const isOpen = useLatest(station.connection, (state) => state === "open");
  const refresh = useCallback(() => {
    void station.request({ kind: "list-recordings" }).then((reply) => {
      if (reply.ok && reply.value.kind === "recordings") setList(reply.value.recordings);
    });
  }, [station]);
  useEffect(() => {
    if (isOpen) refresh();
  }, [refresh, isOpen]);
  return { list, refresh };
}

type RowProps = { readonly recording: RecordingSummary; readonly isOpen: boolean; readonly onOpen: () => void };

function Row({ recording, isOpen, onOpen }: RowProps) {
  const t = useText();
  const format = useFormat();
  const isWrittenHere = useLatest(
    useStation().recorder,
    (recorder) => recorder?.state === "recording" && recorder.folder === recording.path,
  );
  const isRecording = isWrittenHere || recording.isBeingRecorded === true;
  return (
    <li>
      <button
        type="button"
        className="review-row"
        aria-pressed={isOpen}
        data-testid="recording"
        title={recording.path}
        onClick={onOpen}
      >
        <b>{recording.name}</b>
        <small>
          {t(`review.kind.${recording.kind}`)} · {format.bytesText(recording.bytes)}
          {isRecording && ` · ● ${t("review.under-way")}`}
          {!isRecording && !recording.isSealed && recording.kind === "sortie" && (
            <em> · ▲ {t("review.unsealed.short")}</em>
          )}
        </small>
      </button>
    </li>
  );
}

/** The recording being read: progress once it takes longer than a moment, and a button to stop. */
function OpeningLine({ opening }: { readonly opening: Opening }) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const review = useStore(reviewStore);
  const [fraction, setFraction] = useState<number | undefined>(undefined);
  useEffect(() => {
    let isShown = true;
    const timer = setInterval(() => {
      void openedFraction(station, opening.path).then((read) => {
        if (isShown && read !== undefined) setFraction(read);
      });
    }, PROGRESS_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [station, opening]);
  return (
    <Toast tone="info" title={t("review.opening", { name: opening.name })} testId="recording-opening">
      {fraction !== undefined && <span className="ui-number"> {format.percentText(fraction)}</span>}
      <div className="review-tools">
        <Button
          label={t("review.stop-opening")}
          isSmall
          tone="quiet"
          testId="stop-opening"
          onPress={() => stopOpening(review)}
        />
      </div>
    </Toast>
  );
}

/** Recordings made here or downloaded from an aircraft, and a button for a file from elsewhere. */
export function RecordingList() {
  const t = useText();
  const { list, refresh } = useRecordings();
  const review = useStore(reviewStore);
  const opening = useWhole(review.opening);
  const failed = useWhole(review.failure);
  const failure = failed && failureText(t, failed);
  const fileRef = useRef<HTMLInputElement>(null);
  const openName = useLatest(review.player, (player) => player?.document.name);

  const onFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    if (file) void openRecordingFile(review, file);
    event.currentTarget.value = "";
  };
  return (
    <Panel
      title={t("review.recordings")}
      isFlush
      testId="recordings"
      aside={<Button label={t("review.refresh")} isSmall tone="quiet" onPress={refresh} />}
    >
      <div className="review-tools">
        <Button label={t("review.open-file")} testId="open-tlog" onPress={() => fileRef.current?.click()} />
        <small>{t("review.open-file.drop")}</small>
        <input
          ref={fileRef}
          type="file"
          accept={LOG_ENDINGS}
          hidden
          aria-label={t("review.open-file")}
          data-testid="tlog-file"
          onChange={onFile}
        />
      </div>
      {opening && <OpeningLine key={opening.path} opening={opening} />}
      {failure && (
        <Toast tone={failure.severity} title={failure.what} advice={failure.advice} testId="recording-failure" />
      )}
      {list === undefined && <p className="review-empty">{t("review.recordings.unknown")}</p>}
      {list?.length === 0 && <p className="review-empty">{t("review.recordings.empty")}</p>}
      <ol className="review-rows">
        {list?.map((recording) => (
          <Row
            key={recording.path}
            recording={recording}
            isOpen={recording.name === openName}
            onOpen={() => void openRecording(review, recording)}
          />
        ))}
      </ol>
    </Panel>
  );
}
