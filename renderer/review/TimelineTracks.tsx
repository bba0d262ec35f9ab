import { memo, useMemo } from "react";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import { useText } from "../app/text.js";
import { type CurvePoint, type Mark, type Span, type TimeScale, armedSpans, curveOf, modeSpans } from "./timeline.js";

type TimelineTracksProps = {
  readonly document: RecordingDocument;
  readonly track: readonly RecordedSample[];
  readonly marks: readonly Mark[];
  readonly scale: TimeScale;
  readonly labelsPx: number;
  readonly widthPx: number;
};

const MODE = { y: 2, height: 20 };
const ARMED = { y: 26, height: 8 };
const HEIGHT = { y: 40, height: 36 };
const BATTERY = { y: 80, height: 22 };
const MARKS_Y = 114;
const CURVE_POINTS = 1200;
// Approximate letter width: the name of a mode that does not fit its span is shown by hovering and by the panel.
const LETTER_PX = 7.5;

function SpanBar({
  span,
  scale,
  row,
  tone,
}: {
  readonly span: Span;
  readonly scale: TimeScale;
  readonly row: typeof MODE;
  readonly tone: string;
}) {
  const x = scale.xOf(span.fromUnixUs);
  const width = Math.max(1, scale.xOf(span.toUnixUs) - x);
  const fits = span.label.length * LETTER_PX + 8 < width && row === MODE;
  return (
    <g className={`review-span review-span--${tone}`}>
      <rect x={x} y={row.y} width={width} height={row.height}>
        <title>{span.label}</title>
      </rect>
      {fits && (
        <text x={x + 5} y={row.y + 14}>
          {span.label}
        </text>
      )}
    </g>
  );
}

const pathOf = (points: readonly CurvePoint[], scale: TimeScale, yOf: (value: number) => number): string =>
  points
    .map(
      ({ unixTimeUs, value }, i) =>
        `${i === 0 ? "M" : "L"}${scale.xOf(unixTimeUs).toFixed(1)} ${yOf(value).toFixed(1)}`,
    )
    .join("");

/** Maps the value range to the row's height; a constant curve is drawn along the bottom. */
function yScale(points: readonly CurvePoint[], row: typeof MODE, floor: number): (value: number) => number {
  const greatest = points.reduce((most, { value }) => Math.max(most, value), floor + 1e-6);
  const least = points.reduce((few, { value }) => Math.min(few, value), floor);
  return (value) => row.y + row.height - ((value - least) / (greatest - least)) * row.height;
}

const MARK_PATHS = {
  text: "M0 -5 V5",
  contact: "M0 -5 L5 0 L0 5 L-5 0 Z",
  event: "M0 -5 L5 4 H-5 Z",
} as const;

export const TimelineTracks = memo(function TimelineTracks(props: TimelineTracksProps) {
  const { document, track, marks, scale, labelsPx, widthPx } = props;
  const t = useText();
  const vehicle = document.report.vehicles[0];
  const { lastUnixUs } = document.report;
  const heights = useMemo(() => curveOf(track, (s) => s.altitudeAboveHomeM, CURVE_POINTS), [track]);
  const batteries = useMemo(
    () =>
      curveOf(
        track,
        (s) => s.batteryFraction ?? (s.batteryVoltageV === undefined ? undefined : s.batteryVoltageV),
        CURVE_POINTS,
      ),
    [track],
  );
  const labels = [
    ["mode", MODE.y + 14],
    ["armed", ARMED.y + 9],
    ["height", HEIGHT.y + 22],
    ["battery", BATTERY.y + 15],
    ["marks", MARKS_Y + 4],
  ] as const;
  return (
    <svg className="review-tracks" width={widthPx} height={128} aria-hidden="true">
      {labels.map(([id, y]) => (
        <text key={id} className="review-track-label" x={8} y={y}>
          {t(`review.track.${id}`)}
        </text>
      ))}
      <g transform={`translate(${labelsPx} 0)`}>
        {[HEIGHT, BATTERY].map(({ y, height }) => (
          <line key={y} className="review-foot" x1={0} x2={widthPx} y1={y + height + 0.5} y2={y + height + 0.5} />
        ))}
        {vehicle &&
          modeSpans(vehicle, lastUnixUs).map((span) => (
            <SpanBar key={span.fromUnixUs} span={span} scale={scale} row={MODE} tone="mode" />
          ))}
        {vehicle &&
          armedSpans(vehicle, t("review.armed"), lastUnixUs).map((span) => (
            <SpanBar key={span.fromUnixUs} span={span} scale={scale} row={ARMED} tone="armed" />
          ))}
        <path className="review-curve review-curve--height" d={pathOf(heights, scale, yScale(heights, HEIGHT, 0))} />
        <path
          className="review-curve review-curve--battery"
          d={pathOf(batteries, scale, yScale(batteries, BATTERY, 0))}
        />
        {marks.map((mark, i) => (
          <path
            key={i}
            className={`review-mark review-mark--${mark.kind} review-mark--${mark.severity}`}
            d={MARK_PATHS[mark.kind]}
            transform={`translate(${scale.xOf(mark.unixTimeUs).toFixed(1)} ${MARKS_Y})`}
          />
        ))}
      </g>
    </svg>
  );
});
