import { useEffect, useRef } from "react";
import type { VideoFrame } from "../../src/contract/messages.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { Panel } from "../ui/Panel.js";
import type { Player } from "./player.js";

/** The recorded thermal picture at the cursor, with its boxes. */
export function ReplayPicture({ player }: { readonly player: Player }) {
  const t = useText();
  const format = useFormat();
  const { frame, document } = player;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const hasPicture = useLatest(frame, (picture) => picture !== undefined);
  const time = useLatest(frame, (picture) => (picture ? format.utcText(picture.unixTimeUs) : ""));
  useEffect(() => {
    const draw = (): void => {
      const picture = frame.get();
      if (canvasRef.current && picture) paint(canvasRef.current, picture);
    };
    draw();
    return frame.onChange(draw);
  }, [frame]);
  if (!document.video) return <p className="review-empty ui-panel">{t("review.picture.none")}</p>;
  return (
    <Panel
      title={t("review.picture")}
      isFlush
      aside={<span className="ui-number">{time}</span>}
      testId="review-picture"
    >
      <canvas ref={canvasRef} className="review-canvas" hidden={!hasPicture} data-testid="review-canvas" />
      {!hasPicture && <p className="review-empty">{t("review.picture.not-now")}</p>}
    </Panel>
  );
}

function paint(canvas: HTMLCanvasElement, { widthPx, heightPx, luma, boxes }: VideoFrame): void {
  if (canvas.width !== widthPx) canvas.width = widthPx;
  if (canvas.height !== heightPx) canvas.height = heightPx;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(widthPx, heightPx);
  for (let i = 0; i < luma.length; i++) {
    const grey = luma[i] ?? 0;
    image.data.set([grey, grey, grey, 255], i * 4);
  }
  context.putImageData(image, 0, 0);
  const style = getComputedStyle(canvas);
  context.lineWidth = 2;
  context.font = "14px 'IBM Plex Mono', monospace";
  for (const box of boxes) {
    const colour = style.getPropertyValue(box.class === "unknown" ? "--text" : `--${box.class}`);
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.strokeRect(box.x, box.y, box.w, box.h);
    context.fillText(box.contactId ?? box.class, box.x, box.y - 4);
  }
}
