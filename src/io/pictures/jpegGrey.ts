import { coloursOf, type AdobeTransform, type Component, type Frame } from "./jpegFrame.js";
import { lumaOf } from "./sampledPicture.js";

type At = (x: number, y: number) => number;

/** The grey picture of the decoded planes. */
export function greyFrom(frame: Frame, adobe: AdobeTransform): Uint8Array {
  const { widthPx, heightPx, components } = frame;
  const [first, second, third, fourth] = components.map((component) => planeReader(frame, component));
  const grey = greyOf(coloursOf(frame, adobe), adobe !== undefined, [first, second, third, fourth]);
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) out[y * widthPx + x] = grey(x, y);
  }
  return out;
}

/** A component may be coarser than the picture: its nearest value is taken. */
function planeReader({ components }: Frame, { plane, across, down }: Component): At {
  const acrossMax = Math.max(...components.map((component) => component.across));
  const downMax = Math.max(...components.map((component) => component.down));
  if (!plane) return () => 0;
  const { widthPx, values } = plane;
  if (across === acrossMax && down === downMax) return (x, y) => values[y * widthPx + x] ?? 0;
  return (x, y) => values[Math.floor((y * down) / downMax) * widthPx + Math.floor((x * across) / acrossMax)] ?? 0;
}

const none: At = () => 0;

function greyOf(
  colours: ReturnType<typeof coloursOf>,
  isAdobe: boolean,
  [a = none, b = none, c = none, d = none]: readonly (At | undefined)[],
): At {
  switch (colours) {
    case "grey":
      return a;
    case "rgb":
      return (x, y) => lumaOf(a(x, y), b(x, y), c(x, y));
    case "cmyk":
      // Adobe stores how much is left of the paper instead of how much ink there is.
      return isAdobe
        ? (x, y) => (lumaOf(a(x, y), b(x, y), c(x, y)) * d(x, y)) / 255
        : (x, y) => ((255 - lumaOf(a(x, y), b(x, y), c(x, y))) * (255 - d(x, y))) / 255;
    case "ycck":
      return (x, y) => ((255 - a(x, y)) * d(x, y)) / 255;
  }
}
