import { type ChangeEvent, useCallback, useEffect, useRef, useState } from "react";
import type { StationFailure } from "../../src/contract/failures.js";
import type { RecordingSummary } from "../../src/contract/recordings.js";
import type { Result } from "../../src/core/result.js";
import { type FailureText, failureText } from "../app/failureText.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import { Button } from "../ui/Button.js";
import { Panel } from "../ui/Panel.js";
import { Toast } from "../ui/Toast.js";
import { openRecording, openRecordingFile, playerOf } from "./review.js";

function useRecordings(): { readonly list: readonly RecordingSummary[]; readonly refresh: () => void } {
  const station = useStation();
  const [list, setList] = useState<readonly RecordingSummary[]>([]);
  const refresh = useCallback(() => {
    void station.request({ kind: "list-recordings" }).then((reply) => {
      if (reply.ok && reply.value.kind === "recordings") setList(reply.value.recordings);
    });
  }, [station]);
  useEffect(refresh, [refresh]);
  return { list, refresh };
}

type RowProps = { readonly recording: RecordingSummary; readonly isOpen: boolean; readonly onOpen: () => void };

function Row({ recording, isOpen, onOpen }: RowProps) {
  const t = useText();
  const format = useFormat();
  const isUnderWay = useLatest(
    useStation().recorder,
    (recorder) => recorder?.state === "recording" && recorder.folder === recording.path,
  );
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
          {isUnderWay && ` · ● ${t("review.under-way")}`}
          {!isUnderWay && !recording.isSealed && recording.kind === "sortie" && (
            <em> · ▲ {t("review.unsealed.short")}</em>
          )}
        </small>
      </button>
    </li>
  );
}

/** What was recorded here, and the door for a file from elsewhere. */
export function RecordingList() {
  const t = useText();
  const station = useStation();
  const { list, refresh } = useRecordings();
  const [opening, setOpening] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState<FailureText | undefined>(undefined);
  const fileRef = useRef<HTMLInputElement>(null);
  const openName = useLatest(playerOf(station), (player) => player?.document.name);

  const open = async (name: string, asked: Promise<Result<unknown, StationFailure>>): Promise<void> => {
    setOpening(name);
    setFailure(undefined);
    const opened = await asked;
    setOpening(undefined);
    if (!opened.ok) setFailure(failureText(t, opened.error));
  };
  const onFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    if (file) void open(file.name, openRecordingFile(station, file));
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
        <input
          ref={fileRef}
          type="file"
          accept=".tlog"
          hidden
          aria-label={t("review.open-file")}
          data-testid="tlog-file"
          onChange={onFile}
        />
      </div>
      {opening !== undefined && <Toast tone="info" title={t("review.opening", { name: opening })} />}
      {failure && (
        <Toast tone={failure.severity} title={failure.what} advice={failure.advice} testId="recording-failure" />
      )}
      {list.length === 0 && <p className="review-empty">{t("review.recordings.empty")}</p>}
      <ol className="review-rows">
        {list.map((recording) => (
          <Row
            key={recording.path}
            recording={recording}
            isOpen={recording.name === openName}
            onOpen={() => void open(recording.name, openRecording(station, recording.path))}
          />
        ))}
      </ol>
    </Panel>
  );
}
