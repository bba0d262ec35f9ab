import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { type VectorFeature, writeVectorTile } from "../../../src/io/maps/vectorTileWriter.js";
import { drawingOf, paintDrawing } from "./overlayTile.js";

/** Notes what is drawn. */
class Path {
  readonly words: string[] = [];
  moveTo(x: number, y: number): void {
    this.words.push(`M${x},${y}`);
  }
  lineTo(x: number, y: number): void {
    this.words.push(`L${x},${y}`);
  }
  closePath(): void {
    this.words.push("Z");
  }
}

const LINE: VectorFeature = {
  type: "line",
  parts: [
    [
      { x: 0, y: 0 },
      { x: 50, y: 25 },
    ],
  ],
  properties: { stroke: "#ff0000ff", strokePx: 3 },
};
function drawing(features: readonly VectorFeature[]) {
  const bytes = writeVectorTile([{ name: "overlay", extent: 100, features }]);
  return drawingOf(new VectorTile(new PbfReader(bytes)), () => new Path());
}

describe("a drawing in a vector tile", () => {
  it("is drawn look by look, points as dots, areas closed", () => {
    const area: VectorFeature = {
      type: "area",
      parts: [
        [
          { x: 0, y: 0 },
          { x: 100, y: 0 },
          { x: 100, y: 100 },
        ],
      ],
      properties: { stroke: "#00ff00ff", strokePx: 1, fill: "#00ff0080" },
    };
    const point: VectorFeature = {
      type: "point",
      parts: [[{ x: 20, y: 30 }]],
      properties: { stroke: "#0000ffff", strokePx: 2 },
    };
    const drawn = drawing([LINE, area, LINE, point]);
    expect(drawn.map(({ path }) => path.words.join(" "))).toEqual([
      "M0,0 L0.5,0.25 M0,0 L0.5,0.25",
      "M0,0 L1,0 L1,1 L0,0 Z",
      "M0.2,0.3 L0.2,0.3",
    ]);
    expect(drawn.map(({ look }) => look.fill)).toEqual([undefined, "#00ff0080", undefined]);
  });

  it("takes no colour that is none", () => {
    const [one] = drawing([{ ...LINE, properties: { stroke: "url(http://example.org)", strokePx: 3 } }]);
    expect(one?.look.stroke).toBeUndefined();
  });

  it("fills with holes left open, and strokes as wide as stated", () => {
    const done: string[] = [];
    const canvas = {
      ...{ fillStyle: "", strokeStyle: "", lineWidth: 0 },
      fill: (_: Path2D, rule: string) => done.push(`fill ${canvas.fillStyle} ${rule}`),
      stroke: () => done.push(`stroke ${canvas.strokeStyle} ${canvas.lineWidth}`),
    };
    const look = { stroke: "#ff0000ff", strokePx: 3, fill: "#ff000040", isPoint: false };
    paintDrawing(canvas as never, [{ look, path: {} as Path2D }], 0.5);
    expect(done).toEqual(["fill #ff000040 evenodd", "stroke #ff0000ff 1.5"]);
  });
});
