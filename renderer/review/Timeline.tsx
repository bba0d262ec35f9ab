import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { type Mark, markNear, marksOf, ticksOf, timeScale } from "./timeline.js";
import type { Player } from "./player.js";
import { seek } from "./replayClock.js";
import { TimelineTracks } from "./TimelineTracks.js";
import { useWidth } from "./useWidth.js";

const LABELS_PX = 76;
const TICK_SPACING_PX = 90;
const TICK_WORDS_PX = 68;

type TimelineProps = { readonly player: Player };

/** The whole recording on one time line. The cursor and the text under the pointer move without React. */
export function Timeline({ player }: TimelineProps) {
  const t = useText();
  const format = useFormat();
  const { document, clock } = player;
  const [hostRef, widthPx] = useWidth<HTMLDivElement>();
  const cursorRef = useRef<HTMLDivElement>(null);
  const hoverRef = useRef<HTMLDivElement>(null);
  const { firstUnixUs, lastUnixUs } = document.report;
  const scale = useMemo(
    () => timeScale(firstUnixUs, lastUnixUs, widthPx - LABELS_PX),
    [firstUnixUs, lastUnixUs, widthPx],
  );
  const marks = useMemo(() => marksOf(document), [document]);
  const valueText = useLatest(clock, ({ atUnixUs }) => format.utcText(atUnixUs));

  useEffect(() => {
    const draw = (): void => {
      const x = LABELS_PX + scale.xOf(clock.get().atUnixUs);
      cursorRef.current?.style.setProperty("transform", `translateX(${x.toFixed(1)}px)`);
    };
    draw();
    return clock.onChange(draw);
  }, [clock, scale]);

  const xIn = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left - LABELS_PX;
  const onDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const mark = markNear(marks, scale, xIn(event));
    const to = mark?.unixTimeUs ?? scale.timeAt(xIn(event));
    player.change((before) => seek(before, to));
  };
  const onMove = (event: PointerEvent<HTMLElement>): void => {
    const x = xIn(event);
    if (event.buttons === 1) player.change((before) => seek(before, scale.timeAt(x)));
    showHover(hoverRef.current, {
      x,
      widthPx,
      words: hoverWords(markNear(marks, scale, x), format.utcText(scale.timeAt(x))),
    });
  };
  return (
    <div
      ref={hostRef}
      className="review-timeline"
      role="slider"
      tabIndex={0}
      aria-label={t("review.timeline")}
      aria-valuemin={0}
      aria-valuemax={Math.round((lastUnixUs - firstUnixUs) / 1e6)}
      aria-valuenow={Math.round((clock.get().atUnixUs - firstUnixUs) / 1e6)}
      aria-valuetext={valueText}
      data-testid="timeline"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerLeave={() => showHover(hoverRef.current, undefined)}
    >
      <TimelineTracks
        document={document}
        track={player.track}
        scale={scale}
        labelsPx={LABELS_PX}
        widthPx={widthPx}
        marks={marks}
      />
      <TimeAxis document={document} widthPx={widthPx} />
      <div ref={cursorRef} className="review-cursor" aria-hidden="true" />
      <div ref={hoverRef} className="review-hover" hidden />
    </div>
  );
}

function TimeAxis({ document, widthPx }: { readonly document: RecordingDocument; readonly widthPx: number }) {
  const format = useFormat();
  const { firstUnixUs, lastUnixUs } = document.report;
  const scale = timeScale(firstUnixUs, lastUnixUs, widthPx - LABELS_PX);
  const ticks = ticksOf(firstUnixUs, lastUnixUs, (widthPx - LABELS_PX) / TICK_SPACING_PX);
  return (
    <div className="review-axis" aria-hidden="true">
      {ticks
        .filter((at) => scale.xOf(at) < widthPx - LABELS_PX - TICK_WORDS_PX)
        .map((at) => (
          <span key={at} style={{ left: LABELS_PX + scale.xOf(at) }}>
            {format.utcText(at)}
          </span>
        ))}
    </div>
  );
}

const hoverWords = (mark: Mark | undefined, time: string): string => (mark ? `${time}  ${mark.label}` : time);

type Hover = { readonly x: number; readonly widthPx: number; readonly words: string };

function showHover(element: HTMLDivElement | null, hover: Hover | undefined): void {
  if (!element) return;
  element.hidden = hover === undefined || hover.x < 0;
  if (!hover) return;
  element.textContent = hover.words;
  // In the right half the text is left of the pointer, so that it is never cut off.
  const x = LABELS_PX + hover.x;
  element.style.transform = x > hover.widthPx / 2 ? `translateX(calc(${x}px - 100% - 8px))` : `translateX(${x + 8}px)`;
}
