import { useCallback, useEffect, useRef } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import type { FrameBox, VideoFrame, VideoStatus } from "../../src/contract/messages.js";
import type { Latest } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { FramePacer, pageClock } from "../scene/framePacer.js";
import { sceneQuality } from "../scene/quality.js";
import type { ThermalPalette } from "../scene/thermalPalette.js";
import { type BoxColours, packedPalette, paintBoxes, paintLuma } from "./videoPainter.js";
import { videoFacts, videoProblem } from "./videoWords.js";

type VideoPanelProps = {
  readonly frame: Latest<VideoFrame | undefined>;
  readonly status: Latest<VideoStatus | undefined>;
  readonly palette: ThermalPalette;
  readonly onPalette: () => void;
  readonly selectedId: Latest<string | undefined>;
  readonly onSelect: (contactId: string) => void;
  readonly onSwap?: () => void;
  /** Which of several cameras is shown; undefined where there is only one. */
  readonly camera?: string | undefined;
  readonly onNextCamera?: () => void;
};

/** The thermal video with detection boxes, cross and facts. Painted per frame, without React. */
export function VideoPanel(props: VideoPanelProps) {
  const { frame, status, palette, onPalette, onSwap, camera, onNextCamera } = props;
  const t = useText();
  const format = useFormat();
  const facts = useTick(
    useCallback(() => videoFacts(t, format, { frame: frame.get(), status: status.get() }), [t, format, frame, status]),
  );
  const problem = useTick(
    useCallback(() => videoProblem(t, { frame: frame.get(), status: status.get() }), [t, frame, status]),
  );
  return (
    <section className="ui-panel video" aria-label={t("panels.thermal")} data-testid="video-panel">
      <header className="ui-panel__head">
        <h2>{t("panels.thermal")}</h2>
        <div className="video-head">
          {camera !== undefined && (
            <button type="button" className="video-button" onClick={onNextCamera} title={t("panels.camera.next")}>
              {t("panels.camera", { camera })}
            </button>
          )}
          <button type="button" className="video-button" onClick={onPalette} title={t("panels.palette.next")}>
            {t(`panels.palette.${palette}`)} <kbd>P</kbd>
          </button>
          {onSwap && (
            <button type="button" className="video-button" onClick={onSwap} title={t("panels.swap")}>
              {t("panels.swap.short")} <kbd>V</kbd>
            </button>
          )}
        </div>
      </header>
      <VideoPicture {...props} problem={problem} />
      <footer className="video-foot">
        <span>{facts[1]}</span>
        <span>{facts[0]}</span>
        <span data-testid="video-centre">{facts[2]}</span>
      </footer>
    </section>
  );
}

function VideoPicture({
  frame,
  palette,
  selectedId,
  onSelect,
  problem,
}: VideoPanelProps & { readonly problem: string }) {
  const t = useText();
  const quality = useStore(sceneQuality);
  const hostRef = useRef<HTMLDivElement>(null);
  const pictureRef = useRef<HTMLCanvasElement>(null);
  const boxesRef = useRef<HTMLCanvasElement>(null);
  const nameOf = useCallback(
    (box: FrameBox): string =>
      `${box.contactId ?? ""} ${t(`object.${box.class}`)} ${box.score.toFixed(2).replace(/^0/, "")}`.trim(),
    [t],
  );
  useEffect(() => {
    const table = packedPalette(palette);
    let request = 0;
    let image: ImageData | undefined;
    const paint = (): void => {
      pacer.done();
      const picture = frame.get();
      const canvas = pictureRef.current;
      const boxes = boxesRef.current;
      if (!picture || !canvas || !boxes) return;
      image = putPicture(canvas, { picture, table, image });
      putBoxes(boxes, { picture, selectedId: selectedId.get(), nameOf });
    };
    // Several changes become one painting per screen refresh; with software rendering in step with the scene.
    const pacer = new FramePacer(() => (request = requestAnimationFrame(paint)), quality.pacing, pageClock);
    const ask = pacer.request;
    ask();
    const stops = [frame.onChange(ask), selectedId.onChange(ask)];
    const observer = new ResizeObserver(ask);
    if (hostRef.current) observer.observe(hostRef.current);
    return () => {
      for (const stop of stops) stop();
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [frame, palette, quality, selectedId, nameOf]);
  const onClick = (event: React.MouseEvent<HTMLCanvasElement>): void => {
    const picture = frame.get();
    if (!picture) return;
    const scale = picture.widthPx / event.currentTarget.clientWidth;
    const hit = boxUnder(picture, event.nativeEvent.offsetX * scale, event.nativeEvent.offsetY * scale);
    if (hit?.contactId !== undefined) onSelect(hit.contactId);
  };
  return (
    <div ref={hostRef} className="video-picture" data-problem={problem !== ""}>
      <canvas
        ref={pictureRef}
        width={640}
        height={512}
        role="img"
        aria-label={t("panels.thermal")}
        data-testid="video-canvas"
      />
      <canvas ref={boxesRef} className="video-boxes" onClick={onClick} />
      {problem !== "" && (
        <p className="video-problem" role="status">
          {problem}
        </p>
      )}
    </div>
  );
}

type Painting = { readonly picture: VideoFrame; readonly table: Uint32Array; readonly image: ImageData | undefined };

/** Returns the ImageData it painted with, for the next frame. */
function putPicture(canvas: HTMLCanvasElement, { picture, table, image: known }: Painting): ImageData | undefined {
  const { widthPx, heightPx } = picture;
  if (canvas.width !== widthPx || canvas.height !== heightPx) {
    canvas.width = widthPx;
    canvas.height = heightPx;
  }
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!context) return known;
  const image = imageFor(context, known);
  paintLuma(picture.luma, table, new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
  return image;
}

/** `known` as long as it has the picture's size. */
const imageFor = (context: CanvasRenderingContext2D, known: ImageData | undefined): ImageData => {
  const { width, height } = context.canvas;
  return known?.width === width && known.height === height ? known : context.createImageData(width, height);
};

type Boxes = {
  readonly picture: VideoFrame;
  readonly selectedId: string | undefined;
  readonly nameOf: (box: FrameBox) => string;
};

function putBoxes(canvas: HTMLCanvasElement, { picture, selectedId, nameOf }: Boxes): void {
  const width = Math.max(1, canvas.clientWidth);
  const height = Math.max(1, Math.round((width * picture.heightPx) / picture.widthPx));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!context) return;
  paintBoxes({
    context,
    frame: picture,
    scale: width / picture.widthPx,
    colours: coloursOf(canvas),
    selectedId,
    nameOf,
  });
}

/** Overlay colours, read from the page's CSS (panels.css); the picture is dark in every theme. */
function coloursOf(element: Element): BoxColours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    person: read("--box-person"),
    boat: read("--box-boat"),
    vehicle: read("--box-vehicle"),
    unknown: read("--box-text"),
    select: read("--box-select"),
    ground: read("--box-ground"),
    text: read("--box-text"),
  };
}

/** The smallest box at the point: a group's box contains those of its people. */
function boxUnder(picture: VideoFrame, x: number, y: number): FrameBox | undefined {
  return picture.boxes
    .filter((box) => x >= box.x - 4 && y >= box.y - 4 && x <= box.x + box.w + 4 && y <= box.y + box.h + 4)
    .sort((a, b) => a.w * a.h - b.w * b.h)[0];
}
