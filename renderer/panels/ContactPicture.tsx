import { useEffect, useRef } from "react";
import type { GreyImage, ObjectClass } from "../../src/detect/detection.js";
import { type Latest, useLatest } from "../bridge/latest.js";
import { packedPalette, paintLuma } from "./videoPainter.js";

type ContactPictureProps = {
  readonly pictures: Latest<ReadonlyMap<string, GreyImage>>;
  readonly id: string;
  readonly objectClass: ObjectClass;
};

const TABLE = packedPalette("white-hot");
const GLYPHS: Readonly<Record<ObjectClass, string>> = {
  person: "M0 -8L6.5 0L0 8L-6.5 0Z",
  boat: "M0 -9L4.5 -3V7H-4.5V-3Z",
  vehicle: "M-6 -6H6V6H-6Z",
  unknown: "M6 0A6 6 0 1 1 -6 0A6 6 0 1 1 6 0Z",
};

/** The contact's picture with the same mark as in the scene; only the mark until a picture arrives. */
export function ContactPicture({ pictures, id, objectClass }: ContactPictureProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const hasPicture = useLatest(pictures, (map) => map.has(id));
  useEffect(() => {
    const paint = (): void => {
      const picture = pictures.get().get(id);
      const canvas = canvasRef.current;
      if (!picture || !canvas) return;
      canvas.width = picture.widthPx;
      canvas.height = picture.heightPx;
      const context = canvas.getContext("2d", { alpha: false });
      const image = context?.createImageData(picture.widthPx, picture.heightPx);
      if (!context || !image) return;
      paintLuma(picture.luma, TABLE, new Uint32Array(image.data.buffer));
      context.putImageData(image, 0, 0);
    };
    paint();
    let last = pictures.get().get(id);
    return pictures.onChange(() => {
      const next = pictures.get().get(id);
      if (next !== last) paint();
      last = next;
    });
  }, [pictures, id]);
  return (
    <span className="contact-picture" data-has={hasPicture}>
      <canvas ref={canvasRef} width={1} height={1} aria-hidden="true" />
      <svg viewBox="-10 -10 20 20" aria-hidden="true">
        <path d={GLYPHS[objectClass]} data-hollow={objectClass === "boat" || objectClass === "unknown"} />
      </svg>
    </span>
  );
}
