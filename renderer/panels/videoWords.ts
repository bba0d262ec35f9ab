import type { VideoFrame, VideoStatus } from "../../src/contract/messages.js";
import { latencyText } from "../app/statusItems.js";
import type { Format } from "../app/format.js";
import type { Translate } from "../app/text.js";
import { videoProblemText } from "../app/videoProblemText.js";

type VideoNow = { readonly frame: VideoFrame | undefined; readonly status: VideoStatus | undefined };

/** Three lines of facts: the stream, the camera's direction, the middle of the picture on the ground with its error. */
export function videoFacts(
  t: Translate,
  format: Format,
  { frame, status }: VideoNow,
): readonly [string, string, string] {
  const stream =
    status?.state === "live"
      ? `${format.numberText(status.framesPerS)}\u00a0${t("app.video.fps")}${latencyText(format, status.latencyMs)}`
      : "";
  const ground = frame?.ground;
  if (!ground) return [stream, t("panels.video.noGimbal"), ""];
  const errorM = ground.centreEllipse95.semiMajorM;
  const camera = `${t("panels.video.gimbal")} ${format.angleText(-ground.depressionDeg)} · ${format.bearingText(ground.azimuthDeg)}`;
  return [
    stream,
    camera,
    `${format.positionText(ground.centre.position)} ±${format.lengthText(errorM, errorM < 10 ? 1 : 0)}`,
  ];
}

/** The problem of the video as text over it; empty when there is none. */
export function videoProblem(t: Translate, { frame, status }: VideoNow): string {
  switch (status?.state) {
    case undefined:
    case "none":
      return t("panels.video.none");
    case "waiting":
      return t("panels.video.waiting", { uri: status.uri ?? "" });
    case "failed":
      return t("panels.video.failed", { because: videoProblemText(t, status.because) });
    case "stale":
      return t("panels.video.stale");
    case "live":
      return liveProblem(t, status, frame);
  }
}

function liveProblem(t: Translate, status: VideoStatus, frame: VideoFrame | undefined): string {
  if (!status.hasKlv) return t("panels.video.noKlv");
  return frame && !frame.ground ? t("panels.video.aboveHorizon") : "";
}
