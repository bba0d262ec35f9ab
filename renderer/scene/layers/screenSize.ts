export type ViewCamera = {
  readonly fov: number;
  readonly matrixWorldInverse: { readonly elements: ArrayLike<number> };
};
type ScenePlace = { readonly x: number; readonly y: number; readonly z: number };

/** How many metres one pixel covers at a place of the scene, for markers that keep their size on the screen. */
export function metresPerPx(camera: ViewCamera, heightPx: number, at: ScenePlace): number {
  const e = camera.matrixWorldInverse.elements;
  // Depth along the view axis: the third row of the view matrix, turned to look forward.
  const depthM = -((e[2] ?? 0) * at.x + (e[6] ?? 0) * at.y + (e[10] ?? 0) * at.z + (e[14] ?? 0));
  return (2 * Math.max(0.1, depthM) * Math.tan((camera.fov * Math.PI) / 360)) / heightPx;
}
