import { PbfWriter } from "pbf";
import { describe, expect, it } from "vitest";
import { pathsOf, vectorTileReader } from "./vectorTile.js";
import { vectorKindOf, vectorStyle, VECTOR_KINDS } from "./vectorStyle.js";

type Feature = { readonly type: 1 | 2 | 3; readonly geometry: readonly number[]; readonly tags: readonly number[] };
type Layer = {
  readonly name: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly features: readonly Feature[];
};

/** A tile after the specification's chapter 4: fields by number, geometry as commands. */
function tileOf(layers: readonly Layer[], extent = 4096): Uint8Array {
  const pbf = new PbfWriter();
  for (const layer of layers) {
    pbf.writeMessage(
      3,
      (given, out) => {
        out.writeVarintField(15, 2);
        out.writeStringField(1, given.name);
        for (const feature of given.features) {
          out.writeMessage(
            2,
            ({ type, geometry, tags }, inner) => {
              inner.writePackedVarint(2, [...tags]);
              inner.writeVarintField(3, type);
              inner.writePackedVarint(4, [...geometry]);
            },
            feature,
          );
        }
        for (const key of given.keys) out.writeStringField(3, key);
        for (const value of given.values)
          out.writeMessage(4, (text: string, inner) => inner.writeStringField(1, text), value);
        out.writeVarintField(5, extent);
      },
      layer,
    );
  }
  return pbf.finish();
}

/** The specification's own examples of geometry (4.3.5.3 and 4.3.5.5): a line (2,2) (2,10) (10,10), a triangle (3,6) (8,12) (20,34). */
const LINE = [9, 4, 4, 18, 0, 16, 16, 0];
const TRIANGLE = [9, 6, 12, 18, 10, 12, 24, 44, 15];

class Written {
  readonly words: string[] = [];
  moveTo(x: number, y: number): void {
    this.words.push(`M ${x * 4096} ${y * 4096}`);
  }
  lineTo(x: number, y: number): void {
    this.words.push(`L ${x * 4096} ${y * 4096}`);
  }
  closePath(): void {
    this.words.push("Z");
  }
}
const read = (bytes: Uint8Array): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...pathsOf(bytes, () => new Written())].map(([kind, { words }]) => [kind, words]));

const road = (kind: string, geometry: readonly number[] = LINE): Layer => ({
  ...{ name: "roads", keys: ["kind"], values: [kind] },
  features: [{ type: 2, geometry, tags: [0, 0] }],
});

describe("a vector tile", () => {
  it("is read as the specification's examples have it", () => {
    const building: Layer = {
      ...{ name: "buildings", keys: ["kind"], values: ["building"] },
      features: [{ type: 3, geometry: TRIANGLE, tags: [0, 0] }],
    };
    expect(read(tileOf([road("major_road"), building]))).toEqual({
      road: ["M 2 2", "L 2 10", "L 10 10"],
      building: ["M 3 6", "L 8 12", "L 20 34", "L 3 6", "Z"],
    });
  });

  it("joins what looks alike in one path, and leaves out what has no look", () => {
    const roads: Layer = {
      ...{ name: "roads", keys: ["kind"], values: ["highway", "ferry", "path"] },
      features: [
        { type: 2, geometry: LINE, tags: [0, 0] },
        { type: 2, geometry: LINE, tags: [0, 0] },
        { type: 2, geometry: LINE, tags: [0, 1] },
        { type: 1, geometry: [9, 50, 34], tags: [0, 2] },
      ],
    };
    const ocean: Layer = {
      ...{ name: "water", keys: ["kind"], values: ["ocean"] },
      features: [{ type: 3, geometry: TRIANGLE, tags: [0, 0] }],
    };
    const line = ["M 2 2", "L 2 10", "L 10 10"];
    expect(read(tileOf([roads, ocean]))).toEqual({ mainRoad: [...line, ...line] });
  });

  it("with an extent of none draws nothing", () => {
    expect(read(tileOf([road("path")], 0))).toEqual({ path: [] });
  });

  it("that is none fails", () => {
    expect(() => read(new TextEncoder().encode("<html>404 not found</html>"))).toThrow();
  });
});

describe("what a feature is", () => {
  it.each([
    ["transportation", { class: "motorway" }, false, "mainRoad"],
    ["streets", { kind: "residential" }, false, "street"],
    ["roads", { kind: "minor_road" }, false, "street"],
    ["transportation", { class: "track" }, false, "path"],
    ["roads", { kind: "rail" }, false, "rail"],
    ["waterway", { class: "river" }, false, "stream"],
    ["water", { class: "lake" }, true, "water"],
    ["water", { class: "ocean" }, true, undefined],
    ["landcover", { class: "sand" }, true, "sand"],
    ["landuse", { kind: "forest" }, true, "wood"],
    ["landuse", { kind: "constructor" }, true, undefined],
    ["transportation", { class: "motorway" }, true, undefined],
    ["building", {}, true, "building"],
    ["poi", { class: "motorway" }, false, undefined],
  ])("%s %j, area: %s, is %s, in the words of three schemas", (layer, properties, isArea, kind) => {
    expect(vectorKindOf(layer, properties, isArea)).toBe(kind);
  });
});

describe("how a tile is painted", () => {
  /** Notes fills and strokes, with their widths. */
  function painted(part: { x: number; y: number; size: number }, pxPerUnit: number): readonly string[] {
    const words: string[] = [];
    const nothing = (): void => undefined;
    const canvas = {
      ...{ fillStyle: "", strokeStyle: "", lineWidth: 1, lineCap: "butt" as const, lineJoin: "miter" as const },
      ...{ setTransform: nothing, clearRect: nothing, drawImage: nothing, save: nothing, restore: nothing },
      ...{ beginPath: nothing, clip: nothing },
      rect: (...sides: number[]) => words.push(`rect ${sides.join(" ")}`),
      transform: (...values: number[]) => words.push(`transform ${values.join(" ")}`),
      fill: () => words.push(`fill ${canvas.fillStyle}`),
      stroke: () => words.push(`stroke ${canvas.strokeStyle} ${canvas.lineWidth}`),
    };
    const globals = globalThis as { Path2D?: unknown };
    const before = globals.Path2D;
    globals.Path2D = Written;
    const picture = vectorTileReader("day")(tileOf([road("highway")]));
    globals.Path2D = before;
    picture.paint(canvas, part, { metresPerTile: 1200, pxPerUnit });
    return words;
  }

  it("keeps a road's width on the ground, from near", () => {
    // 12 m of 1,200 are 1 % of the tile; the casing adds a pixel on each side.
    const { main, casing } = { main: vectorStyle("day").mainRoad, casing: "#6f6a60" };
    if (!("stroke" in main)) throw new Error("a road is a line");
    expect(painted({ x: 0, y: 0, size: 1 }, 1000)).toEqual([
      "rect 0 0 1 1",
      "transform 1 0 0 1 0 0",
      `stroke ${casing} 0.012`,
      `stroke ${main.stroke} 0.01`,
    ]);
  });

  it("keeps a road visible from afar", () => {
    expect(painted({ x: 0, y: 0, size: 1 }, 100).at(-1)).toMatch(/ 0\.022/);
  });

  it("enlarges the part that is wanted of a coarser tile", () => {
    expect(painted({ x: 0.5, y: 0.25, size: 0.25 }, 1000)).toContain("transform 4 0 0 4 -2 -1");
  });

  it("has a look for every kind in every theme", () => {
    for (const theme of ["night", "day", "red"] as const)
      expect(Object.keys(vectorStyle(theme)).sort()).toEqual([...VECTOR_KINDS].sort());
  });
});
