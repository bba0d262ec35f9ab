import "./review.css";
import { type HTMLAttributes, useEffect, useMemo } from "react";
import { useActionKeys } from "../app/actions.js";
import { ErrorBoundary } from "../app/ErrorBoundary.js";
import { useText } from "../app/text.js";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { NowPanel } from "./NowPanel.js";
import type { Player } from "./player.js";
import { openRecordingFile, reviewStore } from "./reviewStore.js";
import { RecordingList } from "./RecordingList.js";
import { ReplayPicture } from "./ReplayPicture.js";
import { ReportPanel } from "./ReportPanel.js";
import { reviewActions } from "./reviewActions.js";
import { ReviewScene } from "./ReviewScene.js";
import { Timeline } from "./Timeline.js";
import { Transport } from "./Transport.js";

/** Moves the replay with the animation loop, only while it plays. */
function useReplayLoop(player: Player | undefined, isPlaying: boolean): void {
  useEffect(() => {
    if (!player || !isPlaying) return undefined;
    let lastMs = performance.now();
    let request = 0;
    const step = (nowMs: number): void => {
      player.tick(nowMs - lastMs);
      lastMs = nowMs;
      request = requestAnimationFrame(step);
    };
    request = requestAnimationFrame(step);
    return () => cancelAnimationFrame(request);
  }, [player, isPlaying]);
}

function OpenRecording({
  player,
  actions,
}: {
  readonly player: Player;
  readonly actions: ReturnType<typeof reviewActions>;
}) {
  const isPlaying = useLatest(player.clock, (clock) => clock.isPlaying);
  useReplayLoop(player, isPlaying);
  return (
    <>
      <ErrorBoundary>
        <ReviewScene player={player} />
      </ErrorBoundary>
      <div className="review-right">
        <ReplayPicture player={player} />
        <NowPanel player={player} />
        <ReportPanel document={player.document} />
      </div>
      <section className="ui-panel review-bottom">
        <Transport player={player} actions={actions} />
        <Timeline player={player} />
      </section>
    </>
  );
}

/** A log dropped anywhere on the workspace is opened. */
function useFileDrop(): Pick<HTMLAttributes<HTMLElement>, "onDragOver" | "onDrop"> {
  const review = useStore(reviewStore);
  return {
    onDragOver: (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    },
    onDrop: (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) void openRecordingFile(review, file);
    },
  };
}

export function ReviewWorkspace() {
  const t = useText();
  const latest = useStore(reviewStore).player;
  const drop = useFileDrop();
  const player = useWhole(latest);
  const actions = useMemo(() => reviewActions(latest), [latest]);
  useActionKeys(useMemo(() => Object.values(actions), [actions]));
  return (
    <div className="review" data-testid="review-workspace" {...drop}>
      {player ? (
        <OpenRecording key={player.document.recordingId} player={player} actions={actions} />
      ) : (
        <p className="review-none">{t("review.recordings.none-open")}</p>
      )}
      <div className="review-left">
        <RecordingList />
      </div>
    </div>
  );
}
