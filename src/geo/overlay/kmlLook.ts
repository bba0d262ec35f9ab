/** Styles of KML: LineStyle, PolyStyle and IconStyle, named ones and those of a placemark itself. */
import { type OverlayLook, PLAIN_LOOK } from "./overlay.js";
import { childOf, childrenOf, textOf, type XmlElement } from "./xmlTree.js";

/** A line as wide as a finger hides what is under it. */
const STROKE_PX_MAX = 20;

type Looks = ReadonlyMap<string, OverlayLook>;

/** The named looks of a document, wherever they stand in it. */
export function namedLooks(root: XmlElement): Looks {
  const looks = new Map<string, OverlayLook>();
  const pairs: { readonly id: string; readonly of: string }[] = [];
  const visit = (element: XmlElement): void => {
    const id = element.attributes.get("id");
    if (element.name === "Style" && id !== undefined) looks.set(id, lookOf(element, PLAIN_LOOK));
    if (element.name === "StyleMap" && id !== undefined) {
      const normal = childrenOf(element, "Pair").find((pair) => textOf(pair, "key") === "normal");
      const inside = childOf(normal, "Style");
      const of = idOf(textOf(normal, "styleUrl"));
      if (inside) looks.set(id, lookOf(inside, PLAIN_LOOK));
      else if (of !== undefined) pairs.push({ id, of });
    }
    for (const child of element.children) visit(child);
  };
  visit(root);
  for (const { id, of } of pairs) {
    const look = looks.get(of);
    if (look) looks.set(id, look);
  }
  return looks;
}

/** Of a placemark: what its own style says goes before what the named one says. */
export function lookOfPlacemark(placemark: XmlElement, looks: Looks, isPoint: boolean): OverlayLook {
  const named = looks.get(idOf(textOf(placemark, "styleUrl")) ?? "") ?? PLAIN_LOOK;
  const style = childOf(placemark, "Style");
  const look = style ? lookOf(style, named) : named;
  const icon = colourOf(childOf(style, "IconStyle"));
  return isPoint && icon !== undefined ? { ...look, stroke: icon } : look;
}

/** "#name": of this document. Styles of other files are not fetched. */
const idOf = (url: string | undefined): string | undefined => (url?.startsWith("#") ? url.slice(1) : undefined);

function lookOf(style: XmlElement, base: OverlayLook): OverlayLook {
  const [line, area] = [childOf(style, "LineStyle"), childOf(style, "PolyStyle")];
  const widthPx = Number(textOf(line, "width") ?? base.strokePx);
  const isFilled = textOf(area, "fill") !== "0";
  const isOutlined = textOf(area, "outline") !== "0";
  return {
    stroke: colourOf(line) ?? colourOf(childOf(style, "IconStyle")) ?? base.stroke,
    strokePx: isOutlined && widthPx >= 0 ? Math.min(widthPx, STROKE_PX_MAX) : 0,
    fill: isFilled ? (colourOf(area) ?? base.fill) : undefined,
  };
}

/** KML's order is opacity, blue, green, red. */
function colourOf(style: XmlElement | undefined): string | undefined {
  const [, opacity, blue, green, red] =
    /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(textOf(style, "color") ?? "") ?? [];
  return opacity === undefined ? undefined : `#${red}${green}${blue}${opacity}`.toLowerCase();
}
