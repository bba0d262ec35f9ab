/** What the top line shows of links, video and recorder. Pure. */
import type { LinkStatus } from "../../src/contract/linkMessages.js";
import type { RecorderStatus, VideoStatus } from "../../src/contract/messages.js";
import { linkTroubleOf } from "../../src/contract/linkTrouble.js";
import type { Format } from "./format.js";
import { linkTroubleText } from "../../src/contract/linkTroubleTexts.js";
import { hasText, type Translate } from "./text.js";
import { videoProblemText } from "./videoProblemText.js";

export type StatusItem = {
  readonly label: string;
  readonly value: string;
  readonly tone: "plain" | "good" | "caution" | "danger";
  readonly title: string;
};

// Above about 5 % loss transfers begin to repeat items; above 20 % commands become slow.
const LOSS_CAUTION = 0.05;
const LOSS_DANGER = 0.2;

function linkTone({ state, lossFraction }: LinkStatus): StatusItem["tone"] {
  if (state === "lost" || state === "failed" || lossFraction > LOSS_DANGER) return "danger";
  if (state === "opening" || lossFraction > LOSS_CAUTION) return "caution";
  return "plain";
}

const isDown = ({ state }: LinkStatus): boolean => state === "lost" || state === "failed";

export function linkStatus(t: Translate, format: Format, all: readonly LinkStatus[]): StatusItem {
  // Links that forward to another station say nothing about the aircraft.
  const links = all.filter(({ role }) => role === "vehicle");
  // The worst link is the one to know about.
  const rank = { danger: 3, caution: 2, good: 1, plain: 0 } as const;
  const worst = [...links].sort((a, b) => rank[linkTone(b)] - rank[linkTone(a)])[0];
  if (worst && isDown(worst) && !links.every(isDown)) return someDownStatus({ t, format }, links, worst);
  if (!worst) return { label: t("app.link"), value: t("app.link.none"), tone: "caution", title: t("app.link.none") };
  const state = t(`app.link.state.${worst.state}`);
  const loss = format.percentText(worst.lossFraction, 1);
  const isUp = worst.state === "open";
  const roundTrip = worst.roundTripMs === undefined ? state : `${format.numberText(worst.roundTripMs)}\u00a0ms`;
  const value = isUp ? `${roundTrip} · ${t("app.link.loss", { loss })}` : state;
  const facts = {
    uri: worst.uri,
    state,
    rate: format.numberText(worst.messagesPerS),
    loss,
    bad: worst.countOfBadChecksums,
  };
  const because = worst.because === undefined ? "" : ` (${linkTroubleText(t, linkTroubleOf(worst.because))})`;
  return { label: t("app.link"), value, tone: linkTone(worst), title: t("app.link.title", facts) + because };
}

type Words = { readonly t: Translate; readonly format: Format };

/** Some links are down, others work: caution, not danger. */
function someDownStatus({ t, format }: Words, links: readonly LinkStatus[], worst: LinkStatus): StatusItem {
  const value = t("app.link.some", { down: links.filter(isDown).length, all: links.length });
  const because = worst.because === undefined ? "" : ` (${linkTroubleText(t, linkTroubleOf(worst.because))})`;
  const title = format.labelled(worst.uri, `${t(`app.link.state.${worst.state}`)}${because}`);
  return { label: t("app.link"), value, tone: "caution", title };
}

const VIDEO_TONES = { none: "plain", waiting: "plain", stale: "caution", failed: "danger" } as const;

/** A negative latency means that the clocks of camera and station differ: then no latency is shown. */
export const latencyText = (format: Format, latencyMs: number | undefined): string =>
  latencyMs === undefined || latencyMs < 0 ? "" : ` · ${format.numberText(latencyMs)}\u00a0ms`;

export function videoStatus(t: Translate, format: Format, video: VideoStatus | undefined): StatusItem {
  const title = video?.because ? videoProblemText(t, video.because) : (video?.uri ?? "");
  if (video?.state === "live") {
    const value = `${format.numberText(video.framesPerS)}\u00a0${t("app.video.fps")}${latencyText(format, video.latencyMs)}`;
    return { label: t("app.video"), value, tone: "plain", title };
  }
  const state = video?.state ?? "none";
  return { label: "", value: t(`app.video.${state}`), tone: VIDEO_TONES[state], title };
}

/** Below one hour of free disk space, the remaining time is shown beside the recording. */
const SHORT_OF_DISK_S = 3600;

export function recorderStatus(
  t: Translate,
  format: Format,
  { recorder, nowUnixUs }: { readonly recorder: RecorderStatus | undefined; readonly nowUnixUs: number },
): StatusItem {
  if (!recorder || recorder.state === "idle")
    return { label: "", value: t("app.recorder.idle"), tone: "plain", title: "" };
  if (recorder.state === "failed") {
    const key = `notice.because.${recorder.because ?? ""}`;
    const title = hasText(key) ? t(key) : "";
    return { label: "", value: t("app.recorder.failed"), tone: "danger", title };
  }
  return recordingStatus(t, format, recorder, nowUnixUs);
}

function recordingStatus(t: Translate, format: Format, recorder: RecorderStatus, nowUnixUs: number): StatusItem {
  const sinceS = recorder.sinceUnixUs === undefined ? 0 : (nowUnixUs - recorder.sinceUnixUs) / 1e6;
  const isVideoLost = recorder.isVideoRecorded === false;
  const { freeBytes, secondsLeft } = recorder;
  const isShort = secondsLeft !== undefined && secondsLeft < SHORT_OF_DISK_S;
  const value = [
    t("app.recorder.recording", { span: format.spanText(sinceS) }),
    ...(isVideoLost ? [t("app.recorder.no-video")] : []),
    ...(isShort ? [t("app.recorder.left", { span: format.spanText(secondsLeft) })] : []),
  ].join(" · ");
  const title = [
    t("app.recorder.title", { folder: recorder.folder ?? "", bytes: format.bytesText(recorder.bytes) }),
    ...(freeBytes === undefined ? [] : [t("app.recorder.free", { bytes: format.bytesText(freeBytes) })]),
  ].join(", ");
  return { label: "●", value, tone: isVideoLost || isShort ? "caution" : "good", title };
}
