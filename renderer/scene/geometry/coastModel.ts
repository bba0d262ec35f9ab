import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { SceneFrame } from "../sceneFrame.js";
import { type FlatMesh, buildLandMesh, buildWaterline, ringOf } from "./landGeometry.js";
import { type ShoreField, buildShoreField } from "./shoreField.js";

/** The geometry of a coast around one origin. */
export type CoastModel = {
  readonly land: FlatMesh;
  readonly waterline: Float32Array;
  /** Distance field for surf and beach: 25 m cells, 8 km in each direction. */
  readonly field: ShoreField;
  /** The same to the horizon, in cells of 300 m: where hills may stand. */
  readonly farField: ShoreField;
};

const NEAR = { size: 640, halfWidthM: 8000, bandM: 700 };
const FAR = { size: 240, halfWidthM: 36_000, bandM: 2600 };
const WATERLINE_AT_M = 0.15;

export function buildCoastModel(frame: SceneFrame, coast: CoastDocument): CoastModel {
  const waterline = buildWaterline(frame, coast, WATERLINE_AT_M);
  const rings = coast.land.flatMap(({ outline, holes }) => [outline, ...holes].map((ring) => ringOf(frame, ring)));
  const field = buildShoreField({ rings, waterline, ...NEAR });
  const farField = buildShoreField({ rings, waterline, ...FAR });
  return { land: buildLandMesh(frame, coast.land, 0), waterline, field, farField };
}
