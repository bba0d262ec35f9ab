/** Mapbox vector tiles, version 2.1 (github.com/mapbox/vector-tile-spec), written. */
import { PbfWriter } from "pbf";

type TilePoint = { readonly x: number; readonly y: number };

export type VectorFeature = {
  readonly type: keyof typeof TYPES;
  /** Points one by one, lines, or an area's outline and its holes; whole numbers. */
  readonly parts: readonly (readonly TilePoint[])[];
  readonly properties: Readonly<Record<string, string | number>>;
};
type VectorLayer = {
  readonly name: string;
  readonly extent: number;
  readonly features: readonly VectorFeature[];
};

const TYPES = { point: 1, line: 2, area: 3 } as const;
const COMMAND = { moveTo: 1, lineTo: 2, closePath: 7 } as const;
/** Fields of the specification's messages. */
const TILE = { layer: 3 } as const;
const LAYER = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 } as const;
const FEATURE = { tags: 2, type: 3, geometry: 4 } as const;
const VALUE = { text: 1, double: 3 } as const;

export function writeVectorTile(layers: readonly VectorLayer[]): Uint8Array {
  const writer = new PbfWriter();
  for (const layer of layers) if (layer.features.length > 0) writer.writeMessage(TILE.layer, writeLayer, layer);
  return writer.finish();
}

function writeLayer({ name, extent, features }: VectorLayer, writer: PbfWriter): void {
  const keys = new Map<string, number>();
  const values = new Map<string | number, number>();
  writer.writeVarintField(LAYER.version, 2);
  writer.writeStringField(LAYER.name, name);
  for (const feature of features) {
    const tags = Object.entries(feature.properties).flatMap(([key, value]) => [
      indexIn(keys, key),
      indexIn(values, value),
    ]);
    writer.writeMessage(LAYER.feature, writeFeature, { feature, tags });
  }
  for (const key of keys.keys()) writer.writeStringField(LAYER.key, key);
  for (const value of values.keys()) writer.writeMessage(LAYER.value, writeValue, value);
  writer.writeVarintField(LAYER.extent, extent);
}

function indexIn<T>(known: Map<T, number>, item: T): number {
  const index = known.get(item) ?? known.size;
  known.set(item, index);
  return index;
}

function writeFeature(
  { feature, tags }: { readonly feature: VectorFeature; readonly tags: number[] },
  writer: PbfWriter,
): void {
  writer.writePackedVarint(FEATURE.tags, tags);
  writer.writeVarintField(FEATURE.type, TYPES[feature.type]);
  writer.writePackedVarint(FEATURE.geometry, geometryOf(feature));
}

function writeValue(value: string | number, writer: PbfWriter): void {
  if (typeof value === "string") writer.writeStringField(VALUE.text, value);
  else writer.writeDoubleField(VALUE.double, value);
}

const command = (id: number, count: number): number => (id & 7) | (count << 3);
const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

function geometryOf({ type, parts }: VectorFeature): number[] {
  const numbers: number[] = [];
  let [x, y] = [0, 0];
  const put = (point: TilePoint): void => {
    numbers.push(zigzag(point.x - x), zigzag(point.y - y));
    [x, y] = [point.x, point.y];
  };
  for (const part of wound(type, parts)) {
    part.forEach((point, i) => {
      if (i === 0) numbers.push(command(COMMAND.moveTo, 1));
      if (i === 1) numbers.push(command(COMMAND.lineTo, part.length - 1));
      put(point);
    });
    if (type === "area") numbers.push(command(COMMAND.closePath, 1));
  }
  return numbers;
}

/** An area's outline runs with the clock as it is seen, its holes against it: how readers tell them apart. */
function wound(type: VectorFeature["type"], parts: VectorFeature["parts"]): VectorFeature["parts"] {
  if (type !== "area") return parts;
  return parts.map((ring, i) => (areaOf(ring) > 0 === (i === 0) ? ring : ring.toReversed()));
}

const areaOf = (ring: readonly TilePoint[]): number =>
  ring.reduce((sum, { x, y }, i) => {
    const before = ring.at(i - 1) ?? { x, y };
    return sum + before.x * y - x * before.y;
  }, 0);
